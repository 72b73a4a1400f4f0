import { millis } from '../../../../src-shared/units'
import type { Levels } from '../../book/changes'
import { QUOTE } from '../../scan/bytes'
import { plainLevels } from '../../scan/levels'
import { behind, bytesOfWord, plainValue, plainWhole } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../../venues/venue'
import type { Market } from './levels'
import { gateObjects, WINDOW } from './levels'

/** What stands between the values of a change of a book, in the order in which the venue sends them. */
const text = {
  time: bytesOfWord('{"time":'),
  timeMs: bytesOfWord(',"time_ms":'),
  spot: bytesOfWord(',"channel":"spot.order_book_update","event":"update","result":{"t":'),
  futures: bytesOfWord(',"channel":"futures.order_book_update","event":"update","result":{"t":'),
  event: bytesOfWord(',"e":"depthUpdate","E":'),
  symbol: bytesOfWord(',"s":'),
  first: bytesOfWord(',"U":'),
  last: bytesOfWord(',"u":'),
  bids: bytesOfWord(',"b":'),
  asks: bytesOfWord(',"a":'),
  end: bytesOfWord('}}')
} as const

const SENT = 0
const AT = 1
const FIRST = 2
const LAST = 3
const figures = new Float64Array(4)

/**
 * A change of one book in exactly the form that the venue sends, read in one pass and staged in the lane of its symbol. Undefined for every other message
 * and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readDepth(scan: Scanner, market: Market, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const times = readTimes(bytes, market === 'spot' ? text.spot : text.futures)
  const symbol = times < 0 ? -1 : behind(bytes, times, text.symbol)
  if (symbol < 0 || bytes[symbol] !== QUOTE) return undefined
  const behindSymbol = plainValue(bytes, symbol)
  const ids = behindSymbol < 0 ? -1 : readIds(bytes, behindSymbol)
  if (ids < 0) return undefined
  scan.from = symbol + 1
  scan.to = behindSymbol - 1
  const lane = sink.lane(symbols.text(scan))
  if (!lane) return undefined
  const { changes } = lane
  changes.reset()
  changes.window = WINDOW
  changes.first = figures[FIRST]!
  changes.last = figures[LAST]!
  changes.at = millis(figures[AT]!)
  scan.at = ids
  return readSides(scan, market, lane) ? lane : undefined
}

function readTimes(bytes: Uint8Array, channel: Uint8Array): number {
  let at = behind(bytes, 0, text.time)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, SENT)
  const timeMs = at < 0 ? -1 : behind(bytes, at, text.timeMs)
  // Before 2022 only seconds were told.
  if (timeMs >= 0) at = plainWhole(bytes, timeMs, figures, SENT)
  at = at < 0 ? -1 : behind(bytes, at, channel)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, AT)
  const event = at < 0 ? -1 : behind(bytes, at, text.event)
  return event < 0 ? at : plainWhole(bytes, event, figures, SENT)
}

function readIds(bytes: Uint8Array, from: number): number {
  let at = behind(bytes, from, text.first)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, FIRST)
  at = at < 0 ? -1 : behind(bytes, at, text.last)
  return at < 0 ? -1 : plainWhole(bytes, at, figures, LAST)
}

function readSides(scan: Scanner, market: Market, lane: Lane): boolean {
  const { bids, asks } = lane.changes
  const areRead =
    scan.passText(text.bids) &&
    readSide(scan, market, lane, bids) &&
    scan.passText(text.asks) &&
    readSide(scan, market, lane, asks)
  return areRead && behind(scan.bytes, scan.at, text.end) === scan.bytes.length
}

function readSide(scan: Scanner, market: Market, { instrument }: Lane, into: Levels): boolean {
  if (market === 'futures') return gateObjects.readPlain(scan, instrument, into)
  const at = plainLevels(scan.bytes, scan.at, instrument, into)
  scan.at = at
  return at >= 0
}
