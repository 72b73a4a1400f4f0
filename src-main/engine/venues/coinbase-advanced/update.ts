import { millis } from '../../../../src-shared/units'
import { laneOf, past, pastString, pastWhole } from '../../dialects/own-form'
import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY } from '../../scan/bytes'
import { readInstant } from '../../scan/instant'
import { behind, bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of a book's update, in the order in which the venue sends them. */
const text = {
  client: bytesOfWord('{"channel":"l2_data","client_id":'),
  time: bytesOfWord(',"timestamp":'),
  sequence: bytesOfWord(',"sequence_num":'),
  symbol: bytesOfWord(',"events":[{"type":"update","product_id":'),
  updates: bytesOfWord(',"updates":'),
  bid: bytesOfWord('{"side":"bid","event_time":'),
  offer: bytesOfWord('{"side":"offer","event_time":'),
  price: bytesOfWord(',"price_level":'),
  size: bytesOfWord(',"new_quantity":'),
  end: bytesOfWord('}]}')
} as const

const number = new Float64Array(1)

/** Reads an update of one book in exactly the form that the venue sends. */
export class Update {
  /** The line's counter in the update read last. */
  sequence = NaN

  /**
   * The lane of its symbol, with the update staged in it in one pass. Undefined for every other message and form, which the reader then reads from
   * the beginning: nothing is refused here.
   */
  read(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
    const { bytes } = scan
    const sent = past(bytes, pastString(bytes, past(bytes, 0, text.client)), text.time)
    if (sent < 0) return undefined
    scan.at = sent
    const sentAt = readInstant(scan)
    if (scan.failed()) return undefined
    let at = pastWhole(bytes, past(bytes, scan.at, text.sequence), number, 0)
    const symbol = past(bytes, at, text.symbol)
    at = pastString(bytes, symbol)
    const lane = at < 0 ? undefined : laneOf(scan, symbol + 1, at - 1, symbols, sink)
    if (!lane) return undefined
    lane.changes.reset()
    lane.changes.at = millis(sentAt)
    this.sequence = number[0]!
    at = pastRows(bytes, past(bytes, at, text.updates), lane)
    return past(bytes, at, text.end) === bytes.length ? lane : undefined
  }
}

/** `[{"side":"bid","event_time":"..","price_level":"..","new_quantity":".."},...]`. */
function pastRows(bytes: Uint8Array, from: number, { instrument, changes }: Lane): number {
  if (from < 0 || bytes[from] !== OPEN_ARRAY) return -1
  if (bytes[from + 1] === CLOSE_ARRAY) return from + 2
  const { price, size } = instrument
  let at = from
  do {
    let into = changes.bids
    let row = behind(bytes, ++at, text.bid)
    if (row < 0) {
      into = changes.asks
      row = behind(bytes, at, text.offer)
    }
    row = past(bytes, pastString(bytes, row), text.price)
    if (row < 0) return -1
    if (into.count === into.price.length) into.grow()
    at = plainNumber(bytes, row, price, into.price, into.count)
    at = past(bytes, at, text.size)
    if (at < 0 || !(into.price[into.count]! >= 1)) return -1
    at = plainNumber(bytes, at, size, into.size, into.count)
    if (at < 0 || bytes[at] !== CLOSE_OBJECT) return -1
    into.count++
    at++
  } while (bytes[at] === COMMA)
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}
