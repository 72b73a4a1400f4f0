import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import type { Microstructure } from '../../src-main/study/microstructure/study'
import { line, quote, trade } from '../support/binance-tape'
import { heldTerminal } from '../support/terminal'

let folder = ''
const terminal = heldTerminal()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-study-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Imbalances 1/2, -1/2, 0, -1/2, -1/2; the mid stands, rises a tick, rises half a tick and falls one and a half. */
const quotes = [
  line(0.5, quote(1, ['100.00', '3'], ['100.01', '1'])),
  line(1.5, quote(2, ['100.00', '1'], ['100.01', '3'])),
  line(2.5, quote(3, ['100.01', '2'], ['100.02', '2'])),
  line(3.5, quote(4, ['100.01', '1'], ['100.03', '3'])),
  line(4.2, quote(5, ['100.00', '1'], ['100.01', '3']))
]
const trades = [
  line(1.7, trade(0, 'buy', '100.01', '2')),
  line(2.7, trade(1, 'sell', '100.01', '1')),
  line(2.8, trade(1.5, 'buy', '100.02', '1'))
]
const inTime = (lines: readonly string[]): string[] => [...lines].sort()
const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((it) => it + '\n').join(''))
  return path
}
/** Of a capture by hand; null is unknown. */
const figures = async (lines: readonly string[]): Promise<Microstructure> => {
  expect(await study(['microstructure', file('hand.txt', lines), '--json'])).toBe(0)
  return JSON.parse(terminal.said) as Microstructure
}

test('quotes and trades are counted and averaged', async () => {
  const found = await figures(inTime([...quotes, ...trades]))
  expect(found).toMatchObject({
    ...{ file: 'hand.txt', tick: 0.01, book_ticker_rows: 5, trades_used: 3, trades_excluded_non_market: 0 },
    ...{ t0: 1_700_000_000.5, t1: 1_700_000_004.2, update_ids_nondecreasing: true },
    ...{ frac_spread_1tick: 0.8, mean_best_depth: 2, trade_buy_fraction_volume: 0.75 }
  })
  expect(found.first_mid).toBeCloseTo(100.005, 10)
  expect(found.vwap).toBeCloseTo(100.0125, 10)
})

test('order flow -4, 5 and 1 against moves of 0, 1 and a half tick', async () => {
  const { ofi } = await figures(inTime([...quotes, ...trades]))
  expect(ofi['1s']!.n).toBe(3)
  expect(ofi['1s']!.beta_ticks_per_unit).toBeCloseTo(4.5 / (366 / 9), 12)
  expect(ofi['100events']).toMatchObject({ n: 0, r2: null })
})

test('imbalance is judged on every quote that has a later move, and halfway between moves', async () => {
  const { queue_imbalance: found } = await figures(inTime([...quotes, ...trades]))
  // Rises follow 1/2, -1/2 and 0, the fall follows -1/2: two wins and a tie.
  expect(found.rows_auc).toBeCloseTo(2.5 / 3, 12)
  expect(found).toMatchObject({ rows_n: 4, n_mid_changes: 3, n: 2, midpoint_sampled_auc: 1, n_spread1: 1 })
  expect(found.midpoint_sampled_auc_spread1).toBeNull()
})

test('takers are charged against the last quote strictly before them', async () => {
  const { spreads, stoikov_microprice } = await figures(inTime([...quotes, ...trades]))
  expect(spreads.n).toBe(3)
  const byHand = (2 * 0.01) / 100.005 + 0.01 / 100.015 + 0.01 / 100.015
  expect(spreads.effective_bps_volw).toBeCloseTo((byHand / 4) * 10_000, 8)
  // A move of one and a half ticks is beyond the table.
  expect(stoikov_microprice.transitions).toBe(3)
})

test('a quote at the very nanosecond of the trade is not before it', async () => {
  const { spreads } = await figures([
    quotes[0]!,
    line(1.7, quote(2, ['100.10', '1'], ['100.11', '3'])),
    trades[0]!
  ])
  expect(spreads.effective_bps_volw).toBeCloseTo((0.01 / 100.005) * 10_000, 8)
})

test('nanoseconds are told apart', async () => {
  const { spreads } = await figures([
    quotes[0]!,
    line(1.699999999, quote(2, ['100.10', '1'], ['100.11', '3'])),
    trades[0]!
  ])
  expect(spreads.effective_bps_volw).toBeCloseTo(((2 * (100.01 - 100.105)) / 100.105) * 10_000, 6)
})

test('forced trades are left out, and trades that come twice count once', async () => {
  const forced = trades[1]!.replace('"m":', '"X":"INSURANCE_FUND","m":')
  const added = trades[2]!.replace('"e":"trade"', '"e":"aggTrade"')
  const found = await figures([...quotes, trades[0]!, forced, trades[2]!, added])
  expect(found).toMatchObject({ trades_used: 2, trades_excluded_non_market: 1 })
})

test('a quote whose id goes back is told', async () => {
  const { update_ids_nondecreasing } = await figures([quotes[1]!, quotes[0]!, ...trades])
  expect(update_ids_nondecreasing).toBe(false)
})

test('inverse contracts are averaged by what they are worth', async () => {
  const inverse = (text: string) => text.replace('"s":"BTCUSDT"', '"s":"BTCUSD_PERP","ps":"BTCUSD"')
  const ticker = (text: string) => inverse(text).replace('"u":', '"e":"bookTicker","T":1,"E":1,"u":')
  const found = await figures([
    ticker(line(0.5, quote(1, ['100.0', '3'], ['100.1', '1']))),
    inverse(line(1, trade(0, 'buy', '100.0', '1'))),
    inverse(line(2, trade(0, 'buy', '50.0', '1')))
  ])
  expect(found.vwap).toBeCloseTo(2 / (1 / 100 + 1 / 50), 10)
})

test('eight trades that all bought are no certainty: there is no interval, and the report says when', async () => {
  const bought = Array.from({ length: 8 }, (_, i) => line(1.7 + i / 100, trade(i, 'buy', '100.01', '1')))
  const lines = inTime([...quotes, ...bought])
  const { intervals_95, trade_buy_fraction_volume } = await figures(lines)
  expect(trade_buy_fraction_volume).toBe(1)
  expect(intervals_95.trade_buy_fraction_volume).toEqual([null, null])
  terminal.forget()
  await study(['microstructure', file('bought.txt', lines)])
  expect(terminal.said).toContain('100.0 % of the volume bought')
  expect(terminal.said).toContain('without brackets none is claimed')
})

test('the report gives n and plain words, and unknown figures are dashes', async () => {
  expect(await study(['microstructure', file('report.txt', inTime([...quotes, ...trades]))])).toBe(0)
  expect(terminal.said).toContain('5 quotes and 3 trades in 3.7 s')
  expect(terminal.said).toContain('every quote            n = 4  0.833')
  expect(terminal.said).not.toContain('NaN')
})

test.each([
  ['no trades', quotes, 'holds no trades'],
  ['no quotes', [quotes[0]!.replace('"u"', '"uu"'), ...trades], 'no book, quote or trade'],
  ['a broken line', [...quotes, trades[0]!.slice(0, -9)], 'line 6: ']
])('a bad file is named with what is wrong, exit code 2: %s', async (name, lines, reason) => {
  const path = file(`${name}.txt`, lines)
  expect(await study(['microstructure', path])).toBe(2)
  expect(terminal.complained).toContain(path)
  expect(terminal.complained).toContain(reason)
})

test('captures are studied one at a time', async () => {
  expect(await study(['microstructure', 'one', 'two'])).toBe(2)
  expect(terminal.complained).toContain('not also two')
})
