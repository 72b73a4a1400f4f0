import { millis } from '../../../../src-shared/units'
import type { Levels } from '../../book/changes'
import { CLOSE_ARRAY, OPEN_ARRAY, QUOTE } from '../../scan/bytes'
import { readPlainRun } from '../../scan/levels'
import { behind, bytesOfWord, plainValue, plainWhole } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of a book's change, in the order in which the venue sends them. */
const text = {
  topic: bytesOfWord('{"type":"message","topic":"/market/level2:'),
  first: bytesOfWord('","subject":"trade.l2update","data":{"sequenceStart":'),
  last: bytesOfWord(',"sequenceEnd":'),
  symbol: bytesOfWord(',"symbol":'),
  time: bytesOfWord(',"time":'),
  asks: bytesOfWord(',"changes":{"asks":'),
  bids: bytesOfWord(',"bids":'),
  end: bytesOfWord('}}}')
} as const

const FIRST = 0
const LAST = 1
const AT = 2
const figures = new Float64Array(3)

/**
 * A change of one book in exactly the form that the venue sends, read in one pass and staged in the lane of its symbol. Undefined for every other message
 * and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readUpdate(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const symbol = behind(bytes, 0, text.topic)
  if (symbol < 0) return undefined
  // From the quote that opens the text on: a topic is passed as any other string.
  const behindTopic = plainValue(bytes, symbol - '"/market/level2:'.length)
  if (behindTopic < 0) return undefined
  const at = readFigures(bytes, behindTopic - 1)
  if (at < 0) return undefined
  scan.from = symbol
  scan.to = behindTopic - 1
  const lane = sink.lane(symbols.text(scan))
  if (!lane) return undefined
  const { changes } = lane
  changes.reset()
  changes.first = figures[FIRST]!
  changes.last = figures[LAST]!
  changes.at = millis(figures[AT]!)
  scan.at = at
  return readSides(scan, lane) ? lane : undefined
}

function readFigures(bytes: Uint8Array, from: number): number {
  let at = behind(bytes, from, text.first)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, FIRST)
  at = at < 0 ? -1 : behind(bytes, at, text.last)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, LAST)
  at = at < 0 ? -1 : behind(bytes, at, text.symbol)
  if (at < 0 || bytes[at] !== QUOTE) return -1
  at = plainValue(bytes, at)
  at = at < 0 ? -1 : behind(bytes, at, text.time)
  return at < 0 ? -1 : plainWhole(bytes, at, figures, AT)
}

function readSides(scan: Scanner, lane: Lane): boolean {
  const { bids, asks } = lane.changes
  const areRead =
    scan.passText(text.asks) &&
    readSide(scan, lane, asks) &&
    scan.passText(text.bids) &&
    readSide(scan, lane, bids)
  return areRead && behind(scan.bytes, scan.at, text.end) === scan.bytes.length
}

/** `[["price","size","sequence"],...]`; one whose price is 0 needs a closer look. */
function readSide(scan: Scanner, { instrument }: Lane, into: Levels): boolean {
  const { bytes } = scan
  if (bytes[scan.at] !== OPEN_ARRAY) return false
  scan.at++
  if (bytes[scan.at] !== CLOSE_ARRAY && !readPlainRun(scan, instrument, 0, 1, into)) return false
  return bytes[scan.at++] === CLOSE_ARRAY
}
