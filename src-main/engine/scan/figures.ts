import type { Instrument } from '../../../src-shared/instrument'
import type { OffGrid } from './off-grid'
import type { Scanner } from './scanner'

/** A book price in ticks, the careful way. NaN where it was refused, which fails the scanner, or noted as off the grid, which does not. */
export function readTicks(
  scan: Scanner,
  { price }: Instrument,
  offGrid: OffGrid,
  allowsZero = false
): number {
  const ticks = scan.decimal(price)
  if (ticks > 0 || scan.failed()) return ticks
  if (Number.isNaN(ticks)) offGrid.note('price', scan)
  else if (!allowsZero) scan.fail()
  return ticks
}

/** A price in ticks that may be 0 or below, the careful way; NaN as for `readTicks`. */
export function readSignedTicks(scan: Scanner, { price }: Instrument, offGrid: OffGrid): number {
  const ticks = scan.signedDecimal(price)
  if (Number.isNaN(ticks) && !scan.failed()) offGrid.note('price', scan)
  return ticks
}

/** A size in lots, the careful way; NaN as for `readTicks`. */
export function readLots(scan: Scanner, { size }: Instrument, offGrid: OffGrid): number {
  const lots = scan.decimal(size)
  if (Number.isNaN(lots) && !scan.failed()) offGrid.note('size', scan)
  return lots
}
