import { describe, expect, it } from 'vitest'
import type { BandSums } from '../../../src-main/engine/book/book'
import type { SidedBook } from '../../../src-main/engine/book/sided-book'
import { books } from '../../support/books'
import { befores, changesOf, ranked, type Told } from '../../support/naive-book'

const start: Told = {
  bids: [[99, 5], [98, 2], [97, 1]],
  asks: [[101, 3], [102, 4], [110, 9]],
  id: 10,
  snapshot: true
} // prettier-ignore

const sums = (): BandSums => ({
  bidLots: 0,
  askLots: 0,
  bidMoment: 0,
  askMoment: 0,
  bidInverse: 0,
  askInverse: 0
})

describe.each(books)('the %s book', (_, make) => {
  const bookOf = (...told: Told[]): SidedBook => {
    const book = make()
    for (const one of told) book.commit(changesOf(one))
    return book
  }
  describe('levels', () => {
    it('a new book knows nothing', () => {
      const book = make()
      expect(book.touch).toEqual({ bid: NaN, bidSize: NaN, ask: NaN, askSize: NaN })
      expect([book.bids.known, book.asks.known, book.sequence]).toEqual([NaN, NaN, NaN])
      expect(book.crossed).toBe(false)
    })

    it('ranks levels from the touch outward', () => {
      const book = bookOf(start)
      expect(ranked(book.bids)).toEqual(start.bids)
      expect(ranked(book.asks)).toEqual(start.asks)
      expect([book.bids.price(3), book.bids.size(3), book.bids.price(-1)]).toEqual([NaN, NaN, NaN])
      expect(book.touch).toEqual({ bid: 99, bidSize: 5, ask: 101, askSize: 3 })
      expect(book.sequence).toBe(10)
    })

    it('a diff sets, adds and removes, and says what was there before', () => {
      const book = bookOf(start)
      const changes = changesOf({ bids: [[100, 7], [99, 0], [98, 6], [50, 0]], asks: [[101, 1]], id: 11 }) // prettier-ignore
      book.commit(changes)
      expect(ranked(book.bids)).toEqual([[100, 7], [98, 6], [97, 1]]) // prettier-ignore
      expect(befores(changes.bids)).toEqual([0, 5, 2, 0])
      expect(befores(changes.asks)).toEqual([3])
      expect(changes.touchBefore).toEqual({ bid: 99, bidSize: 5, ask: 101, askSize: 3 })
      expect(changes.touchAfter).toEqual({ bid: 100, bidSize: 7, ask: 101, askSize: 1 })
      expect(book.sequence).toBe(11)
    })

    it('answers the size at any price', () => {
      const book = bookOf(start)
      expect([99, 98, 97, 96, 100, 1e9].map((price) => book.bids.at(price))).toEqual([5, 2, 1, 0, 0, 0])
      expect([101, 105, 110, 111, 1].map((price) => book.asks.at(price))).toEqual([3, 0, 9, 0, 0])
    })

    it('a snapshot replaces, never merges', () => {
      const book = bookOf(start, { bids: [[90, 1]], asks: [[120, 1]], id: 20, snapshot: true })
      expect(ranked(book.bids)).toEqual([[90, 1]])
      expect(ranked(book.asks)).toEqual([[120, 1]])
    })

    it('a snapshot in any order, with zeros and repeats, loads the same book', () => {
      const book = bookOf({ ...start, bids: [[97, 8], [99, 5], [55, 0], [98, 2], [97, 1]] }) // prettier-ignore
      expect(ranked(book.bids)).toEqual(start.bids)
    })

    it('a cleared book knows nothing until the next snapshot', () => {
      const book = bookOf(start)
      book.clear()
      expect(book.touch.bid).toBeNaN()
      expect([book.bids.count, book.bids.known, book.asks.known, book.sequence]).toEqual([0, NaN, NaN, NaN])
    })

    it('is known up to the worst level of the snapshot, wherever diffs reach', () => {
      const book = bookOf(start, { bids: [[90, 4], [97, 0]], asks: [[200, 4]], id: 11 }) // prettier-ignore
      expect([book.bids.known, book.asks.known]).toEqual([97, 110])
    })

    it('is known to the end when the snapshot is complete, and not at all on a side that a cut snapshot left empty', () => {
      const complete = bookOf({ ...start, complete: true })
      expect([complete.bids.known, complete.asks.known]).toEqual([-Infinity, Infinity])
      const oneSided = bookOf({ ...start, asks: [] })
      expect([oneSided.bids.known, oneSided.asks.known]).toEqual([97, NaN])
    })

    it('forgets its worst levels when there are too many, and says that it no longer knows them', () => {
      const book = make(8)
      const bids = Array.from({ length: 8 }, (_, n) => [100 - n, 1] as const)
      book.commit(changesOf({ bids, snapshot: true, complete: true }))
      expect(book.bids.known).toBe(-Infinity)
      book.commit(changesOf({ bids: [[101, 1]] }))
      expect(ranked(book.bids).map(([price]) => price)).toEqual([101, 100, 99, 98, 97, 96, 95, 94])
      expect(book.bids.known).toBe(94)
      const longer = make(8)
      longer.commit(
        changesOf({
          bids: [...bids, [92, 1], [91, 1]],
          snapshot: true
        })
      )
      expect(longer.bids.count).toBeLessThanOrEqual(8)
      expect(longer.bids.known).toBe(93)
    })

    it('is crossed while the best bid is at or above the best ask', () => {
      expect(bookOf(start, { bids: [[101, 1]] }).crossed).toBe(true)
      expect(bookOf(start, { bids: [[100, 1]] }).crossed).toBe(false)
    })

    it('counts in finer ticks and lots after a rescale', () => {
      const book = bookOf(start)
      book.rescale(10, 100)
      expect(book.touch).toEqual({ bid: 990, bidSize: 500, ask: 1010, askSize: 300 })
      expect([book.bids.known, book.asks.known]).toEqual([970, 1100])
      expect(book.sequence).toBe(10)
    })
  })

  describe('bands', () => {
    // Mid 100: 100 bps reach 99 to 101, 200 bps 98 to 102, 300 bps 97 to 103, 1,000 bps 90 to 110.
    const kept = (...told: Told[]) => {
      const book = make()
      for (const bps of [200, 100, 1_000, 300]) book.keepBand(bps)
      book.keepInverses()
      for (const one of told) book.commit(changesOf(one))
      return book
    }

    it('sums what rests within, its edge included', () => {
      const { band } = { band: (bps: number) => kept(start).band(bps, sums()) }
      expect(band(100)).toMatchObject({ bidLots: 5, askLots: 3, bidMoment: 495, askMoment: 303 })
      expect(band(200)).toMatchObject({ bidLots: 7, askLots: 7, bidMoment: 691, askMoment: 711 })
      expect(band(100).bidInverse).toBeCloseTo(5 / 99, 15)
      expect(band(100).askInverse).toBeCloseTo(3 / 101, 15)
    })

    it('a band wider than the known depth answers NaN on that side, not a smaller number', () => {
      const band = kept(start).band(1_000, sums())
      expect(band).toMatchObject({ bidLots: NaN, bidMoment: NaN, bidInverse: NaN, askLots: 16 })
    })

    it('a book without a mid has no bands', () => {
      const book = kept({ ...start, complete: true }, { asks: [[101, 0], [102, 0], [110, 0]] }) // prettier-ignore
      expect(book.band(100, sums())).toMatchObject({ bidLots: NaN, askLots: NaN })
      book.commit(changesOf({ asks: [[101, 8]] }))
      expect(book.band(100, sums())).toMatchObject({ bidLots: 5, askLots: 8 })
    })

    it('an empty band of a known side is 0, not unknown', () => {
      const book = kept({ bids: [[90, 1]], asks: [[110, 1]], snapshot: true, complete: true })
      expect(book.band(100, sums())).toEqual(sums())
    })

    it('follows the mid: levels come in and go out as its edges cross them', () => {
      const book = kept({ ...start, complete: true })
      expect(book.band(100, sums()).bidLots).toBe(5)
      // The mid falls to 98.5: 97.515 to 99.485.
      book.commit(changesOf({ bids: [[99, 0]], asks: [[99, 7]] }))
      expect(book.band(100, sums())).toMatchObject({ bidLots: 2, askLots: 7 })
      // And back to 100.
      book.commit(changesOf({ bids: [[99, 5]], asks: [[99, 0]] }))
      expect(book.band(100, sums())).toMatchObject({ bidLots: 5, askLots: 3 })
    })

    it('a crossed book still has numbers', () => {
      const book = kept({ ...start, complete: true }, { bids: [[103, 2]] })
      expect(book.crossed).toBe(true)
      // Mid 102: 100.98 to 103.02.
      expect(book.band(100, sums())).toMatchObject({ bidLots: 2, askLots: 7 })
      // 50 bps reach 101.49 to 102.51: neither touch lies inside.
      book.keepBand(50)
      expect(book.band(50, sums())).toMatchObject({ bidLots: 0, askLots: 4 })
    })

    it('say nothing of inverses until somebody needs them, and all of them from then on', () => {
      const book = make()
      book.keepBand(100)
      book.commit(changesOf({ ...start, complete: true }))
      expect(book.band(100, sums()).bidInverse).toBeNaN()
      book.keepInverses()
      expect(book.band(100, sums()).bidInverse).toBeCloseTo(5 / 99, 15)
    })

    it('a giant that came and went leaves no rounding behind', () => {
      const book = kept({ ...start, complete: true })
      book.band(100, sums())
      book.commit(changesOf({ bids: [[99, 1e15]] }))
      book.commit(changesOf({ bids: [[99, 5]] }))
      const { bidInverse } = book.band(100, sums())
      expect(Math.abs(bidInverse / (5 / 99) - 1)).toBeLessThan(1e-9)
    })

    it('a band that nobody keeps is a mistake', () => {
      expect(() => kept(start).band(7, sums())).toThrow('7 bps')
    })
  })
})
