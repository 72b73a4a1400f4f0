import type { FeedLane } from '../../src-main/engine/feed/lane'
import type { TapeFrame } from '../../src-main/engine/tape/line'
import { Replay } from '../../src-main/engine/tape/replay'
import type { Venue } from '../../src-main/engine/venues/venue'
import type { Grid } from '../../src-shared/instrument'
import { valueOn } from '../../src-shared/instrument'
import { nobody } from '../../src-main/engine/feed/nobody'

/** What became of a capture from which many diffs were left out, each book made whole again after each. */
export interface HealedDrops {
  /** Diffs on the tape. */
  readonly diffs: number
  readonly dropped: number
  /** Losses after whose next message the book was not live any more. */
  readonly noticed: number
  /** Losses of which no message tells any more: the tape ends, or a snapshot replaced the book. */
  readonly untold: number
  /** Frames after which a book was live that had lost one, by their place on the tape. */
  readonly missed: readonly number[]
}

/**
 * Two replays in step: one whole, and one that loses diffs as `drops` says of the nth of a book, and is given the other's book right after the book's next message. So a tape of any
 * length costs two readings, and not one for each loss.
 */
export function dropAndHeal(
  venue: Venue,
  frames: readonly TapeFrame[],
  drops: (nth: number) => boolean
): HealedDrops {
  const moved = new Set<string>()
  const whole = new Replay(venue, nobody, ({ symbol }) => moved.add(symbol))
  const lossy = new Replay(venue, nobody)
  /** Of each book: the frame that was left out, and how often it has moved since it was made whole. */
  const lost = new Map<string, { at: number; snapshots: number }>()
  const calm = new Map<string, number>()
  const counts = new Map<string, number>()
  let [dropped, noticed, untold] = [0, 0, 0]
  const missed: number[] = []
  frames.forEach((frame, at) => {
    moved.clear()
    whole.take(frame)
    const [symbol] = moved
    for (const it of moved) counts.set(it, (counts.get(it) ?? 0) + 1)
    const mayDrop = moved.size === 1 && lossy.lanes.get(symbol!)?.isLive && !lost.has(symbol!)
    // A diff must join the book anew before the next may be lost.
    if (symbol !== undefined && mayDrop && (calm.get(symbol) ?? 0) > 0 && drops(counts.get(symbol)!)) {
      dropped++
      lost.set(symbol, { at, snapshots: whole.lanes.get(symbol)!.counters.snapshots })
      return
    }
    lossy.take(frame)
    for (const it of moved) calm.set(it, (calm.get(it) ?? 0) + 1)
    for (const it of moved) {
      const loss = lost.get(it)
      if (!loss) continue
      const [from, to] = [whole.lanes.get(it)!, lossy.lanes.get(it)!]
      if (from.counters.snapshots > loss.snapshots) untold++
      else if (!to.isLive) noticed++
      else missed.push(loss.at)
      lost.delete(it)
    }
    for (const [it, to] of lossy.lanes) {
      const from = whole.lanes.get(it)!
      // A counter over the whole line spoils its other books too.
      if (lost.has(it) || to.isLive || !from.isLive) continue
      heal(to, from)
      calm.set(it, 0)
    }
  })
  const diffs = [...counts.values()].reduce((sum, count) => sum + count, 0)
  return { diffs, dropped, noticed, untold: untold + lost.size, missed }
}

/** Gives `to` the book of `from`, as a snapshot in the stream would. */
function heal(to: FeedLane, from: FeedLane): void {
  for (const which of ['price', 'size'] as const) {
    const grid = from.instrument[which]
    to.refine(which, valueOn(grid, 1).toFixed(grid.decimals))
  }
  const price = factorOf(from.instrument.price, to.instrument.price)
  const size = factorOf(from.instrument.size, to.instrument.size)
  const { changes } = to
  changes.reset().isSnapshot = true
  changes.complete = true
  changes.first = changes.last = from.book.sequence
  for (const side of ['bids', 'asks'] as const)
    for (let rank = 0; rank < from.book[side].count; rank++)
      changes[side].push(from.book[side].price(rank) * price, from.book[side].size(rank) * size)
  to.pending.clear()
  to.sync.snapshot(changes)
  to.follow()
}

const factorOf = (from: Grid, to: Grid): number => Math.round(valueOn(from, 1) / valueOn(to, 1))
