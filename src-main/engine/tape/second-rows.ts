import type { MarketEvent } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Signs } from '../metrics/signs'
import { readInstrument } from './keyframe'
import type { RowShape } from './second-record'
import { unpackRow } from './second-record'
import type { TapeEntry } from './tape-reader'

export const secondsLeg = 'seconds'
/** Rows further apart have a hole between them, ms. */
export const longestStepMs = 2_500

/** Reads the tape of seconds, in the columns of today: they may have been others then. */
export class SecondRows {
  readonly #width: number
  readonly #places: ReadonlyMap<string, number>
  readonly #signs: Readonly<Record<string, string>> | undefined
  readonly #now: (id: InstrumentId) => Instrument | undefined
  /** Places of the tape's columns in a row of today. */
  #today: readonly number[] = []
  #prices: ReadonlySet<number> = new Set()
  readonly #then = new Map<InstrumentId, Instrument>()

  /**
   * @param now the instrument as it is known today; where it is not, the tape's own word is taken
   * @param signs what figures are computed with today: those that were computed otherwise are unknown. Without it all are taken as they were
   */
  constructor(
    { columns }: Pick<RowShape, 'columns'>,
    now: (id: InstrumentId) => Instrument | undefined,
    signs?: Signs
  ) {
    this.#signs = signs && signsIn(columns, signs)
    this.#width = columns.length
    this.#places = new Map(columns.map((column, place) => [column, place]))
    this.#now = now
  }

  /** Entries that say how others must be read. */
  describe({ kind, bytes }: TapeEntry): void {
    if (kind === 'columns') this.#shape(textOf(bytes))
    else if (kind === 'instrument') {
      const then = readInstrument(bytes)
      if (then) this.#then.set(then.id, then)
    }
  }

  /** Whose figures an entry holds, counted in the steps of today; undefined for every other. */
  owner({ stream }: TapeEntry): Instrument | undefined {
    if (stream?.leg !== secondsLeg) return undefined
    const then = this.#then.get(stream.url)
    const now = this.#now(stream.url) ?? then
    return then && now && isSameGrid(then, now) ? now : undefined
  }

  /** A row of today's columns, NaN where nothing was kept. */
  row({ bytes }: TapeEntry): Float64Array {
    const row = new Float64Array(this.#width).fill(NaN)
    row[0] = unpackRow(bufferOf(bytes), this.#prices, (place, value) => {
      const today = this.#today[place]
      if (today !== undefined && today >= 0) row[today] = value
    })
    return row
  }

  #shape(text: string): void {
    const { columns, prices, signs } = JSON.parse(text) as {
      readonly columns: readonly string[]
      readonly prices: readonly number[]
      readonly signs?: Readonly<Record<string, string>>
    }
    this.#today = columns.map((column) => {
      // Older tapes do not tell what figures were computed with, or of whole metrics only.
      const isSame = !signs || !this.#signs || signIn(signs, column) === signIn(this.#signs, column)
      return isSame ? (this.#places.get(column) ?? -1) : -1
    })
    this.#prices = new Set(prices)
  }
}

const metricOf = (column: string): string => column.split('.')[0] ?? ''

/** The sign of each metric, and of each figure (`metric.field`) where that is another one. */
export function signsIn(columns: readonly string[], signs: Signs): Readonly<Record<string, string>> {
  const metrics = [...new Set(columns.map(metricOf))]
  return Object.fromEntries([
    ...metrics.flatMap((metric) => (signs(metric) === '' ? [] : [[metric, signs(metric)]])),
    ...columns.flatMap((column) => {
      const [metric = '', field] = column.split('.')
      const sign = signs(metric, field)
      return sign === signs(metric) ? [] : [[column, sign]]
    })
  ]) as Record<string, string>
}

const signIn = (signs: Readonly<Record<string, string>>, column: string): string | undefined =>
  signs[column] ?? signs[metricOf(column)]

/** What a metric saw, as it was kept; undefined where it is none. */
export function eventIn({ bytes }: TapeEntry): MarketEvent | undefined {
  const event = JSON.parse(textOf(bytes)) as MarketEvent
  return typeof event.at === 'number' && typeof event.kind === 'string'
    ? { ...event, price: typeof event.price === 'number' ? event.price : NaN }
    : undefined
}

export const bufferOf = ({ buffer, byteOffset, byteLength }: Uint8Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength)
const textOf = (bytes: Uint8Array): string => bufferOf(bytes).toString('utf8')

const isSameGrid = (then: Instrument, now: Instrument): boolean =>
  (['price', 'size'] as const).every(
    (which) => then[which].decimals === now[which].decimals && then[which].step === now[which].step
  )
