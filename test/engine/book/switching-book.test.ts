import { describe, expect, it } from 'vitest'
import type { BandSums } from '../../../src-main/engine/book/book'
import { SwitchingBook } from '../../../src-main/engine/book/switching-book'
import { changesOf, ranked, type Told } from '../../support/naive-book'

/** A level every `step` ticks, `count` a side. */
const spread = (step: number, count = 300): Told => ({
  bids: Array.from({ length: count }, (_, n) => [1_000_000 - step * n, n + 1] as const),
  asks: Array.from({ length: count }, (_, n) => [1_000_001 + step * n, n + 1] as const),
  snapshot: true,
  id: 7
})

function bookOf(told: Told): SwitchingBook {
  const book = new SwitchingBook()
  book.keepBand(10)
  book.keepLevels(5)
  book.commit(changesOf(told))
  return book
}

describe('the book of a watched instrument', () => {
  it('is a ladder while a window shows it, and sorted arrays again after', () => {
    const book = bookOf(spread(20))
    expect(book.isLadder).toBe(false)
    book.attend('focus')
    expect(book.isLadder).toBe(true)
    book.attend('far')
    expect(book.isLadder).toBe(false)
  })

  it('is a ladder where prices are dense and somebody is near, not where they are sparse', () => {
    const dense = bookOf(spread(2))
    const sparse = bookOf(spread(20))
    for (const book of [dense, sparse]) book.attend('near')
    expect([dense.isLadder, sparse.isLadder]).toEqual([true, false])
  })

  it('stays sorted where slots would hold hardly a level, and while there are too few levels to tell', () => {
    for (const told of [spread(5_000), spread(1, 1)]) {
      const book = bookOf(told)
      book.attend('focus')
      expect(book.isLadder).toBe(false)
    }
  })

  it('changes without a seam: levels, touch, sequence, horizon and sums stay, and go on', () => {
    const book = bookOf(spread(3))
    const state = () => ({
      bids: ranked(book.bids),
      asks: ranked(book.asks),
      touch: { ...book.touch },
      sequence: book.sequence,
      known: [book.bids.known, book.asks.known],
      band: book.band(10, {} as BandSums).bidLots,
      best: book.levels(5, { bidLots: NaN, askLots: NaN })
    })
    const before = state()
    book.attend('focus')
    expect(state()).toEqual(before)
    book.commit(changesOf({ bids: [[1_000_000, 11]], id: 8 }))
    expect(book.levels(5, { bidLots: NaN, askLots: NaN }).bidLots).toBe(before.best.bidLots + 10)
    expect(book.band(10, {} as BandSums).bidLots).toBe(before.band + 10)
    expect(book.sequence).toBe(8)
  })
})
