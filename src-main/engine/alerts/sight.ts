import type { MarketEvent } from '../../../src-shared/contract/frames'
import { sampleHead } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Signal } from './signal'

/** After a resync nothing is judged for this long, or for 2.5 time constants of a slower smoothing. */
export const warmUpMs = 5_000
const mostEvents = 256
const mostLosses = 1_000

/** Figures of one instrument at one time, as the sampler takes them each 100 ms. */
export interface Sighting {
  readonly instrument: Pick<Instrument, 'id' | 'simulated'>
  readonly row: Float64Array
  /** Whether the book's status says live. */
  readonly live: boolean
  /** Ms of the monotonic clock, for durations. */
  readonly mono: number
  /** Wall clock, for showing. */
  readonly at: Millis
  /** Wall clock at which the venue last confirmed a quiet book; NaN or absent where it did not. */
  readonly checkedAt?: number
  /** Wall clock of the latest trade; NaN or absent before one. */
  readonly tradedAt?: number
  /** What its metrics saw since the last sighting. */
  readonly events?: readonly MarketEvent[]
}

interface Placed {
  readonly column: number
  readonly warmMs: number
  readonly signal: Signal
}

/** One instrument as conditions see it, now and lately. Times are monotonic ms unless they are named `at`. */
export class Sight {
  readonly id: InstrumentId
  readonly #signals: Placed[] = []
  simulated = false
  row: Float64Array = new Float64Array(0)
  at: Millis = millis(NaN)
  mono = NaN
  /** Of the sighting before. */
  monoBefore = NaN
  /** Seen since it was last judged. */
  fresh = false
  live = false
  /** Since when the book is live, or is not; NaN before it was ever seen so. */
  liveSince = NaN
  downSince = NaN
  /** How old the book's last change or confirmation is, ms. */
  ageMs = NaN
  tradedAt = NaN
  /** When watching began, or began anew. */
  watchedAt = NaN
  readonly #events: { readonly event: MarketEvent; readonly mono: number }[] = []
  readonly #losses: number[] = []

  constructor(id: InstrumentId) {
    this.id = id
  }

  /** Its signals are placed anew. */
  displace(): void {
    this.#signals.length = 0
  }

  place(column: number, smoothMs: number, signal: Signal): void {
    this.#signals.push({ column, warmMs: Math.max(warmUpMs, 2.5 * smoothMs), signal })
  }

  see(sighting: Sighting): void {
    const { row, live, mono, at } = sighting
    this.fresh = true
    this.simulated = sighting.instrument.simulated
    this.row = row
    this.at = at
    this.monoBefore = this.mono
    this.mono = mono
    if (!live) this.#down()
    else if (!this.live || Number.isNaN(this.liveSince)) this.#up()
    const heard = row[sampleHead.heardAt] ?? NaN
    this.ageMs = at - Math.max(heard, Number.isNaN(sighting.checkedAt ?? NaN) ? heard : sighting.checkedAt!)
    this.tradedAt = sighting.tradedAt ?? NaN
    for (const event of sighting.events ?? []) this.#events.push({ event, mono })
    if (this.#events.length > mostEvents) this.#events.splice(0, this.#events.length - mostEvents)
    const lasted = mono - this.liveSince
    for (const { column, warmMs, signal } of this.#signals)
      signal.see(mono, at, live ? (row[column] ?? NaN) : NaN, lasted >= warmMs)
  }

  /** Continuity was lost: what was seen before says nothing of after, and the warm-up begins again. */
  forget(): void {
    this.liveSince = NaN
    this.watchedAt = NaN
    this.#events.length = 0
    for (const { signal } of this.#signals) signal.reset()
  }

  /** Live, and for long enough to be judged. */
  get warm(): boolean {
    return this.live && this.mono - this.liveSince >= warmUpMs
  }

  /** Seen at this time (or within a second, where another instrument's condition looks at it), and not of a book too old. */
  isFresh(mono: number, staleMs: number): boolean {
    return this.ageMs <= staleMs && mono - this.mono <= 1_000
  }

  /** Events of a kind within the last `withinMs` that `counts` takes. */
  events(withinMs: number, counts: (event: MarketEvent) => boolean): number {
    let found = 0
    for (let place = this.#events.length - 1; place >= 0; place--) {
      const { event, mono } = this.#events[place]!
      if (this.mono - mono >= withinMs) break
      if (counts(event)) found++
    }
    return found
  }

  /** How often the book was lost within the last `withinMs`. */
  losses(withinMs: number): number {
    return this.#losses.filter((mono) => this.mono - mono < withinMs).length
  }

  #up(): void {
    this.live = true
    this.liveSince = this.mono
    this.watchedAt = this.at
    this.downSince = NaN
  }

  #down(): void {
    if (this.live) {
      this.#losses.push(this.mono)
      if (this.#losses.length > mostLosses) this.#losses.shift()
    }
    this.live = false
    this.liveSince = NaN
    this.watchedAt = NaN
    if (Number.isNaN(this.downSince)) this.downSince = this.mono
  }
}
