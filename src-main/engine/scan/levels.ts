import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import { readLots, readSignedTicks, readTicks } from './figures'
import type { OffGrid } from './off-grid'
import { behind, plainComma, plainNumber, plainValue } from './plain'
import type { Scanner } from './scanner'

/**
 * One side's levels as arrays. The other forms: `level-objects.ts` for `{"price":1.2,"qty":3}`, `sided-rows.ts` for rows that name their side
 * (`["buy","1","2"]`) or sign their size (`[price,count,amount]`).
 */

const COMMA = 0x2c
const MINUS = 0x2d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

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
function readPlainRun(
  scan: Scanner,
  { price, size }: Instrument,
  lead: number,
  least: number,
  into: Levels
): boolean {
  const { bytes, at: start } = scan
  let at = start
  while (bytes[at] === OPEN_ARRAY) {
    at++
    for (let n = 0; n < lead && at > 0; n++) at = plainComma(bytes, plainValue(bytes, at))
    if (at <= 0) break
    const isNegative = least < 0 && bytes[at] === MINUS
    let ticks = plainNumber(bytes, isNegative ? at + 1 : at, price.decimals, price.step)
    if (isNegative && ticks > 0) ticks = -ticks
    if (!(ticks >= least)) break
    at = plainComma(bytes, behind)
    if (at < 0) break
    const lots = plainNumber(bytes, at, size.decimals, size.step)
    if (!(lots >= 0)) break
    at = behind
    while (bytes[at] === COMMA) at = plainValue(bytes, plainComma(bytes, at))
    if (bytes[at] !== CLOSE_ARRAY) break
    into.push(ticks, lots)
    scan.at = at + 1
    at = plainComma(bytes, scan.at)
    if (at < 0) break
  }
  return scan.at > start
}
