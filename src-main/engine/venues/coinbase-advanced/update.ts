import { millis } from '../../../../src-shared/units'
import { laneOf, past, pastSidedRows, pastString, pastWhole } from '../../dialects/own-form'
import { readInstant } from '../../scan/instant'
import { bytesOfWord } from '../../scan/plain'
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
  end: bytesOfWord('}]}')
} as const

/** `{"side":"bid","event_time":"..","price_level":"..","new_quantity":".."}`. */
const row = {
  bid: bytesOfWord('{"side":"bid","event_time":'),
  ask: bytesOfWord('{"side":"offer","event_time":'),
  behindText: bytesOfWord(',"price_level":'),
  thenSize: bytesOfWord(',"new_quantity":'),
  end: bytesOfWord('}')
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
    at = pastSidedRows(bytes, past(bytes, at, text.updates), row, lane.instrument, lane.changes)
    return past(bytes, at, text.end) === bytes.length ? lane : undefined
  }
}
