import { afterEach, beforeEach, expect, test } from 'vitest'
import { LoopbackBinance } from '../support/loopback/loopback-binance'
import { launch, midOnTop, type RunningApp } from './support/app'

let venue: LoopbackBinance
let app: RunningApp
beforeEach(async () => {
  venue = await LoopbackBinance.start()
  app = await launch({ files: { 'settings.json': settings() } })
})
afterEach(async () => {
  await app.close()
  await venue.stop()
})

function settings() {
  const at = (product: 'spot' | 'usdm') => ({ enabled: true, endpoints: venue.endpoints(product) })
  return {
    ...{ version: 1, theme: 'dark', density: 'default', simulation: { seed: 7 } },
    venues: { 'binance-spot': at('spot'), 'binance-usdm': at('usdm') }
  }
}
const row = (symbol: string, code: string) =>
  app.page.getByRole('row').filter({ hasText: symbol }).filter({ hasText: code }).first()
/** The imbalance of its row; none where the row says why it has no figures. */
const figure = (symbol: string, code: string) =>
  row(symbol, code).locator('.imbalance').filter({ hasText: /\d/ })

test('first numbers appear, on the simulated market and on a venue; a forecast without a history shows no chance', async () => {
  await figure('BTC-PERP', 'SIM').waitFor()
  await midOnTop(app.page).waitFor()
  await figure('BTCUSDT', 'BINU').waitFor()
  await app.page.getByRole('tab', { name: 'Forecast', exact: true }).click()
  const forecast = app.page.getByRole('region', { name: 'Forecast', exact: true })
  await forecast.getByText('Not enough history', { exact: true }).waitFor()
  await forecast.getByRole('progressbar', { name: 'History gathered' }).waitFor()
  expect(await forecast.getByText('chance that the mid goes up').count()).toBe(0)
})

test('a lost diff shows as a resync, and the mid that returns is the venue’s', async () => {
  await figure('BTCUSDT', 'BINU').waitFor()
  await row('BTCUSDT', 'BINU').click()
  // The snapshot is refused for a while, so that there is time to see the row say so: resyncing, then limited as the venue asks.
  venue.faults('usdm', 'BTCUSDT').refuse(429, 3)
  venue.faults('usdm', 'BTCUSDT').drop()
  await row('BTCUSDT', 'BINU')
    .filter({ hasText: /resync|limited/i })
    .waitFor()
  expect(await figure('BTCUSDT', 'BINU').count()).toBe(0)
  await figure('BTCUSDT', 'BINU').waitFor()
  venue.stall(true)
  const { bid, ask } = venue.book('usdm', 'BTCUSDT').touch
  const text = ((bid + ask) / 2).toLocaleString('en-US', { minimumFractionDigits: 2 })
  await midOnTop(app.page, text).waitFor()
})

test('a venue that goes away leaves no figure behind, only the reason and the next attempt', async () => {
  await figure('BTCUSDT', 'BINU').waitFor()
  venue.refuseSockets(true)
  venue.cut()
  await row('BTCUSDT', 'BINU')
    .filter({ hasText: /try in/ })
    .waitFor()
  expect(await figure('BTCUSDT', 'BINU').count()).toBe(0)
  venue.refuseSockets(false)
  await figure('BTCUSDT', 'BINU').waitFor()
})
