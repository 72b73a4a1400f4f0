import { QUOTE, ZERO } from '../../scan/bytes'

/** The number in the quotes that begin at `from`, which have an end; NaN for any other text: most ids are UUIDs, or numbers of 19 digits. */
export function tradeId(bytes: Uint8Array, from: number): number {
  let id = 0
  let at = from + 1
  for (; bytes[at] !== QUOTE; at++) {
    const digit = bytes[at]! - ZERO
    if (!(digit >= 0 && digit <= 9)) return NaN
    id = id * 10 + digit
  }
  return at > from + 1 && id <= Number.MAX_SAFE_INTEGER ? id : NaN
}
