import { expect, onTestFinished, test } from 'vitest'
import { LoopbackBinance } from '../support/loopback/loopback-binance'
import { OptionLists } from '../support/loopback/option-lists'
import { launch } from './support/app'
import { atEachSize } from './support/picture'

const settings = (venues: Readonly<Record<string, object>>) => ({
  ...{ version: 1, theme: 'dark', density: 'default', simulation: { seed: 7 } },
  venues
})

test('filters lead to an option among a thousand, and it joins the watchlist', async () => {
  const lists = await OptionLists.start()
  onTestFinished(() => lists.stop())
  const venues = { deribit: { enabled: true, endpoints: lists.endpoints } }
  const app = await launch({ files: { 'settings.json': settings(venues) } })
  onTestFinished(() => app.close())
  const { page } = app
  await page.getByRole('button', { name: 'Add instrument' }).click()
  const filters = page.getByRole('group', { name: 'Filters' })
  const choose = async (filter: string, choice: RegExp) => {
    await filters.getByRole('button', { name: filter, exact: true }).click()
    await page.getByRole('menuitem', { name: choice }).click()
  }
  await page
    .getByText(/Deribit/)
    .first()
    .waitFor()
  await choose('Product', /option/)
  await choose('Expiry', /25 Dec 26/)
  await choose('Strike', /100,000/)
  await choose('Call or put', /^call/)
  const options = page.getByRole('option')
  await options.filter({ hasText: 'BTC 25 Dec 26 100,000 call' }).waitFor()
  expect(await options.count()).toBe(1)
  await atEachSize(app, 'search')
  await options.first().click()
  await page
    .getByRole('row')
    .filter({ hasText: /BTC.*100.?000/ })
    .first()
    .waitFor()
})

test('the health view shows a cut socket with its reason and the next attempt', async () => {
  const venue = await LoopbackBinance.start()
  onTestFinished(() => venue.stop())
  const endpoints = (product: 'spot' | 'usdm') => ({ enabled: true, endpoints: venue.endpoints(product) })
  const venues = { 'binance-spot': endpoints('spot'), 'binance-usdm': endpoints('usdm') }
  const app = await launch({ files: { 'settings.json': settings(venues) } })
  onTestFinished(() => app.close())
  const { page } = app
  await page.getByRole('grid').first().waitFor()
  await page.keyboard.press('Control+Shift+H')
  const row = page.getByRole('grid', { name: 'Venues' }).getByRole('row').filter({ hasText: 'Binance spot' })
  await row.filter({ hasText: 'live' }).waitFor()
  venue.refuseSockets(true)
  venue.cut()
  await row.filter({ hasText: 'unreachable' }).waitFor()
  await row.click()
  const connections = page.getByRole('region', { name: 'Binance spot, connections' })
  await connections.filter({ hasText: /not connected.*127\.0\.0\.1.*Next attempt in/ }).waitFor()
  await atEachSize(app, 'health')
  venue.refuseSockets(false)
  await connections.getByRole('button', { name: 'Try now' }).click()
  await row.filter({ hasText: 'live' }).waitFor()
  await connections.filter({ hasText: 'Last error at' }).waitFor()
})

test('a sum of two books says 1 of 2 venues, and which is missing and why', async () => {
  const venue = await LoopbackBinance.start()
  onTestFinished(() => venue.stop())
  venue.refuseSockets(true)
  const venues = { 'binance-usdm': { enabled: true, endpoints: venue.endpoints('usdm') } }
  const group = {
    id: 'group:BTC-perps',
    name: 'BTC perps',
    members: ['sim:BTC-PERP', 'binance-usdm:BTCUSDT']
  }
  const watchlists = {
    ...{ version: 1, active: 'start', groups: [group] },
    lists: [{ id: 'start', name: 'Start', instruments: [group.id] }]
  }
  const app = await launch({ files: { 'settings.json': settings(venues), 'watchlists.json': watchlists } })
  onTestFinished(() => app.close())
  const { page } = app
  await page.getByRole('row').filter({ hasText: 'BTC perps' }).first().click()
  const ladder = page.getByRole('region', { name: 'Ladder pane' })
  await ladder.getByRole('button', { name: /1 of 2 venues: binance-usdm is connecting/ }).click()
  await page
    .locator('.tip')
    .filter({ hasText: /Binance USD-M[^]*connecting/ })
    .waitFor()
  await atEachSize(app, 'sum')
  await page.keyboard.press('Escape')
  venue.refuseSockets(false)
  await ladder.getByRole('button', { name: /1 of 2 venues/ }).waitFor({ state: 'hidden' })
})
