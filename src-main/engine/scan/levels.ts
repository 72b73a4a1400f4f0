import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import type { OffGrid } from './off-grid'
import type { Scanner } from './scanner'

/**
 * Reads `[["price","size"],...]` in place of what `into` held; numbers may be bare, and items behind the size are passed. A price of 0 fails. Numbers off
 * the grid are noted and their level is left out: who finds any must not use the rest.
 */
export function readLevels(scan: Scanner, { price, size }: Instrument, into: Levels, offGrid: OffGrid): void {
  into.count = 0
  scan.enterArray()
  while (scan.nextItem()) {
    scan.pass(0x5b)
    const ticks = scan.decimal(price)
    if (!(ticks > 0)) refuse('price', ticks, scan, offGrid)
    scan.comma()
    const lots = scan.decimal(size)
    if (!(lots >= 0)) refuse('size', lots, scan, offGrid)
    while (scan.nextItem()) scan.skip()
    if (ticks > 0 && lots >= 0) into.push(ticks, lots)
  }
}

function refuse(which: 'price' | 'size', n: number, scan: Scanner, offGrid: OffGrid): void {
  if (scan.failed()) return
  if (n === 0) scan.fail()
  else offGrid.note(which, scan)
}
