import type { Instrument, InstrumentId, VenueId } from '../../../src-shared/instrument'
import { symbolOf, venueOf } from '../../../src-shared/instrument'
import type { EngineFeed } from '../engine-parts'
import type { Clock } from '../feed/clock'
import type { FeedLane } from '../feed/lane'
import type { FeedListener } from '../feed/listener'
import { frameOf, wordsIn } from '../tape/entry-frame'
import { readBookState, readInstrument, readSocketState } from '../tape/keyframe'
import { Replay } from '../tape/replay'
import type { TapeEntry } from '../tape/tape-reader'
import { uniformScheme, uniformVenue } from '../tape/uniform/uniform-venue'
import type { Venue } from '../venues/venue'

export interface TapeFeedParts {
  readonly clock: Clock
  readonly listener: FeedListener
  readonly venues: readonly Venue[]
  /** What the tape holds. */
  readonly instruments: ReadonlySet<InstrumentId>
  /** Hears of every diff applied, also of those that waited for their snapshot and that the listener is spared. */
  readonly advanced?: (lane: FeedLane) => void
}

/** A tape in the place of the venues: the same readers and the same books, fed entry by entry. */
export class TapeFeed implements EngineFeed {
  readonly #parts: TapeFeedParts
  readonly #replays = new Map<VenueId, Replay>()
  readonly #watched = new Set<InstrumentId>()
  /** Of venues that nothing was heard of yet. */
  readonly #described = new Map<InstrumentId, Instrument>()

  constructor(parts: TapeFeedParts) {
    this.#parts = parts
  }

  watch(ids: ReadonlySet<InstrumentId>): void {
    const { instruments, listener, clock } = this.#parts
    for (const id of this.#watched) if (!ids.has(id)) this.#watched.delete(id)
    for (const id of ids) {
      if (this.#watched.has(id)) continue
      this.#watched.add(id)
      const lane = this.#replays.get(venueOf(id))?.lanes.get(symbolOf(id))
      if (lane) {
        listener.onInstruments([lane.instrument])
        listener.onStatus(id, lane.status)
        continue
      }
      const state = instruments.has(id) ? 'connecting' : 'refused'
      const reason = instruments.has(id) ? 'not yet on the tape' : 'the tape holds nothing of it here'
      listener.onStatus(id, { state, reason, since: clock.now() })
    }
  }

  /** The next entry of the tape. Times are the clock's: advance it first. */
  take(entry: TapeEntry): void {
    switch (entry.kind) {
      case 'open':
      case 'rx':
      case 'tx':
      case 'http':
        this.#frame(entry)
        break
      case 'closed':
        this.#of(entry.stream?.venue)?.closed(
          entry.socket,
          wordsIn(entry.bytes, 'reason', 'the line was closed')
        )
        break
      case 'instrument':
        this.#describe(entry.bytes)
        break
      case 'socket': {
        const state = readSocketState(entry.bytes)
        if (state) this.#of(entry.stream?.venue, entry.stream?.url)?.greet(entry.socket, entry.at, state)
        break
      }
      case 'book': {
        const state = readBookState(entry.bytes)
        if (state && this.#watched.has(state.instrument))
          this.#of(venueOf(state.instrument))?.restore(symbolOf(state.instrument), entry.at, state)
        break
      }
      case 'start':
        this.#void('recording began here')
        break
      case 'stop':
        this.#void('recording ended here')
        break
      case 'dropped':
        this.#void('what came here is not on the tape')
        break
      case 'gap':
      case 'clock':
      case 'stream':
      case 'index':
      case 'columns':
      case 'second':
      case 'depth':
      case 'event':
        break
      default:
        entry.kind satisfies never
    }
  }

  configure(): void {
    // The tape is what it is.
  }
  retry(): void {
    // Nobody to ask.
  }
  askInstruments(): void {
    // What was watched has been told; the rest is not on the tape.
  }
  suspend(): void {
    // A tape does not sleep.
  }
  resume(): void {
    // A tape does not wake.
  }
  stop(): void {
    this.#replays.clear()
  }
  links(): [] {
    return []
  }
  catalogues(): [] {
    return []
  }

  /** Of an instrument that is watched, once something of it was heard. */
  lane(id: InstrumentId): FeedLane | undefined {
    return this.#replays.get(venueOf(id))?.lanes.get(symbolOf(id))
  }

  counts(): ReturnType<EngineFeed['counts']> {
    const lanes = [...this.#replays.values()].flatMap((replay) => [...replay.lanes.values()])
    const sum = (of: (counters: (typeof lanes)[number]['counters']) => number) =>
      lanes.reduce((total, { counters }) => total + of(counters), 0)
    return {
      frames: sum(({ frames }) => frames),
      gaps: sum(({ gaps }) => gaps),
      resyncs: sum(({ resyncs }) => resyncs),
      rejected: [...this.#replays.values()]
        .flatMap((replay) => [...replay.rejected().values()])
        .reduce((total, count) => total + count, 0)
    }
  }

  #frame(entry: TapeEntry): void {
    const frame = frameOf(entry)
    if (frame) this.#of(entry.stream?.venue, entry.stream?.url)?.take(frame)
  }

  #describe(bytes: Uint8Array): void {
    const instrument = readInstrument(bytes)
    if (!instrument) return
    // Whose words its frames are in is told by the first line, which may come after it.
    const replay = this.#replays.get(instrument.venue)
    if (replay) replay.describe(instrument)
    else this.#described.set(instrument.id, instrument)
    this.#parts.listener.onInstruments([instrument])
  }

  #void(reason: string): void {
    for (const replay of this.#replays.values()) replay.interrupt(reason)
  }

  #of(id: VenueId | undefined, url = ''): Replay | undefined {
    const known = id === undefined ? undefined : this.#replays.get(id)
    if (id === undefined || known) return known
    const { venues, listener, advanced } = this.#parts
    // What was imported is spoken in no venue's words, whatever the venue.
    const venue = url.startsWith(uniformScheme) ? uniformVenue(id) : venues.find(({ spec }) => spec.id === id)
    if (!venue) return undefined
    const made = new Replay(venue, listener, advanced, (symbol) =>
      this.#watched.has(`${venue.spec.id}:${symbol}`)
    )
    this.#replays.set(venue.spec.id, made)
    for (const instrument of this.#described.values()) if (instrument.venue === id) made.describe(instrument)
    return made
  }
}
