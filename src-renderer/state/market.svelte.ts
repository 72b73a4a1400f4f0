// What templates read is signals; the maps that only this file reads are plain on purpose.
/* eslint-disable svelte/prefer-svelte-reactivity */
import { SvelteMap } from 'svelte/reactivity'
import type { MetricSpec, VenueSpec } from '../../src-shared/contract/catalogue'
import type { EngineCommand } from '../../src-shared/contract/commands'
import type {
  BookView,
  DiaryEntry,
  EngineFrame,
  EngineHealth,
  MarketEvent,
  PastDepth,
  ReferenceView,
  Unready
} from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isFollowed } from '../../src-shared/status'
import type { Millis } from '../../src-shared/units'
import { millis } from '../../src-shared/units'
import { away } from './away'
import { CatalogueState } from './catalogue.svelte'
import { Demand } from './demand'
import type { Market, TableRows, Want } from './market'
import { DetailsState } from './details.svelte'
import { SeriesState } from './series.svelte'

/** As many as the engine keeps. */
const mostEntries = 600

type EngineState = Market['engine']
/** What of the engine's words is the market's. */
export type OfMarket = Extract<
  EngineFrame,
  {
    kind:
      | 'hello'
      | 'instruments'
      | 'status'
      | 'market'
      | 'history'
      | 'readiness'
      | 'table'
      | 'events'
      | 'references'
      | 'liquidations'
      | 'diary'
      | 'health'
  }
>
type MarketFrame = Extract<EngineFrame, { kind: 'market' }>
type HistoryFrame = Extract<EngineFrame, { kind: 'history' }>

/** What the market needs of the world. */
export interface MarketWorld {
  readonly send: (command: EngineCommand) => void
  /** Wall clock. */
  readonly now: () => Millis
}

/** Everything the engine said, as state that templates and effects can read. */
export class MarketState implements Market {
  readonly #world: MarketWorld
  readonly #catalogue = new CatalogueState()
  #health = $state.raw<EngineHealth>()
  #engine = $state.raw<EngineState>({ state: 'starting', since: millis(0), reason: '' })
  #connected = $state(false)
  /** What is shown comes from the tape. */
  #replayed = $state(false)
  readonly #statuses = new SvelteMap<InstrumentId, BookStatus>()
  readonly #rows = new SvelteMap<InstrumentId, Float64Array>()
  readonly #books = new SvelteMap<InstrumentId, BookView>()
  readonly #details = new DetailsState()
  readonly #pastDepths = new Map<InstrumentId, readonly PastDepth[]>()
  readonly #references = new SvelteMap<InstrumentId, ReferenceView>()
  #diary = $state.raw<readonly DiaryEntry[]>([])
  /** Replaced when series end, so that panels ask for the new ones; grows in place. */
  #series = $state.raw(new Map<InstrumentId, SeriesState>())
  readonly #demand: Demand

  constructor(world: MarketWorld) {
    this.#world = world
    this.#demand = new Demand(world, (id) => {
      this.#release(id)
    })
  }

  get venues(): readonly VenueSpec[] {
    return this.#catalogue.venues
  }
  get metrics(): readonly MetricSpec[] {
    return this.#catalogue.metrics
  }
  /** What is shown comes from the tape: nothing of it is live. */
  get replayed(): boolean {
    return this.#replayed
  }
  get health(): EngineHealth | undefined {
    return this.#health
  }
  get engine(): EngineState {
    return this.#engine
  }
  get instruments(): readonly Instrument[] {
    return this.#catalogue.instruments
  }

  venue(id: VenueId): VenueSpec | undefined {
    return this.#catalogue.venue(id)
  }

  instrument(id: InstrumentId): Instrument | undefined {
    return this.#catalogue.instrument(id)
  }

  status(id: InstrumentId): BookStatus {
    if (!this.#connected) return away(this.#engine)
    return (
      this.#statuses.get(id) ?? {
        state: 'connecting',
        reason: 'asking the engine',
        since: this.#engine.since
      }
    )
  }

  column(metric: string, field: string): number {
    return this.#catalogue.column(metric, field)
  }

  row(id: InstrumentId): Float64Array | undefined {
    return this.#rows.get(id)
  }

  figure(id: InstrumentId, metric: string, field: string): number {
    if (!isFollowed(this.status(id))) return NaN
    return this.#rows.get(id)?.[this.column(metric, field)] ?? NaN
  }

  book(id: InstrumentId): BookView | undefined {
    return this.#books.get(id)
  }

  series(id: InstrumentId): SeriesState {
    let series = this.#series.get(id)
    if (!series) {
      series = new SeriesState(this.#catalogue.width)
      this.#series.set(id, series)
      this.#demand.begin(id)
    }
    return series
  }

  reference(id: InstrumentId): ReferenceView | undefined {
    return this.#references.get(id)
  }

  get diary(): readonly DiaryEntry[] {
    return this.#diary
  }

  unready(id: InstrumentId, metric: string, field: string): Unready | undefined {
    return isFollowed(this.status(id)) ? this.#details.unready(id, metric, field) : undefined
  }

  table(id: InstrumentId, metric: string): TableRows | undefined {
    return this.#details.table(id, metric)
  }

  events(id: InstrumentId): readonly MarketEvent[] {
    return this.#details.events(id)
  }

  /** Read with each book, so it needs no signal of its own. */
  readonly pastDepth = (id: InstrumentId): readonly PastDepth[] | undefined => this.#pastDepths.get(id)

  want(owner: string, wants: readonly Want[]): void {
    this.#demand.want(owner, wants)
  }

  retry(venue: VenueId): void {
    this.#world.send({ kind: 'retry', venue })
  }

  askCatalogue(): void {
    this.#world.send({ kind: 'catalogue', venue: '' })
  }

  /** The main process's word on the engine. */
  setEngine(engine: EngineState): void {
    this.#engine = engine
    if (engine.state !== 'running') this.disconnect()
  }

  /** The port is gone: from now on nothing is live, and every series has a hole. */
  disconnect(): void {
    if (!this.#connected) return
    this.#connected = false
    this.#health = undefined
    this.#demand.disconnect()
    const now = this.#world.now()
    if (this.#engine.state === 'running') {
      this.#engine = { state: 'running', since: now, reason: 'the connection to the engine was lost' }
    }
    for (const series of this.#series.values()) series.lose(now)
  }

  /** Takes what the engine said of the market. */
  receive(frame: OfMarket): void {
    switch (frame.kind) {
      case 'hello':
        this.#hello(frame)
        break
      case 'instruments':
        for (const moved of this.#catalogue.learn(frame.list)) this.#forget(moved)
        break
      case 'status':
        this.#setStatus(frame.instrument, frame.status)
        break
      case 'market':
        this.#market(frame)
        break
      case 'history':
        this.#history(frame)
        break
      case 'readiness':
      case 'table':
      case 'events':
        this.#details.receive(frame)
        break
      case 'references':
        for (const reference of frame.list) this.#references.set(reference.instrument, reference)
        break
      case 'liquidations':
        this.#series.get(frame.instrument)?.addLiquidations(frame.rows)
        break
      case 'diary':
        this.#diary = [...this.#diary, ...frame.entries].slice(-mostEntries)
        break
      case 'health':
        this.#health = frame.health
        break
    }
  }

  /** A new engine, or a new port to the same one: what was known of books is void, what is wanted is asked anew. */
  #hello({ venues, metrics, startedAt, replayed = false }: Extract<EngineFrame, { kind: 'hello' }>): void {
    this.#catalogue.begin(venues, metrics)
    if (this.#engine.state !== 'running') this.#engine = { state: 'running', since: startedAt, reason: '' }
    this.#statuses.clear()
    this.#rows.clear()
    this.#books.clear()
    this.#pastDepths.clear()
    this.#details.clear()
    this.#references.clear()
    this.#diary = []
    this.#connected = true
    const width = this.#catalogue.width
    // What a replay showed is not what was live, nor what another place on the tape shows.
    const keeps = !replayed && !this.#replayed
    this.#replayed = replayed
    this.#series = new Map([...this.#series].filter(([, series]) => keeps && series.width === width))
    for (const id of this.#series.keys()) this.#demand.begin(id)
    this.#demand.connect()
  }

  /** Its numbers count in other units now, or nobody hears of it any more. */
  #forget(id: InstrumentId): void {
    this.#rows.delete(id)
    this.#books.delete(id)
    this.#pastDepths.delete(id)
    this.#details.forget(id)
    this.#references.delete(id)
    if (!this.#series.has(id)) return
    this.#series = new Map([...this.#series].filter(([other]) => other !== id))
  }

  #setStatus(id: InstrumentId, status: BookStatus): void {
    this.#statuses.set(id, status)
    const series = this.#series.get(id)
    if (isFollowed(status)) series?.regain(status.since)
    else series?.lose(status.since)
  }

  #market({ instruments, samples, books, trades }: MarketFrame): void {
    const width = this.#catalogue.width
    instruments.forEach((id, i) => {
      this.#rows.set(id, samples.slice(i * width, (i + 1) * width))
      this.#series.get(id)?.addRow(samples, i * width)
    })
    for (const book of books) this.#books.set(book.instrument, book)
    for (const { instrument, rows, dropped } of trades) this.#series.get(instrument)?.addTrades(rows, dropped)
  }

  #history(frame: HistoryFrame): void {
    const { instrument, events } = frame
    const live = this.#connected && isFollowed(this.status(instrument))
    this.#series.get(instrument)?.addHistory(frame, live, this.#world.now())
    this.#details.addEvents(events)
    if (frame.depth) this.#pastDepths.set(instrument, frame.depth)
  }

  /** Nothing more is heard of it, so nothing of it may look live when it comes back. */
  #release(id: InstrumentId): void {
    this.#forget(id)
    this.#statuses.delete(id)
  }
}
