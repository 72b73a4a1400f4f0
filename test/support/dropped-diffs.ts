import { readTape } from '../../src-main/engine/tape/reader'
import type { TapeFrame } from '../../src-main/engine/tape/line'
import { Replay } from '../../src-main/engine/tape/replay'
import type { Venue } from '../../src-main/engine/venues/venue'
import { nobody } from '../../src-main/engine/feed/nobody'

/** What became of a capture from which one diff at a time was left out. */
export interface Dropped {
  readonly dropped: number
  /** Losses after whose next message the book was not live any more. */
  readonly noticed: number
  /** Diffs after which their book was silent: no venue can tell that they are missing. */
  readonly last: number
}

export async function framesOf(path: string): Promise<TapeFrame[]> {
  const frames: TapeFrame[] = []
  const end = await readTape(path, (frame) => {
    frames.push({ ...frame, bytes: frame.bytes.slice() })
  })
  if (!end.ok) throw new Error(end.reason)
  return frames
}

/** Leaves out every applied diff in turn and looks at its book right after that book's next message. */
export function dropEachDiff(venue: Venue, frames: readonly TapeFrame[]): Dropped {
  const books = bookOfEachFrame(venue, frames)
  let [dropped, noticed, last] = [0, 0, 0]
  books.forEach((symbol, at) => {
    if (symbol === undefined) return
    dropped++
    const next = books.indexOf(symbol, at + 1)
    if (next < 0) {
      last++
      return
    }
    const tape = new Replay(venue, nobody)
    frames.slice(0, next + 1).forEach((frame, n) => {
      if (n !== at) tape.take(frame)
    })
    if (tape.lanes.get(symbol)?.isLive === false) noticed++
  })
  return { dropped, noticed, last }
}

/** For each frame the symbol of the book that it moved, undefined where it moved none. */
function bookOfEachFrame(venue: Venue, frames: readonly TapeFrame[]): readonly (string | undefined)[] {
  let moved: string | undefined
  const tape = new Replay(venue, nobody, (lane) => {
    moved = lane.symbol
  })
  return frames.map((frame) => {
    moved = undefined
    tape.take(frame)
    return moved
  })
}
