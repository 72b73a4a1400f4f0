import { millis } from '../../../../src-shared/units'
import { laneOf, past, pastRows, pastString, pastWhole } from '../../dialects/own-form'
import { BACKSLASH, CLOSE_OBJECT, COMMA, QUOTE, SPACE } from '../../scan/bytes'
import { behind, bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What a change begins and ends with. */
const text = {
  symbol: bytesOfWord('{"jsonrpc":"2.0","method":"subscription","params":{"channel":"book.'),
  data: bytesOfWord('","data":{'),
  end: bytesOfWord('}}')
} as const

/** Its keys with what stands behind them, in the order of 2026; that of 2021 was another. */
const keys = [
  '"timestamp":',
  '"type":"change"',
  '"change_id":',
  '"instrument_name":',
  '"bids":',
  '"asks":',
  '"prev_change_id":'
].map(bytesOfWord)
const [TIME, TYPE, LAST, NAME, BIDS, ASKS, PREVIOUS] = [0, 1, 2, 3, 4, 5, 6] as const
/** All of them. */
const WHOLE = 2 ** keys.length - 1
const DOT = 0x2e

const figures = new Float64Array(keys.length)
/** Which key came behind each last time, first of all behind the place past the last. */
const following = new Uint8Array(keys.length + 1)

/**
 * A change of one full book in exactly the keys that the venue sends, each once and in any order, read in one pass and staged in the lane of its symbol.
 * Undefined for every other message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readChange(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const symbol = behind(bytes, 0, text.symbol)
  const behindSymbol = symbol < 0 ? -1 : nameEnd(bytes, symbol)
  if (behindSymbol < 0 || bytes[behindSymbol] !== DOT) return undefined
  // Behind the second dot stands how often it comes; the grouped channels have more dots.
  const behindChannel = nameEnd(bytes, behindSymbol + 1)
  const data = behindChannel < 0 ? -1 : behind(bytes, behindChannel, text.data)
  if (data < 0) return undefined
  const lane = laneOf(scan, symbol, behindSymbol, symbols, sink)
  if (!lane) return undefined
  const { changes } = lane
  changes.reset()
  if (past(bytes, pastData(scan, data, lane), text.end) !== bytes.length) return undefined
  changes.at = millis(figures[TIME]!)
  changes.last = figures[LAST]!
  changes.previous = figures[PREVIOUS]!
  // What follows 0 begins a book, whatever it is called.
  return changes.previous > 0 ? lane : undefined
}

/** Behind the data's closing brace. */
function pastData(scan: Scanner, from: number, lane: Lane): number {
  const { bytes } = scan
  let told = 0
  let before = keys.length
  let at = from
  for (;;) {
    const key = keyAt(bytes, at, before)
    if (key < 0 || told & (1 << key)) return -1
    told |= 1 << key
    following[before] = key
    before = key
    at = pastValue(scan, at + keys[key]!.length, key, lane)
    if (at < 0) return -1
    if (bytes[at] !== COMMA) return told === WHOLE && bytes[at] === CLOSE_OBJECT ? at + 1 : -1
    at++
  }
}

/** Which key stands at `at`: mostly the one that came there last time. */
function keyAt(bytes: Uint8Array, at: number, before: number): number {
  const expected = following[before]!
  if (behind(bytes, at, keys[expected]!) > 0) return expected
  return keys.findIndex((it) => behind(bytes, at, it) > 0)
}

function pastValue(scan: Scanner, at: number, key: number, { instrument, changes }: Lane): number {
  // What combinations are worth may be nothing or less.
  const least = instrument.product === 'combo' ? -Infinity : 1
  if (key === BIDS) return pastRows(scan, at, instrument, 1, least, changes.bids)
  if (key === ASKS) return pastRows(scan, at, instrument, 1, least, changes.asks)
  if (key === NAME) return pastString(scan.bytes, at)
  return key === TYPE ? at : pastWhole(scan.bytes, at, figures, key)
}

/** Where a name without escapes ends: at a dot or a quote; -1 for what needs a closer look. */
function nameEnd(bytes: Uint8Array, from: number): number {
  let at = from
  let byte = bytes[at]!
  while (byte !== DOT && byte !== QUOTE) {
    if (!(byte >= SPACE) || byte === BACKSLASH) return -1
    byte = bytes[++at]!
  }
  return at
}
