import type { Side } from '../../book/book'
import { Crc32 } from '../../dialects/crc32'
import type { ChecksumRule } from '../venue'
import type { Grid } from '../../../../src-shared/instrument'

/** Levels a side that are summed, whatever the depth subscribed. */
const LEVELS = 10

const crc = new Crc32()

/**
 * CRC-32 of the ten best asks, then the ten best bids, best first: price and size with all decimals of the pair's precision, without point and leading zeros. That
 * is the whole number of the last decimal, so that nothing but a grid of the pair's precision is needed.
 */
export const krakenChecksum: ChecksumRule = {
  of({ asks, bids }, { price, size }) {
    crc.reset()
    add(asks, price, size)
    add(bids, price, size)
    return crc.value
  }
}

function add(side: Side, price: Grid, size: Grid): void {
  const levels = Math.min(LEVELS, side.count)
  for (let rank = 0; rank < levels; rank++)
    crc.whole(side.price(rank) * price.step).whole(side.size(rank) * size.step)
}
