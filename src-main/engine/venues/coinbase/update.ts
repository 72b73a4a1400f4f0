import { millis } from '../../../../src-shared/units'
import { CLOSE_ARRAY, COMMA, OPEN_ARRAY } from '../../scan/bytes'
import { readInstant } from '../../scan/instant'
import { laneOf, past, pastString } from '../../dialects/own-form'
import { behind, bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of an update, in the order in which the venue sends them. */
const text = {
  symbol: bytesOfWord('{"type":"l2update","product_id":'),
  changes: bytesOfWord(',"changes":'),
  buy: bytesOfWord('["buy",'),
  sell: bytesOfWord('["sell",'),
  time: bytesOfWord(',"time":'),
  end: bytesOfWord('}')
} as const

/**
 * An update of one book in exactly the form that the venue sends, read in one pass and staged in the lane of its symbol. Undefined for every other message
 * and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readUpdate(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const symbol = past(bytes, 0, text.symbol)
  let at = pastString(bytes, symbol)
  const lane = at < 0 ? undefined : laneOf(scan, symbol + 1, at - 1, symbols, sink)
  if (!lane) return undefined
  lane.changes.reset()
  at = pastRows(bytes, past(bytes, at, text.changes), lane)
  at = past(bytes, at, text.time)
  if (at < 0) return undefined
  scan.at = at
  lane.changes.at = millis(readInstant(scan))
  return !scan.failed() && behind(bytes, scan.at, text.end) === bytes.length ? lane : undefined
}

/** `[["buy","price","size"],...]`. */
function pastRows(bytes: Uint8Array, from: number, { instrument, changes }: Lane): number {
  if (from < 0 || bytes[from] !== OPEN_ARRAY) return -1
  if (bytes[from + 1] === CLOSE_ARRAY) return from + 2
  const { price, size } = instrument
  let at = from
  do {
    let into = changes.bids
    let row = behind(bytes, ++at, text.buy)
    if (row < 0) {
      into = changes.asks
      row = behind(bytes, at, text.sell)
      if (row < 0) return -1
    }
    if (into.count === into.price.length) into.grow()
    at = plainNumber(bytes, row, price, into.price, into.count)
    if (at < 0 || bytes[at] !== COMMA || !(into.price[into.count]! >= 1)) return -1
    at = plainNumber(bytes, at + 1, size, into.size, into.count)
    if (at < 0 || bytes[at] !== CLOSE_ARRAY) return -1
    into.count++
    at++
  } while (bytes[at] === COMMA)
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}
