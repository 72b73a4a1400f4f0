import { str as crc32 } from 'crc-32'
import type { Instrument } from '../../../../src-shared/instrument'
import { valueOn } from '../../../../src-shared/instrument'
import type { Book } from '../../book/book'
import type { ChecksumRule } from '../venue'

/** Levels a side that are summed. */
const LEVELS = 25

/**
 * CRC-32, signed, over `bid price:bid amount:ask price:-ask amount:...` of the best 25 levels in turn, numbers as JavaScript writes them (`7e-7`). A point of a
 * grid divided by its power of ten is the double nearest to the decimal, which prints as the venue printed it.
 */
export const checksum: ChecksumRule = {
  of: (book, instrument) => crc32(wordsOf(book, instrument).join(':'))
}

function wordsOf({ bids, asks }: Book, { price, size }: Instrument): number[] {
  const words: number[] = []
  for (let rank = 0; rank < LEVELS; rank++) {
    if (rank < bids.count) words.push(valueOn(price, bids.price(rank)), valueOn(size, bids.size(rank)))
    if (rank < asks.count) words.push(valueOn(price, asks.price(rank)), -valueOn(size, asks.size(rank)))
  }
  return words
}
