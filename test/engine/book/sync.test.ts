import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SequenceRule } from '../../../src-main/engine/book/sequence'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { BookSync } from '../../../src-main/engine/book/sync'
import { changesOf, type Level, ranked } from '../../support/naive-book'

/** Ids count by one; a diff up to the snapshot is old. */
const byOne: SequenceRule = {
  joins: (next, snapshot) => (next.last <= snapshot ? 'stale' : next.first > snapshot + 1 ? 'gap' : 'next'),
  follows: (next, last) => (next.last <= last ? 'stale' : next.first === last + 1 ? 'next' : 'gap')
}
const snapshot = (id: number) => changesOf({ bids: [[99, 1]], asks: [[101, 1]], id, snapshot: true })
const diff = (id: number, bidSize = id) => changesOf({ bids: [[99, bidSize]], id })
const fresh = () => new BookSync(new SortedBook(), byOne)

describe('BookSync', () => {
  it('diffs wait for the first snapshot and leave the book empty', () => {
    const sync = fresh()
    expect(sync.diff(diff(1))).toBe('waiting')
    expect(sync.state).toBe('void')
    expect(sync.book.touch.bid).toBeNaN()
  })

  it('after a snapshot, diffs it already holds are stale, and the one that joins is applied', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    expect(sync.state).toBe('snapshot')
    expect([9, 10, 11, 12].map((id) => sync.diff(diff(id)))).toEqual(['stale', 'stale', 'applied', 'applied'])
    expect(sync.state).toBe('joined')
    expect(sync.book.touch.bidSize).toBe(12)
    expect(sync.book.sequence).toBe(12)
  })

  it('a diff that has joined is followed, not joined again: an overlap is for the rule of the chain to judge', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    const wide = changesOf({ bids: [[99, 5]] })
    wide.first = 8
    wide.last = 12
    expect(sync.diff(wide)).toBe('applied')
    const overlapping = changesOf({ bids: [[99, 6]] })
    overlapping.first = 12
    overlapping.last = 13
    expect(sync.diff(overlapping)).toBe('gap')
  })

  it('a snapshot older than what is buffered voids the book until a newer one', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    expect(sync.diff(diff(15))).toBe('old-snapshot')
    expect(sync.state).toBe('void')
    expect(sync.book.touch.bid).toBeNaN()
    expect(sync.diff(diff(16))).toBe('waiting')
    sync.snapshot(snapshot(15))
    expect([15, 16].map((id) => sync.diff(diff(id)))).toEqual(['stale', 'applied'])
  })

  it('a gap voids the book until the next snapshot', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    sync.diff(diff(11))
    expect(sync.diff(diff(13))).toBe('gap')
    expect(ranked(sync.book.bids)).toEqual([])
    expect(sync.book.sequence).toBeNaN()
    expect(sync.diff(diff(14))).toBe('waiting')
    sync.snapshot(snapshot(13))
    expect(sync.diff(diff(14))).toBe('applied')
    expect(sync.book.touch.bidSize).toBe(14)
  })

  it('a repeated diff changes nothing', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    sync.diff(diff(11))
    expect(sync.diff(diff(11, 77))).toBe('stale')
    expect(sync.book.touch.bidSize).toBe(11)
  })

  it('a snapshot amid the stream replaces, and the next diff must join it', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    sync.diff(diff(11))
    sync.snapshot(snapshot(20))
    expect(sync.diff(diff(12))).toBe('stale')
    expect(sync.diff(diff(21))).toBe('applied')
  })

  it('a lost link leaves nothing known', () => {
    const sync = fresh()
    sync.snapshot(snapshot(10))
    sync.diff(diff(11))
    sync.void()
    expect(sync.book.touch.ask).toBeNaN()
    expect(sync.diff(diff(12))).toBe('waiting')
  })

  it('a whole book after a whole book is what changed between them', () => {
    const sync = fresh()
    const whole = (bids: readonly Level[], asks: readonly Level[]) =>
      changesOf({ bids, asks, snapshot: true, complete: true })
    const first = whole([[99, 1], [98, 2]], [[101, 1]]) // prettier-ignore
    sync.successor(first)
    expect(first.isSnapshot).toBe(true)
    const next = whole([[100, 7], [99, 3]], [[101, 1]]) // prettier-ignore
    sync.successor(next)
    expect(next.isSnapshot).toBe(false)
    const { price, size, before, count } = next.bids
    expect(Array.from({ length: count }, (_, row) => [price[row], size[row], before[row]])).toEqual([
      [100, 7, 0],
      [99, 3, 1],
      [98, 0, 2]
    ])
    expect(next.asks.count).toBe(0)
    expect([next.touchBefore.bid, next.touchAfter.bid]).toEqual([99, 100])
    sync.void()
    const after = whole([[100, 7]], [[101, 1]])
    sync.successor(after)
    expect(after.isSnapshot).toBe(true)
  })

  it('what falls out of a full window is dropped, not cancelled', () => {
    const sync = fresh()
    const windowed = (bids: readonly Level[]) => {
      const changes = changesOf({ bids, asks: [[101, 1]], snapshot: true, complete: true })
      changes.window = 2
      sync.successor(changes)
      return changes.bids
    }
    windowed([[99, 1], [98, 2]]) // prettier-ignore
    const { count, price } = windowed([[100, 7], [99, 1]]) // prettier-ignore
    expect([count, price[0]]).toEqual([1, 100])
    expect(ranked(sync.book.bids)).toEqual([[100, 7], [99, 1]]) // prettier-ignore
    expect(sync.book.bids.known).toBe(99)
  })

  it('whatever whole books follow one another, the book is the last one, as a snapshot would leave it', () => {
    const side = (from: number, out: 1 | -1) =>
      fc
        .uniqueArray(fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 3 })), {
          selector: ([away]) => away,
          maxLength: 8
        })
        .map((levels) =>
          levels.sort(([a], [b]) => a - b).map(([away, size]): Level => [from + out * away, size])
        )
    const wholes = fc.array(fc.record({ bids: side(100, -1), asks: side(101, 1) }), { maxLength: 8 })
    fc.assert(
      fc.property(wholes, fc.constantFrom(3, 5, Infinity), (books, window) => {
        const [told, anew] = [fresh(), fresh()]
        for (const { bids, asks } of books) {
          const cut = { bids: bids.slice(0, window), asks: asks.slice(0, window) }
          const messages = [1, 2].map(() => changesOf({ ...cut, snapshot: true, complete: true }))
          for (const message of messages) message.window = window
          told.successor(messages[0]!)
          anew.snapshot(messages[1]!)
          for (const at of ['bids', 'asks'] as const) {
            expect(ranked(told.book[at])).toEqual(ranked(anew.book[at]))
            expect(told.book[at].known).toBe(anew.book[at].known)
          }
          expect(messages[0]!.touchAfter).toEqual(messages[1]!.touchAfter)
        }
      })
    )
  })
})
