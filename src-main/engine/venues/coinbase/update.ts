import { millis } from '../../../../src-shared/units'
import { readInstant } from '../../scan/instant'
import { laneOf, past, pastSidedRows, pastString } from '../../dialects/own-form'
import { behind, bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of an update, in the order in which the venue sends them. */
const text = {
  symbol: bytesOfWord('{"type":"l2update","product_id":'),
  changes: bytesOfWord(',"changes":'),
  time: bytesOfWord(',"time":'),
  end: bytesOfWord('}')
} as const

/** `["buy","price","size"]`. */
const row = {
  bid: bytesOfWord('["buy",'),
  ask: bytesOfWord('["sell",'),
  thenSize: bytesOfWord(','),
  end: bytesOfWord(']')
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
  at = pastSidedRows(bytes, past(bytes, at, text.changes), row, lane.instrument, lane.changes)
  at = past(bytes, at, text.time)
  if (at < 0) return undefined
  scan.at = at
  lane.changes.at = millis(readInstant(scan))
  return !scan.failed() && behind(bytes, scan.at, text.end) === bytes.length ? lane : undefined
}
