import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { capturePath, haveCapture } from '../support/captures'
import { launch, type RunningApp } from './support/app'
import { atEachSize } from './support/picture'

const run = promisify(execFile)
const captures = [
  ['binance-usdm', 'BTCUSDT', 'feeds/binance-usdm_btcusdt_20240718-19.jsonl.gz'],
  ['binance-coinm', 'BTCUSD_PERP', 'feeds/binance-coinm_btcusd_perp_20240808.jsonl.gz']
] as const

/** The app beside a tape of what was captured, with the instrument in front; its venue is out of reach. */
async function withTape(venue: string, symbol: string, capture: string): Promise<RunningApp> {
  const folder = await mkdtemp(join(tmpdir(), 'steelyard-panes-e2e-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const tape = ['tape', 'import', capturePath(capture), '--as', 'lines', '--venue', venue]
  await run(process.execPath, ['out/main/cli.cjs', ...tape, '--out', join(folder, 'tape')])
  const nowhere = { rest: 'http://127.0.0.1:9', stream: 'ws://127.0.0.1:9' }
  const settings = {
    ...{ version: 1, theme: 'dark', density: 'default', simulation: { seed: 7 } },
    venues: { [venue]: { enabled: true, endpoints: nowhere } }
  }
  const lists = [{ id: 'start', name: 'Start', instruments: [`${venue}:${symbol}`] }]
  const watchlists = { version: 1, active: 'start', groups: [], lists }
  const app = await launch({
    userData: folder,
    files: { 'settings.json': settings, 'watchlists.json': watchlists }
  })
  onTestFinished(() => app.quit())
  return app
}

/** Plays the whole tape, 25 seconds in one, up to its end. */
async function playAll({ page }: RunningApp, symbol: string): Promise<void> {
  await page.getByRole('row').filter({ hasText: symbol }).first().click()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Replay the tape' })
  await dialog.getByRole('listitem').filter({ hasText: '2024' }).getByRole('button').click()
  await dialog.getByRole('button', { name: 'Replay', exact: true }).click()
  const bar = page.getByRole('region', { name: 'Replay' })
  await bar.getByRole('combobox', { name: 'Speed' }).selectOption('25')
  await bar.getByText('end of the stretch').waitFor({ timeout: 120_000 })
}

async function isTidy({ page }: RunningApp): Promise<void> {
  const text = await page.locator('body').innerText()
  expect(text).not.toMatch(/NaN|Infinity|undefined|\[object/)
  expect(text).not.toMatch(/not yet on the tape|No volume yet/)
  expect(await page.evaluate(() => document.body.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

for (const [venue, symbol, capture] of captures)
  test.skipIf(!haveCapture(capture))(
    `every pane shows a real day of ${venue} ${symbol}, and none says what is not a number`,
    async () => {
      const app = await withTape(venue, symbol, capture)
      await playAll(app, symbol)
      const tabs = app.page.getByRole('tablist', { name: 'Panels of this pane' }).getByRole('tab')
      const names = await tabs.allTextContents()
      expect(names.length).toBeGreaterThan(10)
      for (const [place, name] of names.entries()) {
        await tabs.nth(place).click()
        await atEachSize(app, `${venue}-${place}-${name.trim().toLowerCase().replaceAll(/\W+/g, '-')}`, () =>
          isTidy(app)
        )
      }
    },
    240_000
  )
