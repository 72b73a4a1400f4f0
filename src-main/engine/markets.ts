import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import type { VenueSpec } from '../../src-shared/contract/catalogue'
import type { Judge, Sighting } from './alerts/judge'
import type { Book } from './book/book'
import type { Changes, Trades } from './book/changes'
import type { Clock } from './feed/clock'
import type { FeedListener } from './feed/listener'
import type { Metric } from './metrics/metric'
import { widthOf } from './metrics/runner'
import type { Millis } from '../../src-shared/units'
import type { Quote } from './venues/venue'
import { Watched } from './watched'
import type { Window } from './window'

export interface MarketsParts {
  readonly clock: Clock
  readonly metrics: readonly Metric[]
  readonly venues: readonly VenueSpec[]
  readonly judge: Judge
  /** Whom the listener tells at once; everything else waits for the next frame. */
  readonly windows: Iterable<Window>
}

/** Every watched instrument, fed by the feed's listener calls; and every instrument ever heard of. */
export class Markets implements FeedListener {
  readonly #parts: MarketsParts
  readonly #watched = new Map<InstrumentId, Watched>()
  readonly #instruments = new Map<InstrumentId, Instrument>()

  constructor(parts: MarketsParts) {
    this.#parts = parts
  }

  get watched(): Iterable<Watched> {
    return this.#watched.values()
  }

  get instruments(): Iterable<Instrument> {
    return this.#instruments.values()
  }

  instrument(id: InstrumentId): Instrument | undefined {
    return this.#instruments.get(id)
  }

  get(id: InstrumentId): Watched | undefined {
    return this.#watched.get(id)
  }

  /** The whole of what is wanted. What is no longer wanted is forgotten, its history too. */
  watch(wanted: ReadonlySet<InstrumentId>): void {
    const { clock, metrics } = this.#parts
    for (const id of this.#watched.keys()) if (!wanted.has(id)) this.#watched.delete(id)
    for (const id of wanted) {
      if (this.#watched.has(id)) continue
      this.#watched.set(id, new Watched(id, metrics, this.#instruments.get(id), clock.now()))
    }
  }

  /** The machine slept or its clock was set: no window of time since `from` is whole. */
  loseContinuity(from: Millis): void {
    this.#parts.judge.onGap()
    for (const watched of this.#watched.values()) watched.onInterruption(from, this.#parts.clock.now())
  }

  /** An instrument as the judge sees it now; all unknown while nothing is known of it. */
  sight(id: InstrumentId): Sighting {
    const { clock, metrics, venues } = this.#parts
    const watched = this.#watched.get(id)
    const simulated = venues.find((venue) => venue.id === venueOf(id))?.simulated ?? false
    return {
      instrument: watched?.instrument ?? { id, simulated },
      row: watched?.row ?? new Float64Array(widthOf(metrics)).fill(NaN),
      live: watched?.live ?? false,
      mono: clock.mono(),
      at: clock.now()
    }
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    this.#watched.get(id)?.onBook(book, changes, at)
  }

  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#watched.get(id)?.onTrades(trades, at)
    for (const window of this.#parts.windows) window.market.onTrades(id, trades)
  }

  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    this.#watched.get(id)?.onQuote(quote, at)
  }

  onLiquidations(): void {
    // No figure uses liquidations yet.
  }

  onReference(): void {
    // No figure uses the venues' reference prices yet.
  }

  onGap(id: InstrumentId, at: Millis): void {
    this.#watched.get(id)?.onGap(at)
    this.#parts.judge.onGap(id)
  }

  onTradesLost(id: InstrumentId, from: Millis): void {
    this.#watched.get(id)?.onTradesLost(from)
  }

  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#watched.get(id)?.onRescale(instrument, priceFactor, sizeFactor)
    for (const window of this.#parts.windows) window.market.rescale(id, priceFactor, sizeFactor)
    this.onInstruments([instrument])
  }

  onStatus(id: InstrumentId, status: BookStatus): void {
    this.#watched.get(id)?.setStatus(status, this.#parts.clock.now())
    for (const window of this.#parts.windows)
      if (window.wanted.has(id)) window.post({ kind: 'status', instrument: id, status })
  }

  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list) {
      this.#instruments.set(instrument.id, instrument)
      this.#watched.get(instrument.id)?.describe(instrument)
    }
    for (const window of this.#parts.windows) window.tellInstruments(list)
  }
}
