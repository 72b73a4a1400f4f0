import { price } from '../../../src-shared/format'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { instrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis, ticks } from '../../../src-shared/units'
import { addressOf } from '../feed/address'
import type { Clock } from '../feed/clock'
import { Intake } from '../feed/intake'
import { FeedLane } from '../feed/lane'
import type { FeedListener } from '../feed/listener'
import type { Reader, Venue } from '../venues/venue'
import type { TapeFrame } from './line'

/** What became of one instrument's frames. Prices are decimal text, null where a side is empty or the book void. */
export interface InstrumentSummary {
  readonly instrument: InstrumentId
  readonly frames: number
  readonly snapshots: number
  /** Diffs applied; snapshots apart. */
  readonly applied: number
  readonly stale: number
  /** Diffs that waited for a snapshot; those it made current are counted under `applied` or `stale` too. */
  readonly waited: number
  readonly gaps: number
  readonly resyncs: number
  readonly checksums: { readonly ok: number; readonly bad: number }
  readonly crossed: number
  readonly quotes: { readonly compared: number; readonly equal: number }
  readonly trades: number
  readonly bestBid: string | null
  readonly bestAsk: string | null
}

export interface ReplaySummary {
  readonly venue: string
  readonly instruments: readonly InstrumentSummary[]
  readonly rejected: { readonly count: number; readonly reasons: Readonly<Record<string, number>> }
}

const unnamedSnapshot = Buffer.from('{"lastUpdateId"')

/**
 * A tape through the live path: the same reading, the same books, the tape's clock. Instruments appear as the tape names them. What a link would do
 * (ask for a snapshot) the tape has done or has not: a book that lost its thread stays void until the next snapshot on the tape.
 */
export class Replay {
  readonly lanes = new Map<string, FeedLane>()
  readonly #venue: Venue
  readonly #intake: Intake
  readonly #clock = new TapeClock()
  #reader: Reader
  readonly #listener: FeedListener
  readonly #listed = new Map<string, Instrument>()
  readonly #reasons = new Map<string, number>()

  /** `advanced` hears of every diff applied, also of those that waited for their snapshot and that the listener is spared. */
  constructor(venue: Venue, listener: FeedListener, advanced: (lane: FeedLane) => void = () => undefined) {
    this.#venue = venue
    this.#reader = venue.reader()
    this.#listener = listener
    this.#intake = new Intake({
      venue,
      listener,
      clock: this.#clock,
      lane: (symbol) => this.#lane(symbol),
      trustsSnapshots: venue.snapshot.kind === 'in-band',
      events: {
        missed: () => {
          for (const lane of this.lanes.values()) {
            lane.counters.gaps++
            lane.void('gap', 'updates of this connection lost')
          }
        },
        needsSnapshot: () => undefined,
        tookSnapshot: () => undefined,
        confirmed: () => undefined,
        advanced,
        said: (event) => {
          if (event.kind === 'refused') this.#reject(`refused by the venue: ${event.reason}`)
        }
      }
    })
  }

  /** The next frame of the tape. What was said to the venue matters only to a reader that holds answers against it. */
  take(frame: TapeFrame): void {
    this.#clock.at = frame.at
    if (frame.kind === 'open') this.#reader = this.#venue.reader()
    else if (frame.kind === 'http') this.#answer(frame)
    else if (frame.kind === 'rx') this.#receive(frame.bytes)
    else this.#reader.sent?.(Buffer.from(frame.bytes).toString('utf8'))
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
    const reasons = this.rejected()
    const counts = [...reasons.values()]
    return {
      venue: this.#venue.spec.id,
      instruments: [...this.lanes.values()].map(summaryOf),
      rejected: { count: counts.reduce((sum, count) => sum + count, 0), reasons: Object.fromEntries(reasons) }
    }
  }

  #receive(bytes: Uint8Array): void {
    const isUnnamed =
      bytes.length > unnamedSnapshot.length &&
      unnamedSnapshot.equals(bytes.subarray(0, unnamedSnapshot.length))
    if (!isUnnamed || this.#venue.snapshot.kind !== 'rest') {
      this.#intake.receive(bytes, this.#reader)
      return
    }
    // A collector wrote the answer of its request among the frames, without the symbol.
    const waiting = [...this.lanes.values()].filter((lane) => lane.sync.state === 'void')
    const lane =
      this.lanes.size === 1 ? [...this.lanes.values()][0] : waiting.length === 1 ? waiting[0] : undefined
    if (lane) this.#intake.snapshot(lane, bytes)
    else this.#reject('a snapshot that names no instrument')
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
    const catalogue = this.#venue.catalogue.read(Buffer.from(bytes).toString('utf8'), { url, weight: 0 })
    if ('reason' in catalogue) this.#reject(`an answer that is no instrument list: ${catalogue.reason}`)
    else for (const instrument of catalogue.instruments) this.#listed.set(instrument.symbol, instrument)
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

/** Time as the tape tells it. Nothing is ever planned on it. */
class TapeClock implements Clock {
  at: Millis = millis(0)
  now(): Millis {
    return this.at
  }
  mono(): number {
    return this.at
  }
  after(): () => void {
    throw new Error('a tape plans nothing')
  }
  every(): () => void {
    throw new Error('a tape plans nothing')
  }
}

function summaryOf({ id, instrument, counters, book }: FeedLane): InstrumentSummary {
  const text = (at: number) => (Number.isNaN(at) ? null : price(instrument, ticks(at)).replaceAll(',', ''))
  return {
    instrument: id,
    frames: counters.frames,
    snapshots: counters.snapshots,
    applied: counters.applied,
    stale: counters.stale,
    waited: counters.waited,
    gaps: counters.gaps,
    resyncs: counters.resyncs,
    checksums: { ok: counters.checksumsOk, bad: counters.checksumsBad },
    crossed: counters.crossed,
    quotes: { compared: counters.quotesCompared, equal: counters.quotesEqual },
    trades: counters.trades,
    bestBid: text(book.touch.bid),
    bestAsk: text(book.touch.ask)
  }
}
