import type { Grid } from '../../../../src-shared/instrument'
import type { Book, Side } from '../../book/book'
import { Crc32 } from '../../dialects/crc32'
import type { ChecksumRule } from '../../venues/venue'

/** Levels a side that are summed. */
const LEVELS = 25
const crc = new Crc32()

/** CRC-32, signed, of `bid:size:ask:size:...` over the best 25 a side, in turn while both last; numbers as the venue writes them, without zeros at their end. */
export const checksum: ChecksumRule = {
  of({ bids, asks }: Book, { price, size }) {
    const parts: string[] = []
    const add = (side: Side, rank: number) => {
      if (rank < side.count) parts.push(decimal(price, side.price(rank)), decimal(size, side.size(rank)))
    }
    for (let rank = 0; rank < LEVELS; rank++) {
      add(bids, rank)
      add(asks, rank)
    }
    crc.reset()
    for (const letter of Buffer.from(parts.join(':'))) crc.byte(letter)
    return crc.value | 0
  }
}

/** The n-th point of a grid as the shortest decimal text. */
export function decimal({ decimals, step }: Grid, n: number): string {
  const digits = String(n * step).padStart(decimals + 1, '0')
  if (decimals === 0) return digits
  const fraction = digits.slice(-decimals).replace(/0+$/, '')
  const whole = digits.slice(0, -decimals)
  return fraction === '' ? whole : `${whole}.${fraction}`
}
