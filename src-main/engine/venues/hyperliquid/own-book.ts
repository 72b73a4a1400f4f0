import { millis } from '../../../../src-shared/units'
import type { Instrument } from '../../../../src-shared/instrument'
import type { Levels } from '../../book/changes'
import { ExpectedKeys } from '../../dialects/expected-keys'
import { laneOf, past, pastString, pastWhole } from '../../dialects/own-form'
import { CLOSE_ARRAY, CLOSE_OBJECT, COMMA, OPEN_ARRAY } from '../../scan/bytes'
import { behind, bytesOfWord, plainNumber, plainValue } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands around the data of a book, and between the values of a level: how many orders it has came first in 2025, and last before and since. */
const text = {
  data: bytesOfWord('{"channel":"l2Book","data":'),
  end: bytesOfWord('}'),
  count: bytesOfWord('{"n":'),
  thenPrice: bytesOfWord(',"px":'),
  price: bytesOfWord('{"px":'),
  size: bytesOfWord(',"sz":'),
  thenCount: bytesOfWord(',"n":')
} as const

const names = ['coin', 'time', 'levels']
const [COIN, TIME] = [0, 1] as const
/** All of them. */
const WHOLE = 2 ** names.length - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)

/**
 * The sides and the time of a book in exactly a form that the venue sends, read in one pass and staged in the lane of its coin. Undefined for every other
 * message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readBook(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const data = past(bytes, 0, text.data)
  if (data < 0) return undefined
  let lane: Lane | undefined
  let at = data
  for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at)) {
    at = keys.value
    if (key === TIME) at = pastWhole(bytes, at, figures, TIME)
    else if (key === COIN) {
      const end = pastString(bytes, at)
      lane = end < 0 ? undefined : laneOf(scan, at + 1, end - 1, symbols, sink)
      lane?.changes.reset()
      at = lane ? end : -1
    } else at = lane ? pastSides(bytes, at, lane) : -1
  }
  if (keys.told !== WHOLE || past(bytes, keys.end, text.end) !== bytes.length) return undefined
  if (lane) lane.changes.at = millis(figures[TIME]!)
  return lane
}

function pastSides(bytes: Uint8Array, from: number, { instrument, changes }: Lane): number {
  if (bytes[from] !== OPEN_ARRAY) return -1
  const at = pastLevels(bytes, from + 1, instrument, changes.bids)
  if (at < 0 || bytes[at] !== COMMA) return -1
  const end = pastLevels(bytes, at + 1, instrument, changes.asks)
  return end > 0 && bytes[end] === CLOSE_ARRAY ? end + 1 : -1
}

/** `[{"px":"105055.0","sz":"3.03622","n":5},...]`. */
function pastLevels(bytes: Uint8Array, from: number, { price, size }: Instrument, into: Levels): number {
  if (bytes[from] !== OPEN_ARRAY) return -1
  if (bytes[from + 1] === CLOSE_ARRAY) return from + 2
  let at = from
  do {
    const count = behind(bytes, ++at, text.count)
    at = count < 0 ? behind(bytes, at, text.price) : past(bytes, plainValue(bytes, count), text.thenPrice)
    if (at < 0) return -1
    if (into.count === into.price.length) into.grow()
    at = past(bytes, plainNumber(bytes, at, price, into.price, into.count), text.size)
    if (at < 0 || !(into.price[into.count]! >= 1)) return -1
    at = plainNumber(bytes, at, size, into.size, into.count)
    if (count < 0) at = pastCount(bytes, at)
    if (at < 0 || bytes[at] !== CLOSE_OBJECT) return -1
    into.count++
    at++
  } while (bytes[at] === COMMA)
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}

function pastCount(bytes: Uint8Array, from: number): number {
  const at = past(bytes, from, text.thenCount)
  return at < 0 ? -1 : plainValue(bytes, at)
}
