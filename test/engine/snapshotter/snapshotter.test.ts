import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import type { Scene, Want } from '../../../src-main/engine/snapshotter'
import { Snapshotter } from '../../../src-main/engine/snapshotter'
import { millis } from '../../../src-shared/units'
import { handBook } from '../../support/hand-book'

const figures: Want = { id: 'sim:A', levels: 0, trades: false }
const ladder: Want = { id: 'sim:A', levels: 2, trades: true }

/** A scene that tests change by hand, and a window that looks at it. */
class Stage {
  readonly snapshotter = new Snapshotter()
  readonly scenes: Record<string, { -readonly [Key in keyof Scene]: Scene[Key] }> = {}
  now = 0

  constructor(...wants: Want[]) {
    this.snapshotter.watch(wants)
    for (const { id } of wants) this.show(id, 1)
  }

  /** A new row for the instrument, taken now. */
  show(id: string, value: number): void {
    const scene = (this.scenes[id] ??= {
      row: undefined,
      bookVersion: 1,
      bookAt: millis(0),
      book: handBook(
        [
          [99, 1],
          [98, 2],
          [97, 3]
        ],
        [[101, 4]]
      )
    })
    scene.row = Float64Array.of(this.now, value)
  }

  take() {
    return this.snapshotter.take(millis(this.now), this.now, (id) => this.scenes[id])
  }

  /** A frame taken and drawn. */
  draw() {
    const frame = this.take()
    if (frame) this.snapshotter.acknowledge(frame.number)
    return frame
  }

  later(ms: number): this {
    this.now += ms
    return this
  }
}

const trades = (count: number): Trades => {
  const batch = new Trades()
  for (let n = 0; n < count; n++) batch.push(100, 1, 1, n, n)
  return batch
}

describe('what a window is told', () => {
  test('only what changed since the last frame', () => {
    const stage = new Stage(figures, { ...figures, id: 'sim:B' })
    expect(stage.draw()!.instruments).toEqual(['sim:A', 'sim:B'])
    stage.later(100).show('sim:A', 1)
    stage.show('sim:B', 2)
    const frame = stage.draw()!
    expect(frame.instruments).toEqual(['sim:B'])
    expect([...frame.samples]).toEqual([100, 2])
  })

  test('nothing at all while nothing changes, but each row once a second', () => {
    const stage = new Stage(figures)
    stage.draw()
    let frames = 0
    for (let n = 0; n < 20; n++) {
      stage.later(100).show('sim:A', 1)
      if (stage.draw()) frames++
    }
    expect(frames).toBe(2)
  })

  test('unknown that stays unknown is no change', () => {
    const stage = new Stage(figures)
    stage.show('sim:A', NaN)
    stage.draw()
    stage.later(100).show('sim:A', NaN)
    expect(stage.draw()).toBeUndefined()
  })

  test('no second frame before the first is acknowledged, then everything that changed meanwhile', () => {
    const stage = new Stage(ladder)
    const first = stage.take()!
    stage.later(500).show('sim:A', 2)
    stage.snapshotter.onTrades('sim:A', trades(3))
    expect(stage.take()).toBeUndefined()
    stage.snapshotter.acknowledge(first.number)
    const second = stage.take()!
    expect(second.number).toBe(first.number + 1)
    expect([...second.samples]).toEqual([500, 2])
    expect(second.trades[0]!.rows).toHaveLength(18)
  })

  test('an acknowledgement of a frame that was never sent frees nothing', () => {
    const stage = new Stage(figures)
    stage.snapshotter.acknowledge(99)
    stage.take()
    stage.later(100).show('sim:A', 2)
    expect(stage.take()).toBeUndefined()
  })

  test('at most ten frames a second, one while hidden', () => {
    const count = (visible: boolean): number => {
      const stage = new Stage(figures)
      stage.snapshotter.show(visible)
      let frames = 0
      for (let n = 0; n < 300; n++) {
        stage.later(10).show('sim:A', n)
        if (stage.draw()) frames++
      }
      return frames
    }
    expect(count(true)).toBe(30)
    expect(count(false)).toBe(3)
  })

  test('as many levels as asked, best first, and how far the book is known', () => {
    const { books } = new Stage(ladder).draw()!
    expect(books[0]).toMatchObject({
      bids: Float64Array.of(99, 1, 98, 2),
      asks: Float64Array.of(101, 4),
      knownBid: -Infinity,
      knownAsk: Infinity
    })
  })

  test('no levels for figures only, and none of a book that did not change', () => {
    expect(new Stage(figures).draw()!.books).toEqual([])
    const stage = new Stage(ladder)
    stage.draw()
    stage.later(100).show('sim:A', 2)
    expect(stage.draw()!.books).toEqual([])
    stage.scenes['sim:A']!.bookVersion++
    stage.later(100).show('sim:A', 3)
    expect(stage.draw()!.books).toHaveLength(1)
  })

  test('every array is its own buffer, and none is told twice', () => {
    const stage = new Stage(ladder)
    stage.snapshotter.onTrades('sim:A', trades(2))
    const { samples, books, trades: batches } = stage.draw()!
    for (const array of [samples, books[0]!.bids, books[0]!.asks, batches[0]!.rows])
      expect(array.buffer.byteLength).toBe(array.byteLength)
    stage.later(100).show('sim:A', 5)
    expect(samples[1]).toBe(1)
    expect(stage.draw()!.samples.buffer).not.toBe(samples.buffer)
  })

  test('2,000 trades a frame, the latest, and how many were left out', () => {
    const stage = new Stage(ladder)
    stage.snapshotter.onTrades('sim:A', trades(2_500))
    const batch = stage.draw()!.trades[0]!
    expect([batch.rows.length / 6, batch.dropped, batch.rows[0]]).toEqual([2_000, 500, 500])
  })

  test('two busy tapes share one frame’s room', () => {
    const stage = new Stage(ladder, { ...ladder, id: 'sim:B' })
    stage.snapshotter.onTrades('sim:A', trades(1_500))
    stage.snapshotter.onTrades('sim:B', trades(1_500))
    const [a, b] = stage.draw()!.trades
    expect([a!.rows.length / 6, a!.dropped]).toEqual([1_500, 0])
    expect([b!.rows.length / 6, b!.dropped]).toEqual([500, 1_000])
  })

  test('trades only for whom they are wanted', () => {
    const stage = new Stage(figures)
    stage.snapshotter.onTrades('sim:A', trades(5))
    expect(stage.draw()!.trades).toEqual([])
  })

  test('trades that wait count in the finer steps once the grid is refined', () => {
    const stage = new Stage(ladder)
    stage.snapshotter.onTrades('sim:A', trades(1))
    stage.snapshotter.rescale('sim:A', 10, 1_000)
    expect([...stage.draw()!.trades[0]!.rows].slice(1, 3)).toEqual([1_000, 1_000])
  })
})
