import type { EngineFrame, MarketEvent, ReferenceView } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Detailed } from './details'
import { Details } from './details'
import { DerivativeNews } from './derivative-news'
import type { Want } from './snapshotter'
import { Snapshotter } from './snapshotter'

/** Where a window's frames go; the message port in the app, an array in tests. */
export interface WindowPort {
  post(frame: EngineFrame): void
}

const none: ReadonlySet<string> = new Set()
const metricsIn = ({ metrics = [], tables = [] }: Want): ReadonlySet<string> =>
  new Set([...metrics, ...tables])

/** One window as the engine knows it: what it wants, and what it was told. */
export class Window {
  readonly market = new Snapshotter()
  readonly derivatives = new DerivativeNews()
  readonly #port: WindowPort
  #wanted = new Set<InstrumentId>()
  #focused = new Set<InstrumentId>()
  /** Of each wanted instrument, the metrics it asks for. */
  #metrics: ReadonlyMap<InstrumentId, ReadonlySet<string>> = new Map()
  readonly #details = new Details()
  /** Venues whose whole list it asked for. */
  readonly #catalogues = new Set<VenueId>()

  constructor(port: WindowPort) {
    this.#port = port
  }

  post(frame: EngineFrame): void {
    this.#port.post(frame)
  }

  /** Whose levels it shows. */
  get focused(): ReadonlySet<InstrumentId> {
    return this.#focused
  }

  get wanted(): ReadonlySet<InstrumentId> {
    return this.#wanted
  }

  /** Answers the ids that were not wanted before. */
  watch(wants: readonly Want[]): readonly InstrumentId[] {
    const before = this.#wanted
    this.#wanted = new Set(wants.map(({ id }) => id))
    this.#focused = new Set(wants.filter(({ levels }) => levels > 0).map(({ id }) => id))
    this.market.watch(wants)
    this.#metrics = new Map(wants.map((want) => [want.id, metricsIn(want)]))
    this.#details.watch(wants)
    this.derivatives.watch(this.#wanted)
    return [...this.#wanted].filter((id) => !before.has(id))
  }

  /** Metrics it asks for of an instrument, beside those that are always computed. */
  metricsOf(id: InstrumentId): ReadonlySet<string> {
    return this.#metrics.get(id) ?? none
  }

  /** Tells what it asked for at a low rate: tables, and why figures are not known. */
  tellDetails(at: Millis, mono: number, scene: (id: InstrumentId) => Detailed | undefined): void {
    if (!this.market.ready) return
    for (const frame of this.#details.take(at, mono, scene)) this.post(frame)
  }

  /** Reference figures and liquidations, as `tellDetails`. */
  tellDerivatives(mono: number, reference: (id: InstrumentId) => ReferenceView | undefined): void {
    if (!this.market.ready) return
    for (const frame of this.derivatives.take(mono, reference)) this.post(frame)
  }

  /** The instrument's grid got finer. */
  rescale(id: InstrumentId, priceFactor: number, sizeFactor: number): void {
    this.market.rescale(id, priceFactor, sizeFactor)
    this.derivatives.rescale(id, priceFactor, sizeFactor)
  }

  tellEvents(events: readonly MarketEvent[]): void {
    const wanted = events.filter(({ instrument, metric }) => this.metricsOf(instrument).has(metric))
    if (wanted.length > 0) this.post({ kind: 'events', events: wanted })
  }

  askCatalogue(venue: VenueId): void {
    this.#catalogues.add(venue)
  }

  /** Passes on the instruments this window has a use for, a frame a venue. */
  tellInstruments(list: readonly Instrument[]): void {
    const byVenue = new Map<VenueId, Instrument[]>()
    for (const instrument of list) {
      const { id, venue } = instrument
      if (!this.#wanted.has(id) && !this.#catalogues.has(venue) && !this.#catalogues.has('')) continue
      const group = byVenue.get(venue)
      if (group) group.push(instrument)
      else byVenue.set(venue, [instrument])
    }
    for (const [venue, instruments] of byVenue) this.post({ kind: 'instruments', venue, list: instruments })
  }
}
