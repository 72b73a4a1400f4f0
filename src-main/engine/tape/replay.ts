import type { Instrument } from '../../../src-shared/instrument'
import { instrumentId } from '../../../src-shared/instrument'
import type { BookState } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { addressOf } from '../feed/address'
import { Intake } from '../feed/intake'
import { FeedLane } from '../feed/lane'
import type { FeedListener } from '../feed/listener'
import { VirtualClock } from '../replay/virtual-clock'
import type { Reader, Venue, VenueEvent } from '../venues/venue'
import type { BookState as KeptBook } from './keyframe'
import { writeState } from './keyframe'
import type { TapeFrame } from './line'
import type { ReplaySummary } from './summary'
import { summarise } from './summary'

export type { InstrumentSummary, ReplaySummary } from './summary'

const unnamedSnapshot = Buffer.from('{"lastUpdateId"')

/**
 * A tape through the live path: the same reading, the same books, the tape's clock. Instruments appear as the tape names them. What a link would do
 * (ask for a snapshot) the tape has done or has not: a book that lost its thread stays void until the next snapshot on the tape.
 */
export class Replay {
  readonly lanes = new Map<string, FeedLane>()
  readonly #venue: Venue
  readonly #intake: Intake
  readonly #clock = new VirtualClock(millis(0))
  /** Readers may remember things of their socket. */
  readonly #readers = new Map<number, Reader>()
  /** The socket that brought each book. */
  readonly #sockets = new Map<FeedLane, number>()
  /** The socket that brought reference figures last, of those that hold. */
  readonly #referring = new Map<FeedLane, number>()
  readonly #opened = new Set<string>()
  #socket = 0
  readonly #listener: FeedListener
  readonly #listed = new Map<string, Instrument>()
  readonly #reasons = new Map<string, number>()
  #isAnswered = false

  /**
   * `advanced` hears of every diff applied, also of those that waited for their snapshot and that the listener is spared. `wants`: which symbols are read;
   * all where this is left out.
   */
  constructor(
    venue: Venue,
    listener: FeedListener,
    advanced: (lane: FeedLane) => void = () => undefined,
    wants: (symbol: string) => boolean = () => true
  ) {
    this.#venue = venue
    this.#listener = listener
    this.#intake = new Intake({
      venue,
      listener,
      clock: this.#clock,
      lane: (symbol) => {
        if (!wants(symbol)) return undefined
        const lane = this.#lane(symbol)
        this.#sockets.set(lane, this.#socket)
        return lane
      },
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      followsBeyond: true,
      events: {
        missed: () => {
          for (const lane of this.lanes.values()) {
            if ((this.#sockets.get(lane) ?? this.#socket) !== this.#socket) continue
            lane.counters.gaps++
            lane.void('gap', 'updates of this connection lost')
          }
        },
        heard: () => undefined,
        needsSnapshot: () => undefined,
        timed: () => undefined,
        traded: () => undefined,
        referred: (lane) => {
          this.#referring.set(lane, this.#socket)
        },
        tookSnapshot: () => undefined,
        confirmed: () => undefined,
        repeated: () => undefined,
        wentOn: () => false,
        garbled: () => undefined,
        advanced,
        said: (event) => {
          if (event.kind === 'subscribed' && event.symbols.length > 0) this.#isAnswered = true
          this.#said(event)
        }
      }
    })
  }

  /** The next frame of the tape. What was said to the venue matters only to a reader that holds answers against it. */
  take(frame: TapeFrame): void {
    this.#clock.advance(frame.at)
    this.#socket = frame.socket ?? 0
    if (frame.kind === 'open') this.#open(frame)
    else if (frame.kind === 'http') this.#answer(frame)
    else if (frame.kind === 'rx') this.#receive(frame.bytes)
    else this.#reader().sent?.(Buffer.from(frame.bytes).toString('utf8'))
  }

  /** A line ended: what it told is known no longer. */
  closed(socket: number, reason: string): void {
    for (const [lane, of] of this.#sockets) if (of === socket) lane.void('connecting', reason)
    for (const [lane, of] of this.#referring) if (of === socket) this.#lapse(lane, reason)
  }

  /** The recorder was not there: what it heard before says nothing of what comes. */
  interrupt(reason: string): void {
    this.#void('connecting', reason)
    for (const lane of this.#referring.keys()) this.#lapse(lane, reason)
    this.#readers.clear()
    this.#opened.clear()
  }

  /** An instrument as it was known when it was recorded. */
  describe(instrument: Instrument): void {
    this.#listed.set(instrument.symbol, instrument)
    this.lanes.get(instrument.symbol)?.describe(instrument)
  }

  /** A line that was opened before the place where reading begins, and what was agreed on it. Lines that are known already know it. */
  greet(
    socket: number,
    at: Millis,
    said: { readonly url: string; readonly sent: readonly string[]; readonly heard: readonly string[] }
  ): void {
    if (this.#readers.has(socket)) return
    this.#clock.advance(at)
    this.#socket = socket
    const reader = this.#reader()
    this.#opened.add(said.url)
    for (const text of said.sent) reader.sent?.(text)
    for (const text of said.heard) reader.decode(text)
  }

  /** A book as it stood at `at`; one that is followed already stands by itself. */
  restore(symbol: string, at: Millis, state: KeptBook): void {
    this.#clock.advance(at)
    const lane = this.#lane(symbol)
    if (lane.isFollowed) return
    writeState(lane, state)
    lane.sync.resume(lane.changes, state.joined)
    this.#intake.settle(lane)
  }

  /** Something on the tape was this venue's: a message of an instrument, or at least its answer to a subscription. */
  get isRecognised(): boolean {
    return this.#isAnswered || this.lanes.size > 0
  }

  /** Frames that could not be read so far, by reason. */
  rejected(): ReadonlyMap<string, number> {
    if (this.#reasons.size === 0) return this.#intake.rejected
    const reasons = new Map(this.#reasons)
    for (const [reason, count] of this.#intake.rejected)
      reasons.set(reason, (reasons.get(reason) ?? 0) + count)
    return reasons
  }

  summary(): ReplaySummary {
    return summarise(this.#venue.spec.id, this.lanes.values(), this.rejected())
  }

  /** A socket of its own remembers nothing of another. Where no rule would show what was lost before it opened, its books are void until a snapshot. */
  #open({ url = '' }: TapeFrame): void {
    this.#readers.set(this.#socket, this.#venue.reader())
    const isAgain = this.#opened.has(url)
    this.#opened.add(url)
    if (isAgain && this.#venue.spec.integrity === 'unverifiable') this.#void('connecting', 'connected anew')
  }

  #said(event: VenueEvent): void {
    if (event.kind === 'refused') this.#reject(`refused by the venue: ${event.reason}`)
    else if (event.kind === 'doubtful') this.lanes.get(event.symbol)?.void('gap', event.reason)
    else if (event.kind === 'halted') this.lanes.get(event.symbol)?.halted('symbol', event.reason)
    else if (event.kind === 'resumed') this.lanes.get(event.symbol)?.halt.end('symbol')
    else if (event.kind === 'maintenance')
      for (const lane of this.lanes.values())
        if (event.closed) lane.halted('venue', event.reason)
        else lane.halt.end('venue')
  }

  #lapse(lane: FeedLane, reason: string): void {
    this.#referring.delete(lane)
    lane.lapse(reason)
  }

  #void(state: BookState, reason: string): void {
    for (const lane of this.lanes.values()) lane.void(state, reason)
  }

  #receive(bytes: Uint8Array): void {
    const isUnnamed =
      bytes.length > unnamedSnapshot.length &&
      unnamedSnapshot.equals(bytes.subarray(0, unnamedSnapshot.length))
    if (!isUnnamed || this.#venue.snapshot.kind !== 'rest') {
      this.#intake.receive(bytes, this.#reader())
      return
    }
    // A collector wrote the answer of its request among the frames, without the symbol.
    const waiting = [...this.lanes.values()].filter((lane) => lane.sync.state === 'void')
    const lane =
      this.lanes.size === 1 ? [...this.lanes.values()][0] : waiting.length === 1 ? waiting[0] : undefined
    if (lane) this.#intake.snapshot(lane, bytes)
    else this.#reject('a snapshot that names no instrument')
  }

  #reader(): Reader {
    const known = this.#readers.get(this.#socket)
    if (known) return known
    const made = this.#venue.reader()
    this.#readers.set(this.#socket, made)
    return made
  }

  #answer({ url = '', bytes }: TapeFrame): void {
    const { snapshot, audit } = this.#venue
    const address = addressOf(url)
    // A tape may hold audits too; its books are held against what follows them.
    if (address && audit?.symbolOf(address) !== undefined) return
    const symbol = address && snapshot.kind === 'rest' ? snapshot.symbolOf(address) : undefined
    if (symbol !== undefined) {
      this.#intake.snapshot(this.#lane(symbol), bytes)
      return
    }
    if (address && this.#isPoll(address)) return
    const catalogue = this.#venue.catalogue.read(Buffer.from(bytes).toString('utf8'), { url, weight: 0 })
    if ('reason' in catalogue) this.#reject(`an answer that is no instrument list: ${catalogue.reason}`)
    else for (const instrument of catalogue.instruments) this.#listed.set(instrument.symbol, instrument)
  }

  /** Questions asked again and again about a figure, or whether the venue is open: their answers are no part of the books. */
  #isPoll({ pathname }: URL): boolean {
    const { spec, asked, status } = this.#venue
    // Where it names an instrument in its path, that is the last of it.
    const symbol = pathname.slice(pathname.lastIndexOf('/') + 1)
    const polls = [asked?.request(symbol, spec.endpoints), status?.request(spec.endpoints)]
    return polls.some((request) => request && pathname.endsWith(addressOf(request.url)?.pathname ?? '?'))
  }

  #lane(symbol: string): FeedLane {
    const known = this.lanes.get(symbol)
    if (known) return known
    const instrument = this.#listed.get(symbol) ?? {
      ...this.#venue.catalogue.guess(symbol),
      id: instrumentId(this.#venue.spec.id, symbol)
    }
    const lane = new FeedLane(instrument, this.#venue.sequence, this.#clock, this.#listener)
    this.lanes.set(symbol, lane)
    this.#listener.onInstruments([instrument])
    return lane
  }

  #reject(reason: string): void {
    const counted = this.#reasons.has(reason) || this.#reasons.size < 100 ? reason : 'other'
    this.#reasons.set(counted, (this.#reasons.get(counted) ?? 0) + 1)
  }
}
