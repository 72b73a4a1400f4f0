import type { Instrument, VenueId } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import type { FeedListener } from '../../feed/listener'
import type { Venue } from '../../venues/venue'
import { Greeting } from '../greeting'
import { bookStateOf } from '../keyframe'
import type { TapeFrame } from '../line'
import type { StateRecord } from '../recorder'
import { Replay } from '../replay'
import type { StreamSpec } from '../segment/segment-file'
import { uniformScheme, uniformVenue } from '../uniform/uniform-venue'

interface Line {
  readonly stream: number
  readonly url: string
  readonly greeting: Greeting
}

const nothing = (): void => undefined

/**
 * The books of what is being imported, by the same readers as a replay's: they tell which instruments a file holds and in which steps it counts, and keyframes are
 * made of them.
 */
export class ImportBooks {
  readonly #venues: readonly Venue[]
  readonly #replays = new Map<VenueId, Replay>()
  readonly #lines = new Map<number, Line>()
  readonly #told = new Map<string, string>()
  readonly #listener: FeedListener

  /** @param named hears of an instrument that is new or counts in other steps than before */
  constructor(venues: readonly Venue[], named: (instrument: Instrument) => void) {
    this.#venues = venues
    const tell = (instrument: Instrument): void => {
      const text = JSON.stringify(instrument)
      if (this.#told.get(instrument.id) === text) return
      this.#told.set(instrument.id, text)
      named(instrument)
    }
    this.#listener = {
      ...{ onBook: nothing, onTrades: nothing, onLiquidations: nothing, onQuote: nothing },
      ...{ onReference: nothing, onGap: nothing, onTradesLost: nothing, onStatus: nothing },
      onRescale: (_, instrument) => {
        tell(instrument)
      },
      onInstruments: (list) => {
        for (const instrument of list) tell(instrument)
      }
    }
  }

  /** A frame of the stream of that number. */
  take(stream: StreamSpec, number: number, frame: Omit<TapeFrame, 'second' | 'nanosecond' | 'socket'>): void {
    this.#of(stream)?.take({ ...frame, ...secondsOf(frame.at), socket: number })
    if (frame.kind === 'http') return
    const known = this.#lines.get(number)
    const isNew = !known || frame.kind === 'open'
    const line = isNew ? { stream: number, url: frame.url ?? stream.url, greeting: new Greeting() } : known
    this.#lines.set(number, line)
    if (frame.kind === 'tx') line.greeting.say(Buffer.from(frame.bytes).toString('utf8'))
    else if (frame.kind === 'rx') line.greeting.hear(frame.bytes)
  }

  /** What a reader must know that begins here. */
  *state(): Generator<StateRecord> {
    const lanes = [...this.#replays.values()].flatMap((replay) => [...replay.lanes.values()])
    for (const { instrument } of lanes) yield { kind: 'instrument', stream: 0, what: instrument }
    for (const { stream, url, greeting } of this.#lines.values())
      yield { kind: 'socket', stream, what: { url, sent: greeting.sent, heard: greeting.heard } }
    for (const lane of lanes) {
      const state = bookStateOf(lane)
      if (state) yield { kind: 'book', stream: 0, what: state }
    }
  }

  #of({ venue: id, url }: StreamSpec): Replay | undefined {
    const known = this.#replays.get(id)
    if (known) return known
    const venue = url.startsWith(uniformScheme)
      ? uniformVenue(id)
      : this.#venues.find((it) => it.spec.id === id)
    if (!venue) return undefined
    const made = new Replay(venue, this.#listener)
    this.#replays.set(id, made)
    return made
  }
}

function secondsOf(at: Millis): { readonly second: number; readonly nanosecond: number } {
  const second = Math.floor(at / 1_000)
  return { second, nanosecond: Math.round((at - second * 1_000) * 1e6) }
}
