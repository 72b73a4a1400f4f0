import { millis } from '../../../../src-shared/units'
import { QUOTE } from '../../scan/bytes'
import { readInstant } from '../../scan/instant'
import type { LevelObjects } from '../../scan/level-objects'
import { behind, bytesOfWord, plainValue, plainWhole } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of a book's update, in the order in which the venue sends them. */
const text = {
  symbol: bytesOfWord('{"channel":"book","type":"update","data":[{"symbol":'),
  bids: bytesOfWord(',"bids":'),
  asks: bytesOfWord(',"asks":'),
  checksum: bytesOfWord(',"checksum":'),
  timestamp: bytesOfWord(',"timestamp":'),
  end: bytesOfWord('}]}')
} as const

const checksum = new Float64Array(1)

/**
 * An update of one book in exactly the form that the venue sends, read in one pass and staged in the lane of its symbol. Undefined for every other message
 * and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readUpdate(
  scan: Scanner,
  levels: LevelObjects,
  symbols: Symbols,
  sink: Sink
): Lane | undefined {
  const { bytes } = scan
  const symbol = behind(bytes, 0, text.symbol)
  if (symbol < 0 || bytes[symbol] !== QUOTE) return undefined
  const behindSymbol = plainValue(bytes, symbol)
  if (behindSymbol < 0) return undefined
  scan.from = symbol + 1
  scan.to = behindSymbol - 1
  const lane = sink.lane(symbols.text(scan))
  if (!lane) return undefined
  const { instrument, changes } = lane
  changes.reset()
  scan.at = behindSymbol
  const hasSides =
    scan.passText(text.bids) &&
    levels.readPlain(scan, instrument, changes.bids) &&
    scan.passText(text.asks) &&
    levels.readPlain(scan, instrument, changes.asks)
  return hasSides && readTail(scan, lane) ? lane : undefined
}

/** The checksum and, since 2025, the time; then the message must be at its end. */
function readTail(scan: Scanner, { changes }: Lane): boolean {
  const { bytes } = scan
  if (!scan.passText(text.checksum)) return false
  const at = plainWhole(bytes, scan.at, checksum, 0)
  if (at < 0) return false
  changes.checksum = checksum[0]!
  scan.at = at
  if (scan.passText(text.timestamp)) changes.at = millis(readInstant(scan))
  return !scan.failed() && behind(bytes, scan.at, text.end) === bytes.length
}
