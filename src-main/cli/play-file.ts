import type { FeedListener } from '../engine/feed/listener'
import { TapeFeed } from '../engine/replay/tape-feed'
import { VirtualClock } from '../engine/replay/virtual-clock'
import { readTape } from '../engine/tape/reader'
import { Replay } from '../engine/tape/replay'
import { TapeReader } from '../engine/tape/tape-reader'
import { venues } from '../engine/venues/index'
import type { Venue } from '../engine/venues/venue'
import type { Millis } from '../../src-shared/units'
import { guessVenue } from '../study/capture/venue-guess'
import { isFolder } from './is-folder'

/** What a file is played to: told of the time before what happens at it. */
export interface Listening extends FeedListener {
  until(at: Millis): void
}

/** Plays a capture, or the folder of a tape, from end to end. Answers, in words, why it could not. */
export async function playFile(
  file: string,
  venue: string | undefined,
  listener: Listening
): Promise<string | undefined> {
  return (await isFolder(file)) ? playTape(file, listener) : playCapture(file, venue, listener)
}

async function playTape(folder: string, listener: Listening): Promise<string | undefined> {
  const tape = await TapeReader.open(folder)
  if (tape.segments.length === 0) return `${folder}: holds no tape`
  const clock = new VirtualClock(tape.from)
  const instruments = new Set(tape.instruments)
  const feed = new TapeFeed({ clock, listener, venues, instruments })
  feed.watch(instruments)
  const damaged: string[] = [...tape.troubles]
  for await (const block of tape.blocks(tape.from, tape.to, (words) => damaged.push(words)))
    for (const entry of block) {
      listener.until(entry.at)
      clock.advance(entry.at)
      feed.take(entry)
    }
  return damaged.length > 0 ? `${folder}: ${damaged.join('; ')}` : undefined
}

async function playCapture(
  file: string,
  id: string | undefined,
  listener: Listening
): Promise<string | undefined> {
  const venue = await venueOf(id, file)
  if (typeof venue === 'string') return venue
  const tape = new Replay(venue, listener)
  const end = await readTape(file, (frame) => {
    listener.until(frame.at)
    tape.take(frame)
  })
  if (!end.ok) return end.reason
  return tape.isRecognised ? undefined : `${file}: holds no message that ${venue.spec.title} would send`
}

async function venueOf(id: string | undefined, file: string): Promise<Venue | string> {
  let found = id
  if (found === undefined) {
    const end = await readTape(file, (frame) => {
      found ??= guessVenue(frame)
    })
    if (!end.ok) return end.reason
  }
  const venue = venues.find(({ spec }) => spec.id === found)
  return venue ?? `which venue? --venue is one of ${venues.map(({ spec }) => spec.id).join(', ')}`
}
