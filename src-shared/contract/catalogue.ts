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
  /** `ratio` in [-1, 1], `share` in [0, 1]; `number` has no unit: a z score, an exponent. */
  readonly unit:
    | 'ratio'
    | 'share'
    | 'bps'
    | 'ticks'
    | 'price'
    | 'base'
    | 'quote'
    | 'per-second'
    | 'seconds'
    | 'count'
    | 'number'
  /** Ends of the scale where it has some: [-1, 1] for an imbalance. */
  readonly range?: readonly [number, number]
  /** On either side of nothing: shown with its plus too. */
  readonly signed?: true
  /** Of a percentile: the figure (`metric.field`) whose rank in its own history it is. Lists of what is unusual now are made of these. */
  readonly ranks?: string
  /** Of such a percentile: high is the bid side, low the ask side. Of a `ratio` it is so in any case. */
  readonly sided?: true
}

/** A number the user may set; `range` holds both ends that are allowed. */
export interface ParamSpec {
  readonly id: string
  readonly title: string
  readonly unit: FieldSpec['unit'] | 'ms'
  readonly default: number
  readonly range: readonly [number, number]
  readonly whole?: boolean
  /** A moment in Unix seconds, typed and shown as a time in UTC; 0 is none. An instrument may have its own (`anchors` of the settings), which goes before. */
  readonly moment?: true
  /**
   * The fields that are other figures once it changes, where those are not all: the rest go on as they are. None where it shapes the table alone. A metric
   * with such a parameter takes it while it runs (`MetricRun.adjust`).
   */
  readonly concerns?: readonly string[]
}

/** Rows of numbers that a metric has beside its series: a footprint, a profile. Sent once a second to windows that ask. */
export interface TableSpec {
  /** What one row is: "a price step of the running minute". */
  readonly rowIs: string
  readonly columns: readonly FieldSpec[]
}

/** A kind of event that a metric may see. */
export interface EventKindSpec {
  readonly id: string
  readonly title: string
  /** What was seen, and what it may mean, in a sentence. */
  readonly explains: string
}

/** A metric described as data: pickers, tables and tips are built from it. */
export interface MetricSpec {
  readonly id: string
  readonly title: string
  /** What stands before its fields' titles where nothing else says whose they are and there is little room, as on a column: `OFI`. */
  readonly short?: string
  /** The same where there is room, if that is another word: `Imbalance` for `Imb`. */
  readonly lead?: string
  readonly fields: readonly FieldSpec[]
  readonly needs: readonly ('book' | 'trades')[]
  /** Ids of metrics before it in the catalogue whose figures it is made of: they are computed wherever it is. */
  readonly reads?: readonly string[]
  /** What it is, its formula and its source, in two or three plain sentences. */
  readonly explains: string
  /** Computed for every watched instrument; others only where somebody shows, records or alerts on them. */
  readonly always?: boolean
  /** Makes no sense on a group of venues. */
  readonly singleOnly?: boolean
  readonly params?: readonly ParamSpec[]
  readonly table?: TableSpec
  readonly events?: readonly EventKindSpec[]
}

/** Where a field's value stands in every row of samples. */
export interface Column {
  readonly metric: string
  readonly field: string
  readonly range?: FieldSpec['range']
}

/** The columns of a sample row: each metric's fields in the catalogue's order. */
export function columnsOf(metrics: readonly MetricSpec[]): Column[] {
  return metrics.flatMap((metric) =>
    metric.fields.map(({ id: field, range }) => ({ metric: metric.id, field, ...(range && { range }) }))
  )
}
