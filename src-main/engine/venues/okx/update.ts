import { millis } from '../../../../src-shared/units'
import { past, pastQuotedWhole, pastRows, pastSignedWhole, pastString, laneOf } from '../../dialects/own-form'
import { bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'
import { channels } from './channels'

/** What stands between the values of a book's update, in the order in which the venue sends them. */
const text = {
  symbol: bytesOfWord('{"arg":{"channel":"books","instId":'),
  asks: bytesOfWord('},"action":"update","data":[{"asks":'),
  bids: bytesOfWord(',"bids":'),
  time: bytesOfWord(',"ts":'),
  checksum: bytesOfWord(',"checksum":'),
  last: bytesOfWord(',"seqId":'),
  previous: bytesOfWord(',"prevSeqId":'),
  end: bytesOfWord('}]}')
} as const

const AT = 0
const CHECKSUM = 1
const LAST = 2
const PREVIOUS = 3
const figures = new Float64Array(4)
const WINDOW = channels.get('books')!.window

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
  const { instrument, changes } = lane
  changes.reset()
  at = past(bytes, at, text.asks)
  at = pastRows(scan, at, instrument, 0, 1, changes.asks)
  at = past(bytes, at, text.bids)
  at = pastRows(scan, at, instrument, 0, 1, changes.bids)
  if (past(bytes, pastFigures(bytes, at), text.end) !== bytes.length) return undefined
  changes.window = WINDOW
  changes.at = millis(figures[AT]!)
  changes.first = changes.last = idOf(figures[LAST]!)
  changes.previous = idOf(figures[PREVIOUS]!)
  // 0 stands for "none": the venue stopped summing in 2023.
  changes.checksum = figures[CHECKSUM] === 0 ? NaN : figures[CHECKSUM]!
  return lane
}

/** The ids came in 2023. */
function pastFigures(bytes: Uint8Array, from: number): number {
  let at = past(bytes, from, text.time)
  at = pastQuotedWhole(bytes, at, figures, AT)
  at = past(bytes, at, text.checksum)
  at = pastSignedWhole(bytes, at, figures, CHECKSUM)
  const ids = past(bytes, at, text.last)
  if (ids < 0) {
    figures[LAST] = figures[PREVIOUS] = NaN
    return at
  }
  at = pastSignedWhole(bytes, ids, figures, LAST)
  at = past(bytes, at, text.previous)
  return pastSignedWhole(bytes, at, figures, PREVIOUS)
}

/** Below 0 is no message. */
const idOf = (n: number): number => (n < 0 ? NaN : n)
