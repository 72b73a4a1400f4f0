import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import { priceStep } from '../../src-main/study/microstructure/price-step'
import type { QuoteRow } from '../../src-main/study/microstructure/stretch'
import type { Microstructure } from '../../src-main/study/microstructure/study'
import type { Instrument } from '../../src-shared/instrument'
import { ticks } from '../../src-shared/units'
import { plainInstrument } from '../support/hand-book'
import { heldTerminal } from '../support/terminal'

const terminal = heldTerminal()
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-step-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Of Hyperliquid: BTC's prices have a decimal, but step by 1 from 10,000 on. Times in seconds. */
const said = (at: number, channel: string, data: object): string =>
  JSON.stringify({ t: `${1_700_000_000 + at}`, k: 'rx', raw: JSON.stringify({ channel, data }) })
const book = (at: number, bid: string, bidSize: string, ask: string, askSize: string): string =>
  said(at, 'l2Book', {
    ...{ coin: 'BTC', time: (1_700_000_000 + at) * 1_000 },
    levels: [[{ px: bid, sz: bidSize, n: 1 }], [{ px: ask, sz: askSize, n: 1 }]]
  })
const trade = (at: number, side: 'A' | 'B', px: string): string =>
  said(at, 'trades', [
    { coin: 'BTC', side, px, sz: '1', time: (1_700_000_000 + at) * 1_000, hash: '0x0', tid: at * 10 }
  ])
const lines = [
  JSON.stringify({ t: '1700000000', k: 'open', url: 'wss://api.hyperliquid.xyz/ws' }),
  book(0.5, '64000.0', '3', '64001.0', '1'),
  book(1.5, '64000.0', '1', '64001.0', '3'),
  trade(1.7, 'B', '64001.0'),
  book(2.5, '64001.0', '2', '64002.0', '2'),
  trade(2.7, 'A', '64001.0'),
  book(3.5, '64001.0', '1', '64003.0', '3'),
  book(4.2, '64000.0', '1', '64001.0', '3')
]

test('a tick is the venue’s price step at the price, not the finest decimal its prices have', async () => {
  const path = join(folder, 'hyperliquid.jsonl')
  writeFileSync(path, lines.map((it) => it + '\n').join(''))
  expect(await study(['microstructure', path, '--json']), terminal.complained).toBe(0)
  const found = JSON.parse(terminal.said) as Microstructure
  expect(found).toMatchObject({ tick: 1, frac_spread_1tick: 0.8, first_mid: 64_000.5, vwap: 64_001 })
  // Order flow -4, 5 and 1 against moves of 0, 1 and a half tick.
  expect(found.ofi['1s']!.beta_ticks_per_unit).toBeCloseTo(4.5 / (366 / 9), 12)
  expect(found.queue_imbalance.n_spread1).toBe(1)
  // A move of one and a half ticks is beyond the table.
  expect(found.stoikov_microprice).toMatchObject({ transitions: 3, Gstar_ticks_spread2: expect.any(Array) })
  expect(found.spreads.effective_bps_volw).toBeCloseTo(((1 / 64_000.5 + 1 / 64_001.5) / 2) * 1e4, 8)
  terminal.forget()
  await study(['microstructure', path])
  expect(terminal.said).toContain('tick 1; ')
  expect(terminal.said).toContain('one tick in 80.0 % of quotes')
})

const quotes = (...bids: readonly number[]): QuoteRow[] =>
  bids.map((bid) => ({ at: 0, bid, ask: bid + 1, bidSize: 1, askSize: 1 }))
/** Of tenths, in the venue's list or not. */
const step = (rows: readonly QuoteRow[], of: Partial<Instrument> = {}, wasListed = true): number => {
  const instrument = { ...plainInstrument, price: { decimals: 1, step: 1 }, ...of }
  return priceStep({ instrument, wasListed }, rows)
}

test('a grid that got finer for a few prices leaves the step that the venue listed', () => {
  const finer = { tickSize: ticks(10) }
  expect(step(quotes(5, 6, 7, 7.5), finer)).toBe(10)
  expect(step(quotes(5, 6.5, 7.5), finer)).toBe(1)
  // Nobody listed it: the first prices that came were on coarser steps by chance.
  expect(step(quotes(5, 6, 7), finer, false)).toBe(1)
})

test('of steps by price the one at the lowest price counts, and its own price begins it', () => {
  const rule = { tickSteps: [{ above: 10, step: 0.5 }, { above: 100, step: 2 }] } // prettier-ignore
  expect(step(quotes(9.5, 11), rule)).toBe(1)
  expect(step(quotes(10, 11), rule)).toBe(5)
  expect(step(quotes(101, 102), rule)).toBe(1)
  expect(step(quotes(100, 102), { tickSteps: [{ above: 100, step: 1 }] }, false)).toBe(10)
})
