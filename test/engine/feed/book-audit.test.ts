import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { SwitchingBook } from '../../../src-main/engine/book/switching-book'
import { BookAudit } from '../../../src-main/engine/feed/book-audit'

type Row = readonly [price: number, size: number]

function changesOf(bids: readonly Row[], asks: readonly Row[], isSnapshot = true): Changes {
  const changes = new Changes()
  changes.isSnapshot = changes.complete = isSnapshot
  for (const [price, size] of bids) changes.bids.push(price, size)
  for (const [price, size] of asks) changes.asks.push(price, size)
  return changes
}

function bookOf(bids: readonly Row[], asks: readonly Row[]): SwitchingBook {
  const book = new SwitchingBook()
  book.commit(changesOf(bids, asks))
  return book
}

const bids: readonly Row[] = [
  [99, 5],
  [98, 7]
]
const asks: readonly Row[] = [[101, 4]]

test('the same levels on both sides differ in none', () => {
  const audit = new BookAudit()
  audit.answered(changesOf(bids, asks))
  expect(audit.differing(bookOf(bids, asks))).toBe(0)
})

test('another size, a level too many and a level too few are three', () => {
  const audit = new BookAudit()
  audit.answered(changesOf(bids, [...asks, [102, 1]]))
  const book = bookOf(
    [
      [99, 5],
      [98, 8],
      [97, 1]
    ],
    asks
  )
  expect(audit.differing(book)).toBe(3)
})

test('a level that moved while the answer was under way proves nothing', () => {
  const audit = new BookAudit()
  audit.moved(changesOf([[98, 8]], [], false))
  audit.answered(changesOf(bids, asks))
  audit.moved(changesOf([], [[102, 1]], false))
  const book = bookOf(
    [
      [99, 5],
      [98, 8]
    ],
    [...asks, [102, 1]]
  )
  expect(audit.differing(book)).toBe(0)
})

test('whatever moves and whenever the venue answers: a book that missed nothing differs in no level', () => {
  const move = fc.tuple(fc.integer({ min: 90, max: 99 }), fc.integer({ min: 0, max: 9 }))
  fc.assert(
    fc.property(fc.array(move, { maxLength: 30 }), fc.nat(30), fc.nat(30), (moves, asked, answered) => {
      const [book, venue] = [bookOf(bids, asks), bookOf(bids, asks)]
      const audit = new BookAudit()
      moves.forEach(([price, size], at) => {
        venue.commit(changesOf([[price, size]], [], false))
        if (at === Math.min(answered, moves.length - 1)) {
          const side = venue.bids
          const rows = Array.from({ length: side.count }, (_, rank): Row => [
            side.price(rank),
            side.size(rank)
          ])
          audit.answered(changesOf(rows, asks))
        }
      })
      // The stream comes after the answer; what was committed before the question is not noted.
      moves.forEach((level, at) => {
        const changes = changesOf([level], [], false)
        book.commit(changes)
        if (at >= Math.min(asked, answered)) audit.moved(changes)
      })
      expect(audit.differing(book) || 0).toBe(0)
    })
  )
})
