import type { Product, VenueId } from '../instrument'

/** How far a venue lets a reader prove that nothing is missing. */
export type Integrity = 'chained' | 'checksummed' | 'snapshot-only' | 'unverifiable'

/** A venue described as data: the window knows nothing else of it. */
export interface VenueSpec {
  readonly id: VenueId
  readonly title: string
  /** At most four letters for narrow tables: `BIN`, `SIM`. */
  readonly code: string
  /** What it trades. */
  readonly products: readonly Product[]
  readonly integrity: Integrity
  /** What the integrity rule cannot see, in a sentence. */
  readonly cannotDetect: string
  readonly simulated: boolean
  /** Endpoint names and their default URLs; settings may replace them. */
  readonly endpoints: Readonly<Record<string, string>>
}

export interface FieldSpec {
  readonly id: string
  readonly title: string
  readonly unit: 'ratio' | 'bps' | 'ticks' | 'price' | 'base' | 'quote' | 'per-second'
  /** Ends of the scale where it has some: [-1, 1] for an imbalance. */
  readonly range?: readonly [number, number]
}

/** A metric described as data: pickers, tables and tips are built from it. */
export interface MetricSpec {
  readonly id: string
  readonly title: string
  readonly fields: readonly FieldSpec[]
  readonly needs: readonly ('book' | 'trades')[]
  /** What it is, its formula and its source, in two or three plain sentences. */
  readonly explains: string
}

/** Where a field's value stands in every row of samples. */
export interface Column {
  readonly metric: string
  readonly field: string
}

/** The columns of a sample row: each metric's fields in the catalogue's order. */
export function columnsOf(metrics: readonly MetricSpec[]): Column[] {
  return metrics.flatMap((metric) => metric.fields.map((field) => ({ metric: metric.id, field: field.id })))
}
