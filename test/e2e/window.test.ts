import { expect, onTestFinished, test } from 'vitest'
import { launch, type RunningApp } from './support/app'

function boundsOf({ electron }: RunningApp) {
  return electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]!.getBounds())
}

test('the window comes back where it stood', async () => {
  const first = await launch()
  await first.page.getByRole('grid').waitFor()
  const wanted = { x: 60, y: 40, width: 1200, height: 700 }
  await first.electron.evaluate(
    ({ BrowserWindow }, bounds) =>
      new Promise<void>((resolve) => {
        const window = BrowserWindow.getAllWindows()[0]!
        window.once('resize', () => {
          resolve()
        })
        window.setBounds(bounds)
      }),
    wanted
  )
  const stood = await boundsOf(first)
  await first.quit()
  const second = await launch({ userData: first.userData })
  onTestFinished(() => second.close())
  await second.page.getByRole('grid').waitFor()
  expect(await boundsOf(second)).toEqual(stood)
})

test('a window that was on a display that is gone opens on one that is there', async () => {
  const app = await launch({
    files: { 'window.json': { version: 1, x: 9_000, y: 9_000, width: 1200, height: 700, maximised: false } }
  })
  onTestFinished(() => app.close())
  await app.page.getByRole('grid').waitFor()
  const area = await app.electron.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea)
  const { x, y } = await boundsOf(app)
  expect(x).toBeLessThan(area.x + area.width)
  expect(y).toBeLessThan(area.y + area.height)
})

test('the window is never smaller than 1024 by 640', async () => {
  const app = await launch({
    files: { 'window.json': { version: 1, x: 0, y: 0, width: 300, height: 200, maximised: false } }
  })
  onTestFinished(() => app.close())
  await app.page.getByRole('grid').waitFor()
  const { width, height } = await boundsOf(app)
  expect([width, height]).toEqual([1024, 640])
})
