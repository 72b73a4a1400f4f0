import { expect } from 'vitest'
import type { TapeFrame } from '../../src-main/engine/tape/line'
import { readTape } from '../../src-main/engine/tape/reader'
import { Replay } from '../../src-main/engine/tape/replay'
import type { Venue } from '../../src-main/engine/venues/venue'
import { capturePath } from './captures'
import { nobody } from '../../src-main/engine/feed/nobody'

/** All frames of captures, one after the other, to be played as often as one likes. */
export async function framesOf(...names: readonly string[]): Promise<readonly TapeFrame[]> {
  const frames: TapeFrame[] = []
  for (const name of names) {
    const end = await readTape(capturePath(name), (frame) => {
      frames.push({ ...frame, bytes: new Uint8Array(frame.bytes) })
    })
    expect(end).toMatchObject({ ok: true })
  }
  return frames
}

/** Plays frames through the live path; the counts of all books together. */
export function played(venue: Venue, frames: readonly TapeFrame[]) {
  const tape = new Replay(venue, nobody)
  for (const frame of frames) tape.take(frame)
  const { instruments, rejected } = tape.summary()
  const sum = (of: (it: (typeof instruments)[number]) => number) =>
    instruments.reduce((all, it) => all + of(it), 0)
  return {
    books: instruments.filter((it) => it.snapshots > 0).length,
    snapshots: sum((it) => it.snapshots),
    applied: sum((it) => it.applied),
    gaps: sum((it) => it.gaps),
    crossed: sum((it) => it.crossed),
    checksums: { ok: sum((it) => it.checksums.ok), bad: sum((it) => it.checksums.bad) },
    trades: sum((it) => it.trades),
    rejected: rejected.reasons
  }
}

/**
 * Drops each diff of the frames once. `noticed`: its book left live at the latest with the next message of that book. `last`: no message of the book came any
 * more, so that nobody could know. Only that book is read, which is right where each has a chain of its own.
 */
export function dropped(venue: Venue, frames: readonly TapeFrame[]) {
  const diffs = diffsOf(venue, frames)
  let noticed = 0
  let last = 0
  let missed = 0
  for (const [index, symbol] of diffs) {
    const next = diffs.find(([later, other]) => later > index && other === symbol)?.[0]
    if (next === undefined) {
      last++
      continue
    }
    const tape = new Replay(venue, nobody, undefined, (it) => it === symbol)
    for (let at = 0; at <= next; at++) if (at !== index) tape.take(frames[at]!)
    if (tape.lanes.get(symbol)!.isLive) missed++
    else noticed++
  }
  return { noticed, last, missed }
}

/** Where in the frames diffs were applied, and to which book. */
function diffsOf(venue: Venue, frames: readonly TapeFrame[]): (readonly [index: number, symbol: string])[] {
  const diffs: (readonly [number, string])[] = []
  let index = 0
  const tape = new Replay(venue, nobody, (lane) => {
    diffs.push([index, lane.symbol])
  })
  for (; index < frames.length; index++) tape.take(frames[index]!)
  return diffs
}
