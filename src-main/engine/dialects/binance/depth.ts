import { millis } from '../../../../src-shared/units'
import { QUOTE } from '../../scan/bytes'
import { plainLevels } from '../../scan/levels'
import { behind, bytesOfWord, plainValue, plainWhole } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../../venues/venue'

/** What stands between the values of a depth message, in the order in which the venues send them. */
const text = {
  stream: bytesOfWord('{"stream":'),
  event: bytesOfWord(',"data":{"e":"depthUpdate","E":'),
  transactionTime: bytesOfWord(',"T":'),
  symbol: bytesOfWord(',"s":'),
  pair: bytesOfWord(',"ps":'),
  first: bytesOfWord(',"U":'),
  last: bytesOfWord(',"u":'),
  previous: bytesOfWord(',"pu":'),
  bids: bytesOfWord(',"b":'),
  asks: bytesOfWord(',"a":'),
  end: bytesOfWord('}}')
} as const

const AT = 0
const FIRST = 1
const LAST = 2
const PREVIOUS = 3
const figures = new Float64Array(4)

/**
 * The hot path of the hot path: a depth message in exactly the form that the venues send, staged in the lane of its symbol. Undefined for every other
 * message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readDepth(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  let at = behind(bytes, 0, text.stream)
  if (at < 0) return undefined
  at = plainValue(bytes, at)
  if (at < 0) return undefined
  at = behind(bytes, at, text.event)
  if (at < 0) return undefined
  at = readTimes(bytes, at)
  at = at < 0 ? -1 : behind(bytes, at, text.symbol)
  if (at < 0 || bytes[at] !== QUOTE) return undefined
  const behindSymbol = plainValue(bytes, at)
  scan.from = at + 1
  scan.to = behindSymbol - 1
  at = behindSymbol < 0 ? -1 : readIds(bytes, behindSymbol)
  if (at < 0) return undefined
  const lane = sink.lane(symbols.text(scan))
  return lane && readSides(bytes, at, lane) === bytes.length ? lane : undefined
}

/** The matching engine's time where it is told, else the event's. */
function readTimes(bytes: Uint8Array, from: number): number {
  const at = plainWhole(bytes, from, figures, AT)
  if (at < 0) return -1
  const transactionTime = behind(bytes, at, text.transactionTime)
  return transactionTime < 0 ? at : plainWhole(bytes, transactionTime, figures, AT)
}

function readIds(bytes: Uint8Array, from: number): number {
  const pair = behind(bytes, from, text.pair)
  let at = pair < 0 ? from : plainValue(bytes, pair)
  at = at < 0 ? -1 : behind(bytes, at, text.first)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, FIRST)
  at = at < 0 ? -1 : behind(bytes, at, text.last)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, LAST)
  if (at < 0) return -1
  const previous = behind(bytes, at, text.previous)
  if (previous >= 0) return plainWhole(bytes, previous, figures, PREVIOUS)
  figures[PREVIOUS] = NaN
  return at
}

function readSides(bytes: Uint8Array, from: number, { instrument, changes }: Lane): number {
  changes.isSnapshot = false
  changes.complete = false
  changes.first = figures[FIRST]!
  changes.last = figures[LAST]!
  changes.previous = figures[PREVIOUS]!
  changes.at = millis(figures[AT]!)
  let at = behind(bytes, from, text.bids)
  at = at < 0 ? -1 : plainLevels(bytes, at, instrument, changes.bids)
  at = at < 0 ? -1 : behind(bytes, at, text.asks)
  at = at < 0 ? -1 : plainLevels(bytes, at, instrument, changes.asks)
  return at < 0 ? -1 : behind(bytes, at, text.end)
}
