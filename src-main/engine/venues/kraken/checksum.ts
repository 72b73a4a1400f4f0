import type { Side } from '../../book/book'
import { Crc32 } from '../../dialects/crc32'
import type { ChecksumRule } from '../venue'
import type { Grid } from '../../../../src-shared/instrument'

/** Levels a side that are summed, whatever the depth subscribed. */
const LEVELS = 10

const crc = new Crc32()

/**
 * CRC-32 of the ten best asks, then the ten best bids, best first: price and size with all decimals of the pair's precision, without point and leading zeros. That
 * is the whole number of the last decimal of that precision, which may be coarser than the book's grid: grids only get finer. A level between the numbers of that
 * precision cannot be the venue's, nor can the sum.
 */
export const krakenChecksum: ChecksumRule = {
  of({ asks, bids }, { price, size }, { priceDecimals, sizeDecimals } = asGrids) {
    crc.reset()
    const priceBy = divisor(price, priceDecimals)
    const sizeBy = divisor(size, sizeDecimals)
    const isWhole =
      add(asks, price.step, priceBy, size.step, sizeBy) && add(bids, price.step, priceBy, size.step, sizeBy)
    return isWhole ? crc.value : NO_SUM
  }
}

const asGrids = { priceDecimals: NaN, sizeDecimals: NaN }
/** Equal to no checksum, which is unsigned. */
const NO_SUM = -1

/** Units of the grid's last decimal in one of the told one. */
const divisor = ({ decimals }: Grid, told: number): number =>
  told < decimals ? Math.round(10 ** (decimals - told)) : 1

/** False at a number that is not whole. */
function add(side: Side, priceStep: number, priceBy: number, sizeStep: number, sizeBy: number): boolean {
  const levels = Math.min(LEVELS, side.count)
  for (let rank = 0; rank < levels; rank++) {
    const price = (side.price(rank) * priceStep) / priceBy
    const size = (side.size(rank) * sizeStep) / sizeBy
    if (!Number.isInteger(price) || !Number.isInteger(size)) return false
    crc.whole(price).whole(size)
  }
  return true
}
