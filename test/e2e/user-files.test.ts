import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { defaultSettings } from '../../src-shared/settings'
import { launch } from './support/app'

test('a settings file cut short is kept aside, the backup is used, and the user is told', async () => {
  const cut = '{"version":1,"theme":"li'
  const app = await launch({
    files: { 'settings.json': cut, 'settings.backup-1.json': { ...defaultSettings, theme: 'light' } }
  })
  onTestFinished(() => app.close())
  await app.page.getByText('settings.json could not be used').waitFor()
  await app.page.locator('[data-theme=light]').first().waitFor()
  const aside = (await readdir(app.userData)).filter((name) => name.startsWith('settings.corrupt-'))
  expect(aside).toHaveLength(1)
  expect(await readFile(join(app.userData, aside[0]!), 'utf8')).toBe(cut)
})

test('an address outside this machine without TLS is not used, and the user is told', async () => {
  const venues = { 'binance-spot': { enabled: true, endpoints: { rest: 'http://192.0.2.1' } } }
  const app = await launch({ files: { 'settings.json': { ...defaultSettings, venues } } })
  onTestFinished(() => app.close())
  await app.page.getByText('http://192.0.2.1 is not used for binance-spot').waitFor()
})

test('settings changed in the window are there after a restart', async () => {
  const first = await launch()
  const saved = await first.page.evaluate(
    (settings) => {
      const { steelyard } = globalThis as unknown as {
        steelyard: { ask(name: string, argument: unknown): Promise<unknown> }
      }
      return steelyard.ask('settings:save', settings)
    },
    { ...defaultSettings, theme: 'light' as const }
  )
  expect(saved).toEqual({ ok: true })
  await first.quit()
  const second = await launch({ userData: first.userData })
  onTestFinished(() => second.close())
  await second.page.locator('[data-theme=light]').first().waitFor()
})
