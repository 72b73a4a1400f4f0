import { expect, test } from 'vitest'
import type { EpisodeRates } from '../../../src-main/engine/market/episodes/rates'
import { usualRates } from '../../../src-main/engine/market/episodes/rates'
import { presets } from '../../../src-main/engine/market/presets'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import { millis } from '../../../src-shared/units'
import type { SimFrame } from '../../support/wire-book'
import { WireBook } from '../../support/wire-book'

const BEGINNING = 1_800_000_000_000
const symbols = presets.map((it) => it.symbol)
const tenfold = Object.fromEntries(
  Object.entries(usualRates).map(([kind, perHour]) => [kind, perHour * 10])
) as EpisodeRates

interface Outcome {
  readonly books: ReadonlyMap<string, WireBook>
  readonly oddities: string[]
}

/** All six instruments from the wire alone, every price and size held against tick and lot. */
function play(seed: number, seconds: number, snapshotLevels: number): Outcome {
  const books = new Map(symbols.map((symbol) => [symbol, new WireBook()]))
  const grids = new Map(
    presets.map((it) => [it.symbol, [grid(it.tick.decimals), grid(it.lot.decimals)] as const])
  )
  const oddities: string[] = []
  const options = { seed, at: millis(BEGINNING), episodes: tenfold, snapshotLevels }
  const market = new SimulatedMarket(options, (text) => {
    const frame = JSON.parse(text) as SimFrame
    const book = frame.i && books.get(frame.i)
    if (!book) return
    const [price, size] = grids.get(frame.i)!
    for (const [p, q] of [...(frame.bids ?? []), ...(frame.asks ?? [])])
      if (!price.test(p) || !size.test(q)) oddities.push(`${frame.i} ${p} ${q}`)
    book.read(frame)
  })
  market.subscribe(symbols)
  for (let ms = 50; ms <= seconds * 1000; ms += 50) market.run(millis(BEGINNING + ms))
  return { books, oddities }
}

/** Positive text with exactly so many decimals: a multiple of the step, not negative, no exponent. */
function grid(decimals: number): RegExp {
  return decimals === 0 ? /^\d+$/ : new RegExp(`^\\d+\\.\\d{${decimals}}$`)
}

const total = (books: Outcome['books'], count: keyof WireBook['seen']) =>
  [...books.values()].reduce((sum, it) => sum + it.seen[count], 0)

test('diffs rebuild the quoted touch at every diff, under ten times the usual episodes', () => {
  const { books, oddities } = play(7, 150, 1000)
  expect(oddities).toEqual([])
  expect(total(books, 'diffs')).toBeGreaterThan(8000)
  expect(total(books, 'compared')).toBeGreaterThan(8000)
  expect([total(books, 'gaps'), total(books, 'crossed'), total(books, 'unequal')]).toEqual([0, 0, 0])
}, 60_000)

test('and so they do for thirty seeds', () => {
  for (let seed = 1; seed <= 30; seed++) {
    const { books, oddities } = play(seed, 4, 200)
    expect({ seed, oddities, gaps: total(books, 'gaps') }).toEqual({ seed, oddities: [], gaps: 0 })
    expect({ seed, crossed: total(books, 'crossed') }).toEqual({ seed, crossed: 0 })
    expect({ seed, unequal: total(books, 'unequal') }).toEqual({ seed, unequal: 0 })
  }
}, 60_000)

test('the ladder follows the price for ever: a rise of 15 % leaves levels on both sides and no gap', () => {
  const book = new WireBook()
  const market = new SimulatedMarket({ seed: 3, at: millis(BEGINNING), episodes: 'none' }, (text) => {
    book.read(JSON.parse(text) as SimFrame)
  })
  for (let s = 1; s <= 15; s++) market.plant(millis(BEGINNING + s * 1000), 'jump', 'BTC-USDT', { bps: 100 })
  market.subscribe(['BTC-USDT'])
  const before = book.touch.bid
  for (let s = 1; s <= 40; s++) market.run(millis(BEGINNING + s * 1000))
  expect(book.touch.bid / before).toBeGreaterThan(1.14)
  expect(book.seen).toMatchObject({ gaps: 0, crossed: 0, unequal: 0 })
  market.snapshot('BTC-USDT')
  expect(Math.min(book.bids.size, book.asks.size)).toBeGreaterThan(600)
}, 60_000)
