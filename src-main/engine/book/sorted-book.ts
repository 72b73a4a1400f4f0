import { mostLevels, SidedBook } from './sided-book'
import { SortedSide } from './sorted-side'

/** The general book: sorted typed arrays, 16 bytes a level, quick for any spread of prices. */
export class SortedBook extends SidedBook {
  /** @param most levels kept on a side; beyond it the worst eighth is forgotten and counts as unknown */
  constructor(most = mostLevels) {
    super(new SortedSide(1, most), new SortedSide(-1, most))
  }
}
