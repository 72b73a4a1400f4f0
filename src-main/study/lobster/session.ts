/** One trading day, in seconds after midnight. */
export const opening = 34_200
export const closing = 57_600
/** Prices are 1e-4 USD and one tick is a cent. */
export const priceUnitsPerTick = 100
export const ticksPerUsd = 100

export const submitted = 1
export const reduced = 2
export const deleted = 3
export const executed = 4
export const executedHidden = 5
export const halted = 7

/** One side of the book after each message: a column a level, best first. Prices in 1e-4 USD, sizes in shares. */
export interface SideColumns {
  /** +1 bids, -1 asks, as in the Direction column. */
  readonly sign: 1 | -1
  readonly prices: readonly Float64Array[]
  readonly sizes: readonly Float64Array[]
}

/** The two files of a day side by side: row k of every column is message k and the book after it. */
export interface Session {
  readonly symbol: string
  readonly levels: number
  readonly rows: number
  /** Seconds after midnight, never going back. */
  readonly times: Float64Array
  readonly types: Float64Array
  readonly ids: Float64Array
  readonly sizes: Float64Array
  readonly prices: Float64Array
  /** Of the resting order: 1 bid, -1 ask. A trade's aggressor is on the other side. */
  readonly directions: Float64Array
  readonly bids: SideColumns
  readonly asks: SideColumns
  /** In ticks; NaN while a side is empty. */
  readonly mids: Float64Array
}

/** LOBSTER fills levels that are not there with this price. */
export const isEmptyLevel = (price: number): boolean => Math.abs(price) === 9_999_999_999

export const isTrade = (type: number): boolean => type === executed || type === executedHidden
