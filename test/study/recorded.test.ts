import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import { lobsterSource, merged } from '../../src-main/engine/tape/exchange/import-files'
import { TapeImport } from '../../src-main/engine/tape/exchange/tape-import'
import { venues } from '../../src-main/engine/venues/index'
import type { Microstructure } from '../../src-main/study/microstructure/study'
import type { Reconstruction } from '../../src-main/study/reconstruction/study'
import { valueOn } from '../../src-shared/instrument'
import { diff, line, quote, snapshot, trade } from '../support/binance-tape'
import type { SimulatedTape } from '../support/simulated-tape'
import { recordSimulated } from '../support/simulated-tape'
import { heldTerminal } from '../support/terminal'

const perpetual = 'sim:BTC-PERP'
const spot = 'sim:BTC-USDT'
let folder = ''
const terminal = heldTerminal()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-study-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})
const file = (name: string, lines: readonly string[]): string => {
  const path = join(folder, name)
  writeFileSync(path, lines.map((it) => it + '\n').join(''))
  return path
}
async function found<Figures>(...args: string[]): Promise<Figures> {
  terminal.forget()
  expect(await study([...args, '--json']), terminal.complained).toBe(0)
  return JSON.parse(terminal.said) as Figures
}

describe('a recording of the app', () => {
  let tape: SimulatedTape
  let atTheEnd: readonly number[] = []
  let trades = 0
  beforeAll(async () => {
    tape = await recordSimulated([perpetual, spot])
    for (let second = 0; second < 8; second++) await tape.clock.pass(1_000)
    const lane = [...tape.feed.lanes()].find(({ id }) => id === perpetual)!
    const { bid, bidSize, ask, askSize } = lane.book.touch
    const { price, size } = lane.instrument
    atTheEnd = [valueOn(price, bid), valueOn(size, bidSize), valueOn(price, ask), valueOn(size, askSize)]
    trades = lane.counters.trades
    await tape.stop()
  })
  afterAll(() => {
    rmSync(tape.folder, { recursive: true, force: true })
  })

  test('is rebuilt to the book that was live, and every step is the quote of the venue', async () => {
    const figures = await found<Reconstruction>('reconstruction', tape.folder, '--instrument', perpetual)
    expect(figures).toMatchObject({ gaps: 0, crossed: 0, final_best: atTheEnd })
    expect(figures.bt_checks).toBeGreaterThan(3)
    expect(figures.bt_match).toBe(figures.bt_checks)
    expect(figures.does_not_apply ?? {}).not.toHaveProperty('bt_checks')
  })

  test('is measured: only the instrument that is named', async () => {
    const figures = await found<Microstructure>('microstructure', tape.folder, '--instrument', perpetual)
    expect(trades).toBeGreaterThan(0)
    expect(figures.trades_used).toBeGreaterThanOrEqual(trades)
    expect(figures.tick).toBe(0.1)
    expect(figures.t1 - figures.t0).toBeGreaterThan(3)
    expect(figures.t1 - figures.t0).toBeLessThan(9)
    expect(figures).not.toHaveProperty('stretches')
  })

  test('is no file of orders, messages or bars: it is told why, and what measures it', async () => {
    for (const args of [
      ['orders', tape.folder],
      ['bars', tape.folder],
      ['lobster', tape.folder, tape.folder]
    ]) {
      expect(await study(args)).toBe(2)
      expect(terminal.complained).toMatch(`${tape.folder}: a recording holds`)
      expect(terminal.complained).toContain('study microstructure measures it')
    }
  })

  test('of several instruments wants a name, and one folder at a time', async () => {
    expect(await study(['reconstruction', tape.folder])).toBe(2)
    expect(terminal.complained).toContain(`${perpetual}, ${spot}: name one with --instrument`)
    expect(await study(['microstructure', tape.folder, '--instrument', 'sim:NO'])).toBe(2)
    expect(await study(['reconstruction', tape.folder, tape.folder])).toBe(2)
    expect(terminal.complained).toContain('one folder at a time')
    expect(await study(['reconstruction', folder])).toBe(2)
    expect(terminal.complained).toContain(`${folder}: holds no tape`)
  })
})

/** Of a venue without quotes of its own whose stream begins with the whole book: the first change joins it. Times in seconds. */
const okx = (at: number, channel: string, data: object, action?: string): string =>
  JSON.stringify({
    ...{ t: `${1_700_000_000 + at}`, k: 'rx' },
    raw: JSON.stringify({ arg: { channel, instId: 'BTC-USDT' }, ...(action && { action }), data: [data] })
  })
const book = (at: number, seqId: number, prevSeqId: number, bids: string[][], asks: string[][]): string =>
  okx(at, 'books', { bids, asks, ts: `${at}`, seqId, prevSeqId }, prevSeqId === -1 ? 'snapshot' : 'update')
const okxTrade = (at: number, side: 'buy' | 'sell', px: string): string =>
  okx(at, 'trades', {
    instId: 'BTC-USDT',
    tradeId: `${at}`,
    px,
    sz: '1',
    side,
    ts: `${1_700_000_000_000 + at}`
  })
const opened = JSON.stringify({ t: '1700000000', k: 'open', url: 'wss://ws.okx.com:8443/ws/v5/public' })

describe('a capture of a venue that numbers no quotes', () => {
  const lines = [
    opened,
    book(1, 1, -1, [['100.0', '3', '0', '1']], [['100.5', '1', '0', '1']]),
    book(2, 2, 1, [['100.0', '1', '0', '1']], []),
    book(3, 3, 2, [['99.0', '1', '0', '1']], []),
    okxTrade(4, 'buy', '100.5'),
    book(5, 4, 3, [], [['100.5', '0', '0', '0'], ['100.6', '5', '0', '1']]) // prettier-ignore
  ]

  test('is told by its address; what cannot be said is null, with its reason', async () => {
    const figures = await found<Reconstruction>('reconstruction', file('okx.jsonl', lines))
    expect(figures).toMatchObject({ applied: 3, snapshots: 1, gaps: 0, bt_checks: null, bt_match: null })
    expect(figures).toMatchObject({ first_event_ok: true, final_best: [100, 1, 100.6, 5] })
    expect(Object.keys(figures.does_not_apply!)).toContain('bt_checks')
    terminal.forget()
    expect(await study(['reconstruction', file('okx.jsonl', lines)])).toBe(0)
    expect(terminal.said).toContain(
      'books held against the quote: no quote of the venue carries a number of its book'
    )
    expect(terminal.said).not.toContain('null')
  })

  test('is measured by the touch of its book, a row where that changed', async () => {
    const figures = await found<Microstructure>('microstructure', file('okx.jsonl', lines))
    expect(figures).toMatchObject({ rows: 'touch of the rebuilt book', book_ticker_rows: 2, trades_used: 1 })
    expect(figures.update_ids_nondecreasing).toBeNull()
    expect(figures.does_not_apply).toHaveProperty('update_ids_nondecreasing')
    // 2 (100.5 - 100.25) of 100.25.
    expect(figures.spreads.effective_bps_volw).toBeCloseTo((0.5 / 100.25) * 10_000, 9)
    // Spreads of five ticks are beyond the table: it is no table of zeros.
    expect(figures.stoikov_microprice.Gstar_ticks_spread2[0]).toBeNull()
  })
})

test('forecasts of two recordings of the app are judged like those of two captures', async () => {
  const tape = await recordSimulated([perpetual, spot])
  for (let second = 0; second < 106; second++) await tape.clock.pass(1_000)
  await tape.stop()
  const names = ['--instrument', perpetual]
  const figures = await found<{ train_n: number }>('prediction', tape.folder, tape.folder, ...names)
  expect(figures.train_n).toBeGreaterThan(100)
  expect(await study(['prediction', tape.folder, tape.folder])).toBe(2)
  expect(terminal.complained).toContain(`${perpetual}, ${spot}: name one with --instrument`)
  rmSync(tape.folder, { recursive: true, force: true })
})

test('a capture is no file of orders, messages or bars: it is told why', async () => {
  const capture = file('capture.txt', [line(1, diff(1, 2, [], []))])
  for (const args of [
    ['orders', capture],
    ['bars', capture],
    ['lobster', capture, capture]
  ]) {
    terminal.forget()
    expect(await study(args)).toBe(2)
    expect(terminal.complained).toContain(`${capture}: a recording holds`)
  }
})

test('a capture that holds nothing of the venue that was named says so, and does not ask for the name again', async () => {
  const capture = file('foreign.txt', [line(1, { hello: 1 })])
  expect(await study(['reconstruction', capture, '--venue', 'kraken'])).toBe(2)
  expect(terminal.complained).toContain('holds no message of an instrument that Kraken would send')
})

test('of an imported LOBSTER day every execution counts, though an order may have several under its one number', async () => {
  const messages = file('AMZN_2012-06-21_34200000_57600000_message_1.csv', [
    '34200.1,1,7,30,1000000,1',
    ...[
      '34201.1,4,7,10,1000000,1',
      '34202.1,4,7,10,1000000,1',
      '34203.1,5,0,5,1000050,1',
      '34204.1,5,0,5,1000050,1'
    ]
  ])
  const sizes = [30, 20, 10, 10, 10]
  const books = file('book.csv', sizes.map((size) => `1000100,5,1000000,${size}`)) // prettier-ignore
  const tape = new TapeImport(join(folder, 'lobster'), venues)
  for await (const item of merged([await lobsterSource(messages, books)])) await item.put(tape)
  expect(await tape.finish()).toBe('')
  const figures = await found<Microstructure>('microstructure', join(folder, 'lobster'))
  expect(figures.trades_used).toBe(4)
})

test('no figure spans a gap: the longest stretch without one is measured', async () => {
  const forced = (at: number) =>
    line(at, trade(at, 'buy', '100.01', '1')).replace('"m":', '"X":"INSURANCE_FUND","m":')
  const lines = [
    line(0.05, diff(8, 9, [], [])),
    line(0.1, snapshot(10, [['100.00', '2']], [['100.01', '4']])),
    line(0.2, quote(11, ['100.00', '3'], ['100.01', '4'])),
    line(0.3, diff(11, 11, [['100.00', '3']], [])),
    line(0.4, trade(0, 'buy', '100.01', '1')),
    line(0.5, quote(12, ['100.00', '4'], ['100.01', '4'])),
    forced(0.6),
    forced(0.7),
    line(50, diff(99, 99, [], [])),
    line(51, quote(99, ['200.00', '3'], ['200.01', '4'])),
    line(52, trade(0, 'sell', '200.00', '1')),
    forced(52.5),
    line(53, quote(100, ['200.00', '4'], ['200.01', '4']))
  ]
  const figures = await found<Microstructure>('microstructure', file('torn.txt', lines))
  expect(figures).toMatchObject({ stretches: 2, book_ticker_rows: 2, trades_used: 1, first_mid: 200.005 })
  // What was left out elsewhere is none of it.
  expect(figures.trades_excluded_non_market).toBe(1)
  terminal.forget()
  expect(await study(['microstructure', file('torn.txt', lines)])).toBe(0)
  expect(terminal.said).toContain('The longest of 2 stretches without a break')
})
