import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { BandSums } from '../../../src-main/engine/book/book'
import type { SidedBook } from '../../../src-main/engine/book/sided-book'
import { books } from '../../support/books'
import { changesOf, type Level, NaiveBook, ranked, type Told } from '../../support/naive-book'

const unknown: BandSums = {
  ...{ bidLots: NaN, askLots: NaN, bidMoment: NaN },
  ...{ askMoment: NaN, bidInverse: NaN, askInverse: NaN }
}
const bandOf = (book: SidedBook) => book.band(400, { ...unknown })
/** Sums of inverses are kept in floats: rounded, two of them may still fall on either side of a half. */
function expectSums(actual: BandSums, expected: BandSums): void {
  for (const [name, sum] of Object.entries(expected) as [keyof BandSums, number][]) {
    if (Number.isNaN(sum)) expect(actual[name]).toBeNaN()
    else expect(Math.abs(actual[name] - sum)).toBeLessThanOrEqual(1e-9)
  }
}
const level: fc.Arbitrary<Level> = fc.tuple(fc.integer({ min: -30, max: 60 }), fc.integer({ min: 0, max: 9 }))
const told: fc.Arbitrary<Told> = fc.record({
  bids: fc.array(level, { maxLength: 8 }),
  asks: fc.array(level, { maxLength: 8 }),
  snapshot: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
  complete: fc.constant(true)
})

describe.each(books)('a %s book of prices around zero', (_, make) => {
  it('has its touch, its order and its sizes as any other', () => {
    const book = make()
    book.commit(changesOf({ snapshot: true, complete: true, bids: [[-7, 3], [-8, 1]], asks: [[0, 2], [5, 4]] })) // prettier-ignore
    expect(book.touch).toEqual({ bid: -7, bidSize: 3, ask: 0, askSize: 2 })
    expect(Object.is(book.asks.price(0), 0)).toBe(true)
    expect([book.bids.at(-8), book.asks.at(0), book.bids.known, book.asks.known]).toEqual([1, 2, -Infinity, Infinity]) // prettier-ignore
  })

  it('knows no bands of bps while its mid is not above zero, and knows them again once it is', () => {
    const book = make()
    book.keepBand(400)
    book.keepInverses()
    book.commit(changesOf({ snapshot: true, complete: true, bids: [[-5, 3]], asks: [[5, 2]] }))
    expect(bandOf(book)).toEqual(unknown)
    book.commit(changesOf({ bids: [[-5, 0], [99, 3]], asks: [[5, 0], [101, 2]] })) // prettier-ignore
    expect(bandOf(book)).toMatchObject({ bidLots: 3, askLots: 2, bidMoment: 297, askMoment: 202 })
  })

  it('is what a plain book is, bands and all, after any messages', () => {
    fc.assert(
      fc.property(fc.array(told, { maxLength: 30 }), (messages) => {
        const book = make()
        const naive = new NaiveBook()
        book.keepBand(400)
        book.keepInverses()
        for (const message of messages) {
          book.commit(changesOf(message))
          naive.commit(message)
          expect(ranked(book.bids)).toEqual(naive.levels('bids'))
          expect(ranked(book.asks)).toEqual(naive.levels('asks'))
          const isBanded = book.touch.bid + book.touch.ask > 0
          expectSums(bandOf(book), isBanded ? naive.band(400) : unknown)
        }
      })
    )
  })
})
