// What templates read is signals; the maps inside are replaced whole and plain on purpose.
/* eslint-disable svelte/prefer-svelte-reactivity */
import type { MetricSpec, VenueSpec } from '../../src-shared/contract/catalogue'
import { columnsOf } from '../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'

/** What there is to be watched: venues, their instruments, and the metrics with their places in a sample row. */
export class CatalogueState {
  #venues = $state.raw<readonly VenueSpec[]>([])
  #metrics = $state.raw<readonly MetricSpec[]>([])
  /** Replaced whole: one signal for thousands of entries that seldom change. */
  #instruments = $state.raw<ReadonlyMap<InstrumentId, Instrument>>(new Map())
  readonly #columns = $derived(
    new Map(
      columnsOf(this.#metrics).map(({ metric, field }, i) => [`${metric}|${field}`, sampleHeadLength + i])
    )
  )
  readonly #list = $derived([...this.#instruments.values()])

  get venues(): readonly VenueSpec[] {
    return this.#venues
  }
  get metrics(): readonly MetricSpec[] {
    return this.#metrics
  }
  get instruments(): readonly Instrument[] {
    return this.#list
  }
  /** Numbers in a sample row. */
  get width(): number {
    return sampleHeadLength + this.#columns.size
  }

  venue(id: VenueId): VenueSpec | undefined {
    return this.#venues.find((venue) => venue.id === id)
  }

  instrument(id: InstrumentId): Instrument | undefined {
    return this.#instruments.get(id)
  }

  /** -1 for a figure that the engine does not have. */
  column(metric: string, field: string): number {
    return this.#columns.get(`${metric}|${field}`) ?? -1
  }

  begin(venues: readonly VenueSpec[], metrics: readonly MetricSpec[]): void {
    this.#venues = venues
    this.#metrics = metrics
  }

  /** Answers which of them were known on other grids: their numbers count in other units now. */
  learn(list: readonly Instrument[]): readonly InstrumentId[] {
    const moved = list.filter((instrument) => {
      const known = this.#instruments.get(instrument.id)
      return known !== undefined && !sameGrids(known, instrument)
    })
    this.#instruments = new Map([
      ...this.#instruments,
      ...list.map((instrument) => [instrument.id, instrument] as const)
    ])
    return moved.map(({ id }) => id)
  }
}

const sameGrids = (a: Instrument, b: Instrument): boolean =>
  a.price.decimals === b.price.decimals &&
  a.price.step === b.price.step &&
  a.size.decimals === b.size.decimals &&
  a.size.step === b.size.step
