import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import { CLOSE_ARRAY, COMMA, MINUS, OPEN_ARRAY, SPACE } from './bytes'
import { readLots, readSignedTicks, readTicks } from './figures'
import type { OffGrid } from './off-grid'
import { plainNumber, plainValue } from './plain'
import type { Scanner } from './scanner'

/**
 * One side's levels as arrays. The other forms: `level-objects.ts` for `{"price":1.2,"qty":3}`, `sided-rows.ts` for rows that name their side
 * (`["buy","1","2"]`) or sign their size (`[price,count,amount]`).
 */

export interface RowForm {
  /** Items before the price that are passed: 1 for `["new",1.5,10]`. */
  readonly lead?: number
  /** Rows with a price of 0 are passed instead of refused: KuCoin's only advance the sequence. */
  readonly passesZeroPrices?: boolean
  /** Prices may be 0 or below, as those of combinations are: what one leg is worth more than another. */
  readonly signedPrices?: boolean
}

const pairs: RowForm = {}

/**
 * Reads `[["price","size"],...]` in place of what `into` held; numbers may be bare or have exponents, and items behind the size are passed. A price of 0 fails
 * unless the form allows it.
 * Numbers off the grid are noted and their level is left out: who finds any must not use the rest.
 */
export function readLevels(
  scan: Scanner,
  instrument: Instrument,
  into: Levels,
  offGrid: OffGrid,
  form = pairs
): void {
  into.count = 0
  const lead = form.lead ?? 0
  const least = form.signedPrices === true ? -Infinity : 1
  scan.enterArray()
  while (scan.nextItem()) {
    if (readPlainRun(scan, instrument, lead, least, into)) continue
    readRow(scan, instrument, form, into, offGrid)
  }
}

function readRow(
  scan: Scanner,
  instrument: Instrument,
  { lead = 0, passesZeroPrices = false, signedPrices = false }: RowForm,
  into: Levels,
  offGrid: OffGrid
): void {
  scan.pass(OPEN_ARRAY)
  for (let n = 0; n < lead; n++) {
    scan.skip()
    scan.comma()
  }
  const ticks = signedPrices
    ? readSignedTicks(scan, instrument, offGrid)
    : readTicks(scan, instrument, offGrid, passesZeroPrices)
  scan.comma()
  const lots = readLots(scan, instrument, offGrid)
  while (scan.nextItem()) scan.skip()
  if (ticks >= (signedPrices ? -Infinity : 1) && lots >= 0) into.push(ticks, lots)
}

/**
 * The hot path: as many rows as come in exactly the form `["1.20","3.4"],["…` or `[1.2,3.4,0],[…`, with prices of at least `least` ticks. Stops in front of
 * the first row of another form, which the careful path reads or refuses; true when it has passed at least one.
 */
export function readPlainRun(
  scan: Scanner,
  { price, size }: Instrument,
  lead: number,
  least: number,
  into: Levels
): boolean {
  const { bytes, at: start } = scan
  let { price: prices, size: sizes, count } = into
  let done = start
  let at = start
  while (bytes[at] === OPEN_ARRAY) {
    at++
    if (lead > 0) at = plainItems(bytes, at, lead)
    if (count === prices.length) {
      into.grow()
      prices = into.price
      sizes = into.size
    }
    const isNegative = least < 0 && bytes[at] === MINUS
    at = plainNumber(bytes, isNegative ? at + 1 : at, price, prices, count)
    if (bytes[at] !== COMMA) break
    // Not a minus sign, because of -0.
    if (isNegative) prices[count] = 0 - prices[count]!
    if (!(prices[count]! >= least)) break
    at = plainNumber(bytes, bytes[at + 1] === SPACE ? at + 2 : at + 1, size, sizes, count)
    while (bytes[at] === COMMA) at = plainValue(bytes, bytes[at + 1] === SPACE ? at + 2 : at + 1)
    if (bytes[at] !== CLOSE_ARRAY) break
    count++
    done = ++at
    if (bytes[at] !== COMMA) break
    at += bytes[at + 1] === SPACE ? 2 : 1
  }
  into.count = count
  scan.at = done
  return done > start
}

/**
 * A whole array `[["1.20","3.4"],...]` into `into`, in place of what it held. For readers that know the form of a message as a whole.
 * @returns behind the array; -1 for anything that needs a closer look
 */
export function plainLevels(
  bytes: Uint8Array,
  from: number,
  { price, size }: Instrument,
  into: Levels
): number {
  into.count = 0
  if (bytes[from] !== OPEN_ARRAY) return -1
  if (bytes[from + 1] === CLOSE_ARRAY) return from + 2
  let { price: prices, size: sizes } = into
  let count = 0
  let at = from + 1
  for (;;) {
    if (count === prices.length) {
      // Filled so far, so that it is taken along.
      into.count = count
      into.grow()
      prices = into.price
      sizes = into.size
    }
    if (bytes[at] !== OPEN_ARRAY) return -1
    at = plainNumber(bytes, at + 1, price, prices, count)
    if (bytes[at] !== COMMA || !(prices[count]! >= 1)) return -1
    at = plainNumber(bytes, at + 1, size, sizes, count)
    if (bytes[at] !== CLOSE_ARRAY) return -1
    count++
    if (bytes[++at] !== COMMA) break
    at++
  }
  into.count = count
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}

/** Behind `count` values and their commas; -1 where one needs a closer look. */
function plainItems(bytes: Uint8Array, from: number, count: number): number {
  let at = from
  for (let n = 0; n < count; n++) {
    at = plainValue(bytes, at)
    if (bytes[at] !== COMMA) return -1
    at += bytes[at + 1] === SPACE ? 2 : 1
  }
  return at
}
