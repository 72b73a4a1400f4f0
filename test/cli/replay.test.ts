import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { replay } from '../../src-main/cli/replay'
import { SimulatedMarket } from '../../src-main/engine/market/simulated-market'
import type { ReplaySummary } from '../../src-main/engine/tape/replay'
import { millis } from '../../src-shared/units'
import { heldTerminal } from '../support/terminal'

let folder = ''
const terminal = heldTerminal()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-cli-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** A second of a spot book by hand: a snapshot at 10, a diff that joins it, a quote and a trade, and a hole. */
const tape = [
  { t: '1700000000.100', k: 'rx', raw: depth(9, 10, [['100.00', '1.0']], []) },
  {
    ...{
      t: '1700000000.200',
      k: 'http',
      url: 'https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=1000'
    },
    raw: '{"lastUpdateId":10,"bids":[["100.00","2.0"],["99.99","1.0"]],"asks":[["100.01","4.0"]]}'
  },
  { t: '1700000000.250', k: 'rx', raw: quote(12, '100.00', '100.01') },
  { t: '1700000000.300', k: 'rx', raw: depth(11, 12, [['100.00', '3.0']], []) },
  { t: '1700000000.400', k: 'rx', raw: trade() },
  { t: '1700000001.500', k: 'rx', raw: depth(13, 13, [], [['100.01', '5.0']]) },
  { t: '1700000001.600', k: 'rx', raw: depth(15, 15, [], [['100.01', '6.0']]) }
]

function depth(first: number, last: number, b: string[][], a: string[][]): string {
  return JSON.stringify({
    stream: 'btcusdt@depth@100ms',
    data: { e: 'depthUpdate', E: 1700000000000, s: 'BTCUSDT', U: first, u: last, b, a }
  })
}
function quote(u: number, b: string, a: string): string {
  return JSON.stringify({ stream: 'btcusdt@bookTicker', data: { u, s: 'BTCUSDT', b, B: '3.0', a, A: '4.0' } })
}
function trade(): string {
  const data = { e: 'trade', E: 1, s: 'BTCUSDT', t: 7, p: '100.01', q: '0.5', T: 1700000000400, m: false }
  return JSON.stringify({ stream: 'btcusdt@trade', data })
}
function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}
const good = () => file('good.jsonl', tape.map((it) => JSON.stringify(it)).join('\n') + '\n')

test('a capture that holds a venue’s acknowledgements and no message of a book is its own, with no instruments', async () => {
  const acknowledged = {
    ...{
      method: 'subscribe',
      success: true,
      time_in: '2026-01-01T00:00:00Z',
      time_out: '2026-01-01T00:00:00Z'
    },
    result: { channel: 'trade', symbol: 'BTC/USD', snapshot: true }
  }
  const lines = [acknowledged, { channel: 'heartbeat' }].map((frame, n) =>
    JSON.stringify({ t: `1700000000.${n}00`, k: 'rx', raw: JSON.stringify(frame) })
  )
  const quiet = file('quiet.jsonl', lines.join('\n') + '\n')
  expect(await replay([quiet, '--venue', 'kraken', '--summary'])).toBe(0)
  expect(JSON.parse(terminal.said)).toEqual({
    venue: 'kraken',
    instruments: [],
    rejected: { count: 0, reasons: {} }
  })
  expect(await replay([quiet, '--venue', 'okx', '--summary'])).toBe(2)
  expect(terminal.complained).toContain('is it another venue')
})

test('the summary counts what was applied, dropped as known, compared and lost', async () => {
  expect(await replay([good(), '--venue', 'binance-spot', '--summary'])).toBe(0)
  const { venue, instruments, rejected } = JSON.parse(terminal.said) as ReplaySummary
  expect({ venue, rejected }).toEqual({ venue: 'binance-spot', rejected: { count: 0, reasons: {} } })
  expect(instruments).toEqual([
    {
      ...{
        instrument: 'binance-spot:BTCUSDT',
        frames: 7,
        snapshots: 1,
        applied: 2,
        stale: 1,
        waited: 2,
        gaps: 1
      },
      ...{
        resyncs: 0,
        checksums: { ok: 0, bad: 0 },
        crossed: 0,
        quotes: { compared: 1, equal: 1 },
        trades: 1
      },
      // The hole voided the book, and no snapshot follows.
      ...{ bestBid: null, bestAsk: null }
    }
  ])
})

test('a row a second holds the figures of that second, and none after the gap', async () => {
  const out = join(folder, 'rows.ndjson')
  const args = [good(), '--venue', 'binance-spot', '--every', '0.5', '--format', 'ndjson', '--out', out]
  expect(await replay([...args, '--metrics', 'price,spread'])).toBe(0)
  const rows = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(rows[0]).toMatchObject({ at: '2023-11-14T22:13:20.500Z', status: 'live', 'spread.ticks': 1 })
  expect(rows[0]!['price.mid']).toBeCloseTo(100.005)
})

test.each([
  ['no file', ['--venue', 'binance-spot'], 'which file'],
  ['no venue', ['x', '--summary'], 'which venue'],
  ['an unknown venue', ['x', '--venue', 'moon'], 'which venue'],
  ['an unknown metric', ['x', '--venue', 'sim', '--metrics', 'mood'], 'no metric "mood"'],
  ['an unknown option', ['x', '--venue', 'sim', '--fast'], '--fast'],
  ['a missing file', ['/nowhere/at/all', '--venue', 'sim', '--summary'], 'no such file']
])('%s is told in words, with exit code 2', async (_, args, words) => {
  expect(await replay(args)).toBe(2)
  expect(terminal.said).toBe('')
  expect(terminal.complained).toContain(words)
})

test('a capture of something else is not passed off as an empty book', async () => {
  const path = file(
    'foreign.jsonl',
    JSON.stringify({ t: '1700000000.1', k: 'rx', raw: '{"hello":1}' }) + '\n'
  )
  expect(await replay([path, '--venue', 'binance-spot', '--summary'])).toBe(2)
  expect(terminal.complained).toContain("another venue's")
})

test('a cut off capture prints no summary', async () => {
  const path = file(
    'cut.jsonl',
    tape
      .map((it) => JSON.stringify(it))
      .join('\n')
      .slice(0, -20)
  )
  expect(await replay([path, '--venue', 'binance-spot', '--summary'])).toBe(2)
  expect(terminal.said).toBe('')
  expect(terminal.complained).toContain('cut off')
})

test('the simulated market’s own wire replays without a gap, and every quote agrees', async () => {
  const lines: string[] = []
  const start = 1_700_000_000_000
  const market = new SimulatedMarket({ seed: 3, at: millis(start), episodes: 'none' }, (raw) => {
    lines.push(JSON.stringify({ t: (market.at / 1_000).toFixed(3), k: 'rx', raw }))
  })
  market.hello()
  market.subscribe(['BTC-PERP', 'SOL-USDT'])
  for (let at = start; at < start + 20_000; at += 40) market.run(millis(at))
  expect(await replay([file('sim.jsonl', lines.join('\n') + '\n'), '--venue', 'sim', '--summary'])).toBe(0)
  const { instruments, rejected } = JSON.parse(terminal.said) as ReplaySummary
  expect(rejected.count).toBe(0)
  expect(instruments.map((it) => it.instrument)).toEqual(['sim:BTC-PERP', 'sim:SOL-USDT'])
  for (const { snapshots, applied, gaps, crossed, quotes } of instruments) {
    expect({ snapshots, gaps, crossed, unequal: quotes.compared - quotes.equal }).toEqual({
      ...{ snapshots: 1, gaps: 0, crossed: 0, unequal: 0 }
    })
    expect(applied).toBeGreaterThan(100)
  }
})
