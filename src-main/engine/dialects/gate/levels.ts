import type { Instrument } from '../../../../src-shared/instrument'
import type { Levels } from '../../book/changes'
import { LevelObjects } from '../../scan/level-objects'
import { readLevels } from '../../scan/levels'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'

/** Gate's streams tell of the best 100 levels a side, and delete what falls out of them. */
export const WINDOW = 100

export type Market = 'spot' | 'futures'

/** The levels of futures. */
export const gateObjects = new LevelObjects({ price: 'p', size: 's' })

/** One side: `[["price","size"],...]` on spot, `[{"p":"price","s":contracts},...]` on futures. */
export function readSide(
  market: Market,
  scan: Scanner,
  instrument: Instrument,
  into: Levels,
  offGrid: OffGrid
): void {
  if (market === 'spot') readLevels(scan, instrument, into, offGrid)
  else gateObjects.read(scan, instrument, into, offGrid)
}
