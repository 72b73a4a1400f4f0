import type { Grid, Instrument } from '../../../../src-shared/instrument'
import { valueOn } from '../../../../src-shared/instrument'
import type { Book, Side } from '../../book/book'
import type { Levels } from '../../book/changes'
import type { ChecksumRule } from '../venue'

/** Levels a side of the venue's `order_book` channel. */
export const AUDITED = 100

const pair = new Float64Array(2)
const words = new Uint32Array(pair.buffer)

/**
 * Bitstamp sends no checksum, so one is made: of the best 100 levels a side as its `order_book` channel tells them, and of the same levels of the rebuilt
 * book. Decimal values are summed, so that a grid refined in between changes nothing. 32 bits, FNV-1a over words.
 */
export function sumOfLevels(bids: Levels, asks: Levels, { price, size }: Instrument): number {
  return sumOfSide(asks, price, size, sumOfSide(bids, price, size, 0x811c9dc5))
}

export const checksum: ChecksumRule = {
  of: ({ bids, asks }: Book, { price, size }) =>
    sumOfBookSide(asks, price, size, sumOfBookSide(bids, price, size, 0x811c9dc5))
}

function sumOfSide({ price, size, count }: Levels, prices: Grid, sizes: Grid, seed: number): number {
  const levels = Math.min(count, AUDITED)
  let sum = Math.imul(seed ^ levels, 0x01000193)
  for (let row = 0; row < levels; row++)
    sum = mix(sum, valueOn(prices, price[row]!), valueOn(sizes, size[row]!))
  return sum >>> 0
}

function sumOfBookSide(side: Side, prices: Grid, sizes: Grid, seed: number): number {
  const levels = Math.min(side.count, AUDITED)
  let sum = Math.imul(seed ^ levels, 0x01000193)
  for (let rank = 0; rank < levels; rank++)
    sum = mix(sum, valueOn(prices, side.price(rank)), valueOn(sizes, side.size(rank)))
  return sum >>> 0
}

function mix(sum: number, price: number, size: number): number {
  pair[0] = price
  pair[1] = size
  let mixed = sum
  for (let word = 0; word < words.length; word++) mixed = Math.imul(mixed ^ words[word]!, 0x01000193)
  return mixed
}
