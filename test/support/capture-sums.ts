import { expect } from 'vitest'
import { readTape } from '../../src-main/engine/tape/reader'
import { Replay } from '../../src-main/engine/tape/replay'
import type { Venue } from '../../src-main/engine/venues/venue'
import { capturePath } from './captures'
import { nobody } from '../../src-main/engine/feed/nobody'

/** What a capture comes to, all instruments together. `keeps` may leave out frames that were received, counted from 0. */
export async function replayed(
  venue: Venue,
  name: string,
  keeps: (frame: number, text: string) => boolean = () => true
) {
  const tape = new Replay(venue, nobody)
  let received = 0
  const end = await readTape(capturePath(name), (frame) => {
    if (frame.kind === 'rx' && !keeps(received++, Buffer.from(frame.bytes).toString('utf8'))) return
    tape.take(frame)
  })
  expect(end).toMatchObject({ ok: true })
  const { instruments, rejected } = tape.summary()
  const sum = (of: (it: (typeof instruments)[number]) => number) =>
    instruments.reduce((all, it) => all + of(it), 0)
  return {
    snapshots: sum((it) => it.snapshots),
    applied: sum((it) => it.applied),
    trades: sum((it) => it.trades),
    gaps: sum((it) => it.gaps),
    crossed: sum((it) => it.crossed),
    compared: sum((it) => it.quotes.compared),
    equal: sum((it) => it.quotes.equal),
    checksumsOk: sum((it) => it.checksums.ok),
    checksumsBad: sum((it) => it.checksums.bad),
    rejected: rejected.count
  }
}
