import type { InstrumentId } from '../../../src-shared/instrument'
import { venueOf } from '../../../src-shared/instrument'
import type { FeedLane } from '../../engine/feed/lane'
import { TapeFeed } from '../../engine/replay/tape-feed'
import { VirtualClock } from '../../engine/replay/virtual-clock'
import { frameOf } from '../../engine/tape/entry-frame'
import type { TapeEntry } from '../../engine/tape/tape-reader'
import { TapeReader } from '../../engine/tape/tape-reader'
import { venues } from '../../engine/venues/index'
import type { Finding } from '../finding'
import type { CaptureEnd, CaptureListener } from './read-capture'

/** Which instrument of a recording is meant: the one that is named, or the only one. */
export function meantOn(tape: TapeReader, folder: string, wanted?: InstrumentId): Finding<InstrumentId> {
  const { instruments } = tape
  const meant = wanted ?? (instruments.length === 1 ? instruments[0] : undefined)
  if (meant !== undefined && instruments.includes(meant)) return { ok: true, figures: meant }
  if (instruments.length === 0) return { ok: false, reason: `${folder}: holds no tape` }
  return { ok: false, reason: `${folder}: holds ${instruments.join(', ')}: name one with --instrument` }
}

/**
 * One instrument of a recording of the app, the folder of a tape, through the live path. The listener hears of its frames as of those of a capture; of a
 * break (the recorder was away, a line of the venue ended, what came was not kept) as of a gap. Ends with a reason where a block is damaged.
 */
export async function readRecording(
  folder: string,
  listener: CaptureListener,
  wanted?: InstrumentId
): Promise<CaptureEnd> {
  const tape = await TapeReader.open(folder)
  const meant = meantOn(tape, folder, wanted)
  if (!meant.ok) return meant
  const id = meant.figures
  const clock = new VirtualClock(tape.from)
  const advanced = (lane: FeedLane): void => {
    listener.onDiff(lane)
  }
  const feed = new TapeFeed({ clock, listener, venues, instruments: new Set(tape.instruments), advanced })
  feed.watch(new Set([id]))
  const damaged: string[] = [...tape.troubles]
  // What ended at the very end took no book away: it stands as it was left.
  let ended: TapeEntry[] = []
  for await (const block of tape.blocks(tape.from, tape.to, (words) => damaged.push(words)))
    for (const entry of block) {
      clock.advance(entry.at)
      if (entry.kind === 'closed' || entry.kind === 'stop') {
        ended.push(entry)
        continue
      }
      for (const end of ended) {
        if (isBreak(end, id)) listener.onGap(id, end.at)
        feed.take(end)
      }
      ended = []
      if (isBreak(entry, id)) listener.onGap(id, entry.at)
      const frame = entry.stream?.venue === venueOf(id) ? frameOf(entry) : undefined
      if (frame && !listener.onFrame(frame, () => `at ${new Date(entry.at).toISOString()}`)) continue
      feed.take(entry)
      if (frame) listener.afterFrame()
    }
  if (damaged.length > 0) return { ok: false, reason: `${folder}: ${damaged.join('; ')}` }
  const lane = feed.lane(id)
  return lane ? { ok: true, lane } : { ok: false, reason: `${folder}: nothing of ${id} was heard` }
}

const isBreak = ({ kind, stream }: TapeEntry, id: InstrumentId): boolean =>
  kind === 'start' ||
  kind === 'stop' ||
  kind === 'dropped' ||
  (kind === 'closed' && stream?.venue === venueOf(id))
