import { LadderSide } from './ladder-side'
import { mostLevels, SidedBook } from './sided-book'

/** The book for instruments in focus and for dense prices: a slot a tick around the touch, up to 4 MiB where levels lie everywhere. */
export class LadderBook extends SidedBook {
  /** @param most levels kept on a side, as by `SortedBook` @param slots ticks around the touch that have a slot, a power of 2 from 1,024 */
  constructor(most = mostLevels, slots?: number) {
    super(new LadderSide(1, most, slots), new LadderSide(-1, most, slots))
  }
}
