import { expect, onTestFinished, test } from 'vitest'
import { launch, rowIn } from './support/app'

test('an engine that is killed is said to be gone at once, and is back by itself', async () => {
  const app = await launch()
  onTestFinished(() => app.close())
  await rowIn(app.page, 'BTC-PERP', 'live')
  const pid = await app.enginePid()
  process.kill(pid!, 'SIGKILL')
  await rowIn(app.page, 'BTC-PERP', 'engine restarting')
  await rowIn(app.page, 'BTC-PERP', 'live')
  expect(await app.enginePid()).not.toBe(pid)
})

test('a page that is loaded again gets a new port to the same engine', async () => {
  const app = await launch()
  onTestFinished(() => app.close())
  await rowIn(app.page, 'BTC-PERP', 'live')
  const pid = await app.enginePid()
  await app.page.reload()
  await rowIn(app.page, 'BTC-PERP', 'live')
  expect(await app.enginePid()).toBe(pid)
})

test('no engine outlives the app', async () => {
  const app = await launch()
  await rowIn(app.page, 'BTC-PERP', 'live')
  const pid = await app.enginePid()
  await app.close()
  expect(() => process.kill(pid!, 0)).toThrow('ESRCH')
})
