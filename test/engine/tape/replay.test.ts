import { describe, expect, test } from 'vitest'
import type { TapeFrame } from '../../../src-main/engine/tape/line'
import { readTape } from '../../../src-main/engine/tape/reader'
import { Replay } from '../../../src-main/engine/tape/replay'
import { venues } from '../../../src-main/engine/venues/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { millis } from '../../../src-shared/units'
import { capturePath, haveCapture } from '../../support/captures'
import { replayed } from '../../support/capture-sums'
import { nobody } from '../../../src-main/engine/feed/nobody'

/** What two independent readers of the same captures found (VERIFIED.txt), and where that is cut short, what a third counted. */
interface Verified {
  readonly tape: string
  readonly venue: string
  readonly snapshots: number
  /** Diffs, those of the venue apart that were older than their snapshot. */
  readonly applied: number
  readonly trades?: number
  /** The venue's own best quote at the id of a diff; all are equal to the rebuilt touch. */
  readonly quotes?: number
  readonly checksums?: number
  /** Every message names the one before it, so that the loss of any is found by the next. */
  readonly chained?: true
}

const verified: readonly Verified[] = [
  {
    ...{ tape: 'binance-spot_2021', venue: 'binance-spot', snapshots: 2, applied: 22, trades: 1, quotes: 7 },
    chained: true
  },
  { tape: 'binance-us-spot_2021', venue: 'binance-spot', snapshots: 2, applied: 134, trades: 0, quotes: 26 },
  {
    ...{ tape: 'binance-spot_btcusdt_20240808', venue: 'binance-spot' },
    ...{ snapshots: 1, applied: 3449, trades: 9757, quotes: 560 }
  },
  {
    ...{ tape: 'binance-usdm_2021', venue: 'binance-usdm', snapshots: 2, applied: 368, trades: 46 },
    ...{ quotes: 25, chained: true }
  },
  {
    ...{ tape: 'binance-usdm_btcusdt_20240718-19', venue: 'binance-usdm' },
    ...{ snapshots: 1, applied: 9017, trades: 10701, quotes: 485 }
  },
  {
    ...{ tape: 'binance-coinm_2021', venue: 'binance-coinm', snapshots: 5, applied: 895, trades: 21 },
    ...{ quotes: 120, chained: true }
  },
  {
    ...{ tape: 'binance-coinm_btcusd_perp_20240808', venue: 'binance-coinm' },
    ...{ snapshots: 1, applied: 26824, trades: 2286, quotes: 1124 }
  },
  {
    ...{ tape: 'bybit-v5-linear_xrpusdt_ob500_first25', venue: 'bybit-linear' },
    ...{ snapshots: 1, applied: 24, chained: true }
  },
  { tape: 'okx_2022', venue: 'okx', snapshots: 2, applied: 190, trades: 5, checksums: 192 },
  { tape: 'deribit-options_2021', venue: 'deribit', snapshots: 5, applied: 31, chained: true },
  { tape: 'deribit-perp_live-2026-08_excerpt', venue: 'deribit', snapshots: 1, applied: 1 },
  { tape: 'kraken-v2_derived-from-v1_2021', venue: 'kraken', snapshots: 5, applied: 1167, checksums: 1167 },
  { tape: 'kraken-v2_live-2026-10_excerpt', venue: 'kraken', snapshots: 1, applied: 2, checksums: 3 },
  { tape: 'kraken-futures_2021', venue: 'kraken-futures', snapshots: 5, applied: 1163, chained: true },
  { tape: 'coinbase-exchange_2021', venue: 'coinbase', snapshots: 5, applied: 4736 },
  { tape: 'hyperliquid_btc_20250126_first30', venue: 'hyperliquid', snapshots: 26, applied: 0 },
  { tape: 'bitfinex_2021_first60pct', venue: 'bitfinex', snapshots: 7, applied: 932, chained: true },
  { tape: 'bitstamp_2022', venue: 'bitstamp', snapshots: 5, applied: 341, trades: 10 },
  { tape: 'gate-spot_2021', venue: 'gate-spot', snapshots: 5, applied: 42, trades: 2, chained: true },
  {
    ...{ tape: 'gate-futures_2023', venue: 'gate-futures', snapshots: 5, applied: 177, trades: 0 },
    ...{ quotes: 8, chained: true }
  },
  {
    ...{ tape: 'kucoin-spot_2021', venue: 'kucoin', snapshots: 4, applied: 2725, trades: 5, quotes: 23 },
    chained: true
  }
]

const fileOf = ({ tape }: Verified): string => `feeds/${tape}.jsonl.gz`
const venueOf = ({ venue }: Verified): Venue | undefined => venues.find(({ spec }) => spec.id === venue)
const isThere = (given: Verified): boolean => haveCapture(fileOf(given)) && venueOf(given) !== undefined

for (const given of verified)
  test.skipIf(!isThere(given))(`${given.tape}: every message is accounted for`, async () => {
    const { trades, quotes, checksums } = given
    expect(await replayed(venueOf(given)!, fileOf(given))).toMatchObject({
      ...{ snapshots: given.snapshots, applied: given.applied },
      ...{ gaps: 0, crossed: 0, checksumsBad: 0, rejected: 0 },
      ...(trades === undefined ? {} : { trades }),
      ...(quotes === undefined ? {} : { compared: quotes, equal: quotes }),
      ...(checksums === undefined ? {} : { checksumsOk: checksums })
    })
  })

async function framesOf(given: Verified): Promise<readonly TapeFrame[]> {
  const frames: TapeFrame[] = []
  await readTape(capturePath(fileOf(given)), (frame) => {
    frames.push({ ...frame, bytes: Uint8Array.from(frame.bytes) })
  })
  return frames
}

interface Loss {
  readonly symbol: string
  /** The frame that is lost, and the next of its book. */
  readonly at: number
  readonly next: number
}

/**
 * Each diff that was applied as it came, with the one after it; the last of a book has none to betray its loss, and one that ends where the snapshot does
 * (Binance futures) brings nothing that could be lost.
 */
function lossesOf(venue: Venue, frames: readonly TapeFrame[]): readonly Loss[] {
  const losses: Loss[] = []
  const last = new Map<string, number>()
  const stood = new Map<string, number>()
  let next = 0
  const tape = new Replay(venue, nobody, ({ symbol, book }) => {
    if (frames[next]!.kind !== 'rx' || book.sequence === stood.get(symbol)) return
    const at = last.get(symbol)
    if (at !== undefined) losses.push({ symbol, at, next })
    last.set(symbol, next)
  })
  for (; next < frames.length; next++) {
    for (const [symbol, { book }] of tape.lanes) stood.set(symbol, book.sequence)
    tape.take(frames[next]!)
  }
  return losses
}

const SAMPLES = 8

describe('one diff is lost', () => {
  for (const given of verified.filter(({ chained }) => chained))
    test.skipIf(!isThere(given))(`${given.tape}: the next one finds out, and the book is gone`, async () => {
      const venue = venueOf(given)!
      const frames = await framesOf(given)
      const losses = lossesOf(venue, frames)
      const stride = Math.ceil(losses.length / SAMPLES)
      expect(losses.length).toBeGreaterThan(10)
      for (const { symbol, at, next } of losses.filter((_, n) => n % stride === 0)) {
        const tape = new Replay(venue, nobody)
        for (let n = 0; n <= next; n++) if (n !== at) tape.take(frames[n]!)
        const { isLive, book } = tape.lanes.get(symbol)!
        expect({ symbol, at, isLive, ...book.touch }).toEqual({
          ...{ symbol, at, isLive: false },
          ...{ bid: NaN, bidSize: NaN, ask: NaN, askSize: NaN }
        })
      }
    })
})

test.each([
  ['binance-usdm', 'https://fapi.binance.com/fapi/v1/openInterest?symbol=BTCUSDT', '{"openInterest":"1"}'],
  ['coinbase-advanced', 'https://api.coinbase.com/api/v3/brokerage/market/products/BIP-20DEC30-CDE', '{}'],
  ['kucoin', 'https://api.kucoin.com/api/v1/status', '{"code":"200000","data":{"status":"open","msg":""}}']
])('an answer of %s to what is asked again and again is no list that cannot be read', (id, url, text) => {
  const venue = venues.find(({ spec }) => spec.id === id)!
  const replay = new Replay(venue, nobody)
  const at = { at: millis(1_800_000_000_000), second: 1_800_000_000, nanosecond: 0 }
  replay.take({ kind: 'http', ...at, url, bytes: Buffer.from(text) })
  expect(replay.rejected().size).toBe(0)
})

/** A book of one level a side at 100.0 and 101.0, which a diff crosses for 50 ms or for longer; times in ms. */
function crossing(healedAt: number) {
  const said: string[] = []
  const venue = venues.find(({ spec }) => spec.id === 'kucoin')!
  const replay = new Replay(venue, {
    ...nobody,
    onStatus: (_id, { state }) => {
      said.push(state)
    }
  })
  const take = (kind: 'http' | 'rx', at: number, body: object) => {
    const url = 'https://api.kucoin.com/api/v3/market/orderbook/level2?symbol=BTC-USDT'
    const bytes = Buffer.from(JSON.stringify(body))
    replay.take({ kind, ...(kind === 'http' && { url }), at: millis(at), second: 0, nanosecond: 0, bytes })
  }
  const diff = (at: number, id: number, asks: readonly (readonly string[])[]) => {
    const data = {
      changes: { asks, bids: [] },
      sequenceStart: id,
      sequenceEnd: id,
      symbol: 'BTC-USDT',
      time: at
    }
    take('rx', at, { topic: '/market/level2:BTC-USDT', type: 'message', subject: 'trade.l2update', data })
  }
  const book = { time: 1_000, sequence: '10', bids: [['100.0', '1']], asks: [['101.0', '1']] }
  diff(1_000, 10, [])
  take('http', 1_000, { code: '200000', data: book })
  diff(1_000, 11, [])
  diff(2_000, 12, [['99.0', '1', '12']])
  diff(healedAt, 13, [['99.0', '0', '13']])
  return { said, summary: replay.summary() }
}

test('a book that crosses on a tape is read on, called crossed after a tenth of a second of the tape’s time, and live once it is not', () => {
  const brief = crossing(2_050)
  expect(brief.summary.rejected.reasons).toEqual({})
  expect(brief.summary.instruments).toMatchObject([{ applied: 3, gaps: 0, crossed: 1 }])
  expect(brief.said.filter((state) => state === 'crossed')).toEqual([])
  const long = crossing(2_500)
  expect(long.summary.instruments).toMatchObject([{ applied: 3, gaps: 0, crossed: 1 }])
  expect(long.said.slice(-3)).toEqual(['live', 'crossed', 'live'])
})
