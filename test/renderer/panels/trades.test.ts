import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte'
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { tagsOf } from '../../../src-renderer/panels/trades/flags'
import { leastFrom } from '../../../src-renderer/panels/trades/least'
import { mostRows, priceRoom, rowsOf, sizeText } from '../../../src-renderer/panels/trades/rows'
import Trades from '../../../src-renderer/panels/trades/Trades.svelte'
import { tradeFlag } from '../../../src-shared/trade-flag'
import { millis } from '../../../src-shared/units'
import { faultsOf } from '../../support/axe'
import { fakeDesk, perpetual, start, type FakeDesk } from '../../support/fake-desk.svelte'
import { WindowDesk } from '../../support/window-desk'

const eth = 'binance-usdm:ETHUSDT'

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(240)
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600)
})
afterEach(() => {
  cleanup()
  vi.restoreAllMocks()
})

function open(change: (desk: FakeDesk) => void, least?: string) {
  const desk = fakeDesk(eth)
  change(desk)
  const choose = vi.fn()
  const tab = { id: 'tab', panel: 'trades', ...(least === undefined ? {} : { choices: { least } }) }
  const { container } = render(Trades, { desk, tab, instrument: eth, choose })
  flushSync()
  return { desk, choose, container }
}
const cells = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent.trim())
    )

test('trades stand newest first, with the aggressor, their size in base and their worth in quote money', () => {
  open(({ market }) => {
    market.series(eth).pushTrade(start, 20_000, 1_500, 1)
    market.series(eth).pushTrade(start + 1_000, 20_001, 12, -1)
  })
  expect(cells().map((row) => row.slice(1, 4))).toEqual([
    ['2,000.1▼, sold', '0.012', '24'],
    ['2,000.0▲, bought', '1.500', '3.00\u00a0k']
  ])
})

test('the price column has room for its dearest price', () => {
  const instrument = perpetual('sim', 'BTCUSDT')
  const row = (price: number) => ({
    instrument,
    at: start,
    price,
    size: 1,
    aggressor: 1,
    id: 1,
    flags: 0,
    notional: 1
  })
  expect(priceRoom([])).toBeLessThan(20)
  // 617,627.3 and 12.3: seven digits with two marks, three with one.
  expect(priceRoom([row(123), row(6_176_273)])).toBe(Math.ceil(7 * 8.2 + 2 * 4 + 12))
  expect(priceRoom([row(123)])).toBeLessThan(priceRoom([row(6_176_273)]))
})

test('how much of the last minute was watched is a dash as long as nobody knows', () => {
  open(({ market }) => {
    market.series(eth).pushTrade(start, 20_000, 1_500, 1)
  })
  expect(screen.getByText('– of 60 s watched')).toBeTruthy()
})

test('trades that a full frame left out are counted and said, and nothing is said without any', () => {
  const { desk } = open(({ market }) => {
    market.series(eth).pushTrade(start, 20_000, 1_500, 1)
  })
  expect(screen.queryByText(/not listed/)).toBeNull()
  desk.market.series(eth).untold = 1_234
  flushSync()
  expect(screen.getByText('1,234 not listed')).toBeTruthy()
})

test('those that a frame of the engine left out are said while the window runs', () => {
  const window = new WindowDesk()
  window.hello(eth)
  // Another panel shows it already.
  window.desk.market.series(eth)
  render(Trades, { desk: window.desk, tab: { id: 'tab', panel: 'trades' }, instrument: eth, choose: vi.fn() })
  const trades = [{ instrument: eth, rows: new Float64Array(0), dropped: 4_026 }]
  const nothing = { instruments: [], samples: new Float64Array(0), books: [] }
  flushSync()
  expect(screen.queryByText(/not listed/)).toBeNull()
  window.frame({ kind: 'market', number: 1, at: start, ...nothing, trades })
  flushSync()
  expect(screen.getByText('4,026 not listed')).toBeTruthy()
})

test('a block, a leg of a combination, a liquidation and a retail price improvement are marked, alone or together', () => {
  open(({ market }) => {
    for (const flags of [
      0,
      tradeFlag.block,
      tradeFlag.combo | tradeFlag.block,
      tradeFlag.liquidation,
      tradeFlag.rpi
    ])
      market.series(eth).pushTrade(start, 20_000, 1_000, 1, flags)
  })
  expect(cells().map((row) => row[4])).toEqual(['RPI', 'LIQ', 'BLKCMB', 'BLK', ''])
  expect(screen.getByTitle(/^Retail price/).title).toContain('public book does not show')
  expect(tagsOf(NaN)).toEqual([])
})

test('only what is worth the least sum is listed; what is no sum is said and hides nothing', async () => {
  const many = ({ market }: FakeDesk) => {
    for (const size of [1_000, 30_000, 12_500]) market.series(eth).pushTrade(start, 20_000, size, 1)
  }
  const { choose } = open(many, '25k')
  expect(cells().map((row) => row[2])).toEqual(['12.50', '30.00'])
  await fireEvent.input(screen.getByRole('textbox'), { target: { value: '1 M' } })
  expect(choose).toHaveBeenLastCalledWith({ least: '1 M' })
  cleanup()
  open(many, 'much')
  expect(cells()).toHaveLength(3)
  expect(screen.getByText('not a sum, all are shown')).toBeDefined()
})

test.each([
  ['', 0],
  ['25000', 25_000],
  ['25,000', 25_000],
  ['1.5 M', 1_500_000],
  ['-1', undefined],
  ['k', undefined]
])('%j is a sum of %s', (text, sum) => {
  expect(leastFrom(text)).toBe(sum)
})

test('of a group every trade says which venue printed it, in the order of their times', () => {
  const [one, other] = [perpetual('binance-usdm', 'ETHUSDT'), perpetual('sim', 'ETH-PERP')]
  const source = (of: typeof one, times: readonly number[]) => ({
    id: of.id,
    instrument: of,
    trades: { length: times.length, value: (row: number, column: number) => (column === 0 ? times[row]! : 1) }
  })
  const rows = rowsOf([source(one, [1, 4]), source(other, [2, 3])], 0)
  expect(rows.map(({ at, instrument: { venue } }) => [at, venue])).toEqual([
    [4, 'binance-usdm'],
    [3, 'sim'],
    [2, 'sim'],
    [1, 'binance-usdm']
  ])
})

test('of many trades the latest can be scrolled through, and only those in sight are drawn', () => {
  open(({ market }) => {
    for (let n = 0; n < mostRows + 500; n++) market.series(eth).pushTrade(start + n, 20_000 + n, 1_000, 1)
  })
  const table = screen.getByRole('table')
  expect(table.getAttribute('aria-rowcount')).toBe(String(mostRows + 1))
  expect(cells().length).toBeLessThan(30)
  expect(cells()[0]![1]).toContain('2,149.9')
})

test('before the first trade it says so, and asks the engine for trades while it is open', () => {
  const { desk } = open(() => undefined)
  expect(screen.getByText('No trades yet')).toBeDefined()
  expect(desk.market.wants['tab']).toEqual([{ id: eth, levels: 0, trades: true }])
  cleanup()
  expect(desk.market.wants['tab']).toEqual([])
})

test.each([
  [1, '0.001'],
  [12, '0.012'],
  [1_500, '1.500'],
  [250_000, '250.0'],
  [12_345_000, '12,345']
])('a size of %d lots of 0.001 is %s: digits that count, and no more than its lots have', (size, text) => {
  const of = perpetual('binance-usdm', 'ETHUSDT')
  const row = { instrument: of, at: 0, price: 20_000, size, aggressor: 1, id: 1, flags: 0, notional: 1 }
  expect(sizeText(row)).toBe(text)
})

test('who scrolls away reads a list that stands still, until back to live', async () => {
  const { desk } = open(({ market }) => {
    for (let n = 0; n < 100; n++) market.series(eth).pushTrade(start + n, 20_000 + n, 1_000, 1)
  })
  const list = screen.getAllByRole('rowgroup')[0]!
  list.scrollTop = 240
  await fireEvent.scroll(list)
  desk.market.series(eth).pushTrade(start + 1_000, 30_000, 1_000, -1)
  desk.now = millis(desk.now + 1_000)
  flushSync()
  const total = () => screen.getByRole('table').getAttribute('aria-rowcount')
  expect(total()).toBe('101')
  await fireEvent.click(screen.getByRole('button', { name: 'Back to live' }))
  flushSync()
  expect(total()).toBe('102')
  expect(list.scrollTop).toBe(0)
  expect(screen.queryByRole('button', { name: 'Back to live' })).toBeNull()
})

test('nothing in it is out of reach of a screen reader', async () => {
  const { container } = open(({ market }) => {
    market.series(eth).pushTrade(start, 20_000, 1_000, 1, tradeFlag.liquidation)
  })
  expect(await faultsOf(container)).toEqual([])
})
