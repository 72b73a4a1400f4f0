import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import type { MarketOptions } from '../../../src-main/engine/market/simulated-market'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import { millis } from '../../../src-shared/units'
import type { SimFrame } from '../../support/wire-book'
import { WireBook } from '../../support/wire-book'

const BEGINNING = 1_800_000_000_000
const SIX = ['BTC-PERP', 'BTC-USDT', 'BTC-INV', 'ETH-USDT', 'SOL-USDT', 'DOGE-PERP']
const after = (ms: number) => millis(BEGINNING + ms)

function open(options: Partial<MarketOptions> = {}): { market: SimulatedMarket; frames: string[] } {
  const frames: string[] = []
  const market = new SimulatedMarket({ seed: 7, at: after(0), ...options }, (frame) => frames.push(frame))
  return { market, frames }
}

/** Frames of `symbols` over a span cut into runs of `slice` ms. */
function play(
  symbols: readonly string[],
  ms: number,
  slice: number,
  options: Partial<MarketOptions> = {}
): string[] {
  const { market, frames } = open(options)
  market.hello()
  market.subscribe(symbols)
  for (let at = slice; at < ms + slice; at += slice) market.run(after(Math.min(at, ms)))
  return frames
}

const digest = (frames: readonly string[]) => createHash('sha256').update(frames.join('\n')).digest('hex')
const parsed = (frames: readonly string[]) => frames.map((it) => JSON.parse(it) as SimFrame)
const of = (frames: readonly string[], symbol: string) =>
  frames.filter((it) => it.includes(`"i":"${symbol}","at"`))

test('the same seed gives the same bytes, in one run or in slices of 7 ms', () => {
  expect(digest(play(SIX, 30_000, 7))).toBe(digest(play(SIX, 30_000, 30_000)))
})

test('another seed gives other bytes', () => {
  expect(digest(play(['BTC-PERP'], 1000, 1000, { seed: 8 }))).not.toBe(digest(play(['BTC-PERP'], 1000, 1000)))
})

test('an instrument of another asset changes no byte', () => {
  const alone = of(play(['BTC-PERP'], 20_000, 50), 'BTC-PERP')
  const beside = of(play(['ETH-USDT', 'BTC-PERP', 'SOL-USDT'], 20_000, 50), 'BTC-PERP')
  expect(alone.length).toBeGreaterThan(1000)
  expect(digest(beside)).toBe(digest(alone))
})

test('venues of the same asset that see prices later change nothing but the mark', () => {
  const withoutMark = (frames: readonly string[]) => frames.filter((it) => !it.startsWith('{"ch":"mark"'))
  const options = { episodes: 'none' } as const
  const alone = of(play(['BTC-PERP'], 20_000, 50, options), 'BTC-PERP')
  const beside = of(play(['BTC-USDT', 'BTC-INV', 'BTC-PERP'], 20_000, 50, options), 'BTC-PERP')
  expect(withoutMark(beside)).toEqual(withoutMark(alone))
  expect(beside).not.toEqual(alone)
})

test('hello, the instruments, one snapshot each, then the rest in time order', () => {
  const frames = parsed(play(['BTC-PERP', 'ETH-USDT'], 3000, 40))
  expect(frames.slice(0, 4).map(({ ch, type, i }) => [ch, type, i])).toEqual([
    ['hello', undefined, undefined],
    ['instruments', undefined, undefined],
    ['book', 'snap', 'BTC-PERP'],
    ['book', 'snap', 'ETH-USDT']
  ])
  const times = frames.map((it) => it.at)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

test('the list of instruments tells tick, lot and contract of all on offer', () => {
  const { market, frames } = open({ instruments: ['BTC-INV', 'SOL-USDT'] })
  market.hello()
  expect(JSON.parse(frames[1]!)).toEqual({
    ch: 'instruments',
    at: BEGINNING,
    list: [
      {
        ...{ i: 'BTC-INV', venue: 'northmoor', kind: 'inverse', base: 'BTC', quote: 'USD' },
        ...{ tick: '0.1', lot: '1', contract: '100', depthMs: 100 }
      },
      {
        ...{ i: 'SOL-USDT', venue: 'southwater', kind: 'spot', base: 'SOL', quote: 'USDT' },
        ...{ tick: '0.001', lot: '0.01', contract: '1', depthMs: 100 }
      }
    ]
  })
})

test('a heartbeat comes every five seconds, whatever is subscribed', () => {
  const { market, frames } = open()
  market.run(after(20_000))
  expect(parsed(frames)).toEqual([5, 10, 15, 20].map((s) => ({ ch: 'heartbeat', at: BEGINNING + s * 1000 })))
})

test('a perpetual tells mark, index, funding and open interest each second; a spot does not', () => {
  const frames = parsed(play(['BTC-PERP', 'BTC-USDT'], 5000, 5000)).filter((it) => it.ch === 'mark')
  expect(frames).toHaveLength(5)
  expect(new Set(frames.map((it) => it.i))).toEqual(new Set(['BTC-PERP']))
  const { index, funding, next } = frames[0] as unknown as Record<string, string>
  expect(Number(index)).toBeGreaterThan(61_000)
  expect(Math.abs(Number(funding))).toBeLessThanOrEqual(0.003)
  expect(Number(next) % (8 * 3600 * 1000)).toBe(0)
})

test('a snapshot in between is in sequence and equals the book of the diffs before it', () => {
  const { market, frames } = open({ snapshotLevels: 50 })
  market.subscribe(['BTC-PERP'])
  const book = new WireBook()
  for (let s = 1; s <= 10; s++) {
    market.run(after(s * 1037))
    market.snapshot('BTC-PERP')
  }
  for (const frame of parsed(frames)) {
    if (frame.type === 'snap' && book.bids.size > 0) {
      expect(String(book.touch.bid)).toBe(String(Number(frame.bids![0]![0])))
      expect(book.asks.get(frame.asks![0]![0])).toBe(frame.asks![0]![1])
    }
    book.read(frame)
  }
  expect(book.seen).toMatchObject({ gaps: 0, crossed: 0, unequal: 0 })
})

test('only subscribed instruments send, and a second subscription sends nothing', () => {
  const { market, frames } = open()
  market.subscribe(['SOL-USDT'])
  market.subscribe(['SOL-USDT'])
  expect(frames).toHaveLength(1)
  market.run(after(2000))
  expect(new Set(parsed(frames).map((it) => it.i))).toEqual(new Set(['SOL-USDT']))
  expect(market.subscribed).toEqual(['SOL-USDT'])
})

test('an instrument subscribed again opens anew, its ids going on', () => {
  const { market, frames } = open()
  market.subscribe(['BTC-PERP'])
  market.run(after(3000))
  market.unsubscribe(['BTC-PERP'])
  const before = parsed(frames)
  market.run(after(4900))
  expect(frames).toHaveLength(before.length)
  market.subscribe(['BTC-PERP'])
  market.run(after(8000))
  const again = parsed(frames.slice(before.length)).filter((it) => it.i)
  const lastId = Math.max(...before.filter((it) => it.ch === 'book').map((it) => it.last ?? it.id!))
  const lastTrade = Math.max(...before.filter((it) => it.ch === 'trade').map((it) => it.id!))
  expect(again[0]).toMatchObject({ ch: 'book', type: 'snap' })
  expect(again[0]!.id).toBeGreaterThan(lastId)
  expect(again.find((it) => it.ch === 'trade')!.id).toBeGreaterThan(lastTrade)
  const book = new WireBook()
  for (const frame of again) book.read(frame)
  expect(book.seen).toMatchObject({ gaps: 0, crossed: 0, unequal: 0 })
})

test('after a jump the clock is later, nothing was replayed and the sequence holds', () => {
  const night = 8 * 3600 * 1000
  const { market, frames } = open({ episodes: 'none' })
  const straight = open({ episodes: 'none' })
  for (const it of [market, straight.market]) it.subscribe(['BTC-PERP'])
  market.run(after(1000))
  market.jump(after(1000 + night))
  market.jump(after(0))
  expect(market.at).toBe(BEGINNING + 1000 + night)
  market.run(after(2000 + night))
  straight.market.run(after(2000))
  const book = new WireBook()
  for (const frame of parsed(frames)) book.read(frame)
  expect(book.seen).toMatchObject({ gaps: 0, crossed: 0, unequal: 0 })
  expect(frames).toHaveLength(straight.frames.length)
  expect(parsed(frames).at(-1)!.at).toBe(parsed(straight.frames).at(-1)!.at + night)
})

test('an unknown symbol, or a snapshot of one that does not run, is a bug of the caller', () => {
  const { market } = open({ instruments: ['BTC-PERP'] })
  expect(() => {
    market.subscribe(['ETH-USDT'])
  }).toThrow(RangeError)
  expect(() => {
    market.snapshot('BTC-PERP')
  }).toThrow(RangeError)
  expect(() => open({ instruments: ['XRP-PERP'] })).toThrow(RangeError)
})
