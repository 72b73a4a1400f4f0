import { describe, expect, test } from 'vitest'
import type { BandSums, Book } from '../../../src-main/engine/book/book'
import type { Changes } from '../../../src-main/engine/book/changes'
import { LadderBook } from '../../../src-main/engine/book/ladder-book'
import type { SidedBook } from '../../../src-main/engine/book/sided-book'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { FeedLane } from '../../../src-main/engine/feed/lane'
import { readTape } from '../../../src-main/engine/tape/reader'
import { Replay } from '../../../src-main/engine/tape/replay'
import { venues } from '../../../src-main/engine/venues/index'
import { capturePath, haveCapture } from '../../support/captures'
import { changesOf, type Level, NaiveBook, ranked } from '../../support/naive-book'
import { nobody } from '../../../src-main/engine/feed/nobody'

const captures = [
  ['binance-spot', 'binance-spot_btcusdt_20240808'],
  ['binance-spot', 'binance-spot_2021'],
  ['binance-usdm', 'binance-usdm_btcusdt_20240718-19'],
  ['binance-usdm', 'binance-usdm_2021'],
  ['binance-coinm', 'binance-coinm_btcusd_perp_20240808'],
  ['binance-coinm', 'binance-coinm_2021'],
  ['okx', 'okx_2022'],
  ['coinbase', 'coinbase-exchange_2021'],
  ['kraken', 'kraken-v2_derived-from-v1_2021'],
  ['kraken-futures', 'kraken-futures_2021'],
  ['deribit', 'deribit-options_2021'],
  ['bybit-linear', 'bybit-v5-linear_xrpusdt_ob500_first25'],
  ['bitfinex', 'bitfinex_2021_first60pct'],
  ['gate-spot', 'gate-spot_2021'],
  ['gate-futures', 'gate-futures_2023'],
  ['kucoin', 'kucoin-spot_2021'],
  ['hyperliquid', 'hyperliquid_btc_20250126_first30']
] as const
/** Enough for every kind of message, few enough for every test run; with STEELYARD_LONG=1 all there are, which takes some minutes. */
const isLong = process.env['STEELYARD_LONG'] === '1'
const mostFrames = isLong ? Infinity : 2_000
const bands = [5, 25, 400]
const depths = [1, 20]

/** Books of every kind behind a lane's own, each told all that it is told. */
class Shadow {
  readonly naive = new NaiveBook()
  readonly books: readonly Book[]
  commits = 0

  constructor(book: FeedLane['book']) {
    const others = [new SortedBook(), new LadderBook(), new LadderBook(undefined, 1_024)]
    this.books = [book, ...others]
    this.#beginWith(book, others)
    for (const each of this.books) {
      for (const bps of bands) each.keepBand(bps)
      each.keepInverses()
      for (const count of depths) each.keepLevels(count)
    }
    this.#follow(book)
  }

  /** The frame that made the lane may have brought a snapshot. */
  #beginWith(book: FeedLane['book'], others: readonly SidedBook[]): void {
    if (Number.isNaN(book.bids.known) && book.bids.count + book.asks.count === 0) return
    const told = { bids: ranked(book.bids), asks: ranked(book.asks), snapshot: true, complete: true }
    const known = { bids: book.bids.known, asks: book.asks.known }
    this.naive.commit(told)
    this.naive.known = known
    for (const other of others) {
      other.commit(changesOf({ ...told, id: book.sequence }))
      other.bids.know(known.bids)
      other.asks.know(known.asks)
    }
  }

  #follow(book: FeedLane['book']): void {
    const others = this.books.slice(1)
    const { commit, clear, rescale, window } = book
    book.commit = (changes) => {
      this.naive.commit(toldBy(changes))
      for (const other of others) other.commit(changes)
      commit.call(book, changes)
      this.check()
      // From one way of keeping its levels to the other and back.
      if (++this.commits % 5 === 0) book.attend(book.isLadder ? 'far' : 'focus')
    }
    book.clear = () => {
      for (const other of [this.naive, ...others]) other.clear()
      clear.call(book)
    }
    book.rescale = (price, size) => {
      for (const other of [this.naive, ...others]) other.rescale(price, size)
      rescale.call(book, price, size)
    }
    book.window = (levels) => {
      for (const other of [this.naive, ...others]) other.window(levels)
      window.call(book, levels)
      this.check()
    }
  }

  /** All against the first, and now and then the first against the naive one. */
  check(): void {
    const [first, ...others] = this.books.map(stateOf)
    for (const other of others) expect(other).toEqual(first)
    if (this.commits % 200 !== 0) return
    const { naive } = this
    for (const book of this.books) {
      expect(ranked(book.bids)).toEqual(naive.levels('bids'))
      expect(ranked(book.asks)).toEqual(naive.levels('asks'))
      expect(book.touch).toEqual(naive.touch)
      for (const count of depths)
        expect(book.levels(count, { bidLots: 0, askLots: 0 })).toEqual(naive.best(count))
      for (const bps of bands) {
        const should = naive.band(bps)
        for (const [name, sum] of Object.entries(book.band(bps, {} as BandSums)) as [
          keyof BandSums,
          number
        ][])
          if (Number.isNaN(should[name])) expect(sum).toBeNaN()
          else expect(Math.abs(sum - should[name]), name).toBeLessThanOrEqual(1e-9 * Math.abs(should[name]))
      }
    }
  }
}

/** What two books must agree on to the last bit; sums of inverses are floats. */
function stateOf(book: Book) {
  const sums = bands.map((bps) => {
    const { bidLots, askLots, bidMoment, askMoment } = book.band(bps, {} as BandSums)
    return [bidLots, askLots, bidMoment, askMoment]
  })
  const best = depths.map((count) => book.levels(count, { bidLots: 0, askLots: 0 }))
  const { sequence, crossed, bids, asks } = book
  return { sequence, crossed, touch: { ...book.touch }, known: [bids.known, asks.known], count: [bids.count, asks.count], sums, best } // prettier-ignore
}

function toldBy({ bids, asks, isSnapshot, complete, last }: Changes) {
  const rows = ({ price, size, count }: Changes['bids']) =>
    Array.from({ length: count }, (_, row): Level => [price[row]!, size[row]!])
  return { bids: rows(bids), asks: rows(asks), snapshot: isSnapshot, complete, id: last }
}

describe('every book on what venues sent', () => {
  for (const [id, name] of captures) {
    const file = `feeds/${name}.jsonl.gz`
    const venue = venues.find(({ spec }) => spec.id === id)
    test.skipIf(!venue || !haveCapture(file))(
      `${name}: all are equal, and equal the naive one`,
      async () => {
        const shadows = new Map<FeedLane, Shadow>()
        const tape = new Replay(venue!, nobody)
        let frames = 0
        await readTape(capturePath(file), (frame) => {
          if (frames++ < mostFrames) tape.take(frame)
          for (const lane of tape.lanes.values())
            if (!shadows.has(lane)) shadows.set(lane, new Shadow(lane.book))
        })
        const commits = [...shadows.values()].reduce((sum, shadow) => sum + shadow.commits, 0)
        expect(commits).toBeGreaterThan(0)
      },
      isLong ? 900_000 : undefined
    )
  }
})
