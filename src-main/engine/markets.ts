import type { Instrument, InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { VenueSpec } from '../../src-shared/contract/catalogue'
import type { Judge, Sighting } from './alerts/judge'
import type { Book } from './book/book'
import type { Changes, Trades } from './book/changes'
import type { Clock } from './feed/clock'
import type { FeedListener } from './feed/listener'
import type { Diary } from './diary'
import type { Detailed } from './details'
import { Groups } from './groups'
import type { Memories } from './memories'
import type { Metric } from './metrics/metric'
import { paramsOf, refusedParams } from './metrics/params'
import { retuning } from './metrics/retuning'
import { widthOf } from './metrics/row-shape'
import type { MetricSettings } from './metrics/settings-on'
import { hasOwn, settingsOn } from './metrics/settings-on'
import { Peers } from './peers'
import type { Millis } from '../../src-shared/units'
import type { Group } from '../../src-shared/watchlist'
import type { Quote, Reference } from './venues/venue'
import type { WatchedParts } from './watched'
import { Watched } from './watched'
import type { Window } from './window'

export interface MarketsParts {
  readonly clock: Clock
  readonly metrics: readonly Metric[]
  readonly venues: readonly VenueSpec[]
  readonly judge: Judge
  readonly memories: Memories
  readonly diary: Diary
  /** Trouble that the user must read. */
  readonly complain: (words: string) => void
  /** Whom the listener tells at once; everything else waits for the next frame. */
  readonly windows: Iterable<Window>
}

/** Every watched instrument and group, fed by the feed's listener calls; and every instrument ever heard of. */
export class Markets implements FeedListener {
  readonly #parts: MarketsParts
  readonly #groups = new Groups(this)
  readonly #peers = new Peers()
  #settings: MetricSettings = {}
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

  /** The whole of what is wanted, with the metrics of each. What is no longer wanted is forgotten, its history too. */
  watch(wanted: ReadonlyMap<InstrumentId, ReadonlySet<string>>, groups: readonly Group[]): void {
    const { clock, metrics } = this.#parts
    for (const [id, watched] of this.#watched) {
      if (wanted.has(id)) continue
      watched.save()
      this.#watched.delete(id)
    }
    for (const [id, wishes] of wanted) {
      let watched = this.#watched.get(id)
      if (!watched) {
        watched = new Watched(id, metrics, this.#instruments.get(id), clock.now(), this.#partsOf(id))
        this.#watched.set(id, watched)
      }
      watched.want(wishes, clock.now())
    }
    const wantedGroups = groups.filter((group) => wanted.has(group.id))
    this.#groups.watch(wantedGroups, this.#instruments, clock.now())
    this.#peers.arrange(this.watched, clock.now())
  }

  /** What the user set of metrics; figures that it changes begin anew, the others go on. Answers, in words, what is not used. */
  configure(settings: MetricSettings): readonly string[] {
    const before = this.#settings
    this.#settings = settings
    const specs = this.#parts.metrics.map(({ spec }) => spec)
    const at = this.#parts.clock.now()
    const shared = retuning(specs, before.metrics, settings.metrics)
    for (const [id, watched] of this.#watched) {
      const isLikeAll = !hasOwn(before, id) && !hasOwn(settings, id)
      const own = (of: MetricSettings) => settingsOn(specs, of, id)
      watched.retune(isLikeAll ? shared : retuning(specs, own(before), own(settings)), at)
    }
    const [then, now] = [before.metrics ?? {}, settings.metrics ?? {}]
    const told = specs.filter(({ id }) => JSON.stringify(then[id]) !== JSON.stringify(now[id]))
    return told.flatMap((spec) => refusedParams(spec, now[spec.id] ?? {}))
  }

  /** Every running metric hands over what it has learned. */
  save(): void {
    for (const watched of this.#watched.values()) watched.save()
  }

  /** A window's view of an instrument for what it asked in detail. */
  detailed(id: InstrumentId): Detailed | undefined {
    const watched = this.#watched.get(id)
    return (
      watched && {
        unready: (metrics, at) => watched.unready(metrics, at),
        table: (metric, at) => watched.table(metric, at),
        tableColumns: (metric) =>
          this.#parts.metrics
            .find(({ spec }) => spec.id === metric)
            ?.spec.table?.columns.map((column) => column.id) ?? []
      }
    )
  }

  #partsOf(id: InstrumentId): WatchedParts {
    const shelf = this.#parts.memories.shelf(id)
    return {
      params: ({ spec }) => paramsOf(spec, settingsOn([spec], this.#settings, id)[spec.id]),
      recall: ({ spec, remembers }) =>
        remembers === undefined ? undefined : shelf.recall(spec.id, remembers),
      keep: ({ spec, remembers }, values) => {
        if (remembers !== undefined) shelf.keep(spec.id, remembers, values)
      },
      refused: ({ spec }) => {
        this.#parts.complain(`What ${spec.title} had learned of ${id} makes no sense and begins anew`)
      }
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
      live: watched !== undefined && isLive(watched.status),
      mono: clock.mono(),
      at: clock.now()
    }
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    this.#watched.get(id)?.onBook(book, changes, at)
    this.#peers.onBook(id, changes, at)
    for (const group of this.#groups.of(id)) group.onBook(id, book, changes, at)
  }

  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#watched.get(id)?.onTrades(trades, at)
    for (const window of this.#parts.windows) window.market.onTrades(id, trades)
    for (const group of this.#groups.of(id)) group.onTrades(id, trades, at)
  }

  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    this.#watched.get(id)?.onQuote(quote, at)
    this.#peers.onQuote(id, quote, at)
  }

  onLiquidations(id: InstrumentId, liquidations: Trades): void {
    this.#watched.get(id)?.onLiquidations(liquidations)
    for (const window of this.#parts.windows) window.derivatives.onLiquidations(id, liquidations)
  }

  onReference(id: InstrumentId, reference: Reference, at: Millis, lapsed: string): void {
    this.#watched.get(id)?.onReference(reference, at, lapsed)
  }

  onGap(id: InstrumentId, at: Millis): void {
    this.#watched.get(id)?.onGap(at)
    this.#peers.onGap(id, at)
    this.#parts.judge.onGap(id)
    for (const group of this.#groups.of(id)) group.onGap(id, at)
  }

  onSkewed(id: InstrumentId, isSkewed: boolean, at: Millis): void {
    this.#peers.onSkewed(id, isSkewed, at)
    this.#groups.onSkewed(id, isSkewed, at)
  }

  /** A group's member came or went. */
  onInterruption(id: InstrumentId, at: Millis): void {
    this.#watched.get(id)?.onInterruption(at, at)
    this.#parts.judge.onGap(id)
  }

  onTradesLost(id: InstrumentId, from: Millis): void {
    this.#watched.get(id)?.onTradesLost(from)
    for (const group of this.#groups.of(id)) group.onTradesLost(id, from)
  }

  /** Of every member of a group trades come again. */
  onTradesBack(id: InstrumentId, at: Millis): void {
    this.#watched.get(id)?.onTradesBack(at)
  }

  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    this.#watched.get(id)?.onRescale(instrument, priceFactor, sizeFactor)
    for (const window of this.#parts.windows) window.rescale(id, priceFactor, sizeFactor)
    this.onInstruments([instrument])
  }

  onStatus(id: InstrumentId, status: BookStatus): void {
    const { state, reason } = status
    this.#parts.diary.note({ at: this.#parts.clock.now(), instrument: id, state, reason })
    this.#watched.get(id)?.setStatus(status, this.#parts.clock.now())
    for (const window of this.#parts.windows)
      if (window.wanted.has(id)) window.post({ kind: 'status', instrument: id, status })
    for (const group of this.#groups.of(id)) group.onStatus(id, status, this.#parts.clock.now())
  }

  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list) {
      this.#instruments.set(instrument.id, instrument)
      this.#watched.get(instrument.id)?.describe(instrument)
      for (const group of this.#groups.of(instrument.id)) group.describe(instrument, this.#parts.clock.now())
    }
    if (list.some(({ id }) => this.#watched.has(id)))
      this.#peers.arrange(this.watched, this.#parts.clock.now())
    for (const window of this.#parts.windows) window.tellInstruments(list)
  }
}
