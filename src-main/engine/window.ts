import type { EngineFrame } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import type { Want } from './snapshotter'
import { Snapshotter } from './snapshotter'

/** Where a window's frames go; the message port in the app, an array in tests. */
export interface WindowPort {
  post(frame: EngineFrame): void
}

/** One window as the engine knows it: what it wants, and what it was told. */
export class Window {
  readonly market = new Snapshotter()
  readonly #port: WindowPort
  #wanted = new Set<InstrumentId>()
  /** Venues whose whole list it asked for. */
  readonly #catalogues = new Set<VenueId>()

  constructor(port: WindowPort) {
    this.#port = port
  }

  post(frame: EngineFrame): void {
    this.#port.post(frame)
  }

  get wanted(): ReadonlySet<InstrumentId> {
    return this.#wanted
  }

  /** Answers the ids that were not wanted before. */
  watch(wants: readonly Want[]): readonly InstrumentId[] {
    const before = this.#wanted
    this.#wanted = new Set(wants.map(({ id }) => id))
    this.market.watch(wants)
    return [...this.#wanted].filter((id) => !before.has(id))
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
