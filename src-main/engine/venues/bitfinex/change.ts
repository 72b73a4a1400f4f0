import { millis } from '../../../../src-shared/units'
import type { Instrument } from '../../../../src-shared/instrument'
import type { Changes } from '../../book/changes'
import { CLOSE_ARRAY, COMMA, MINUS, NINE, OPEN_ARRAY, ZERO } from '../../scan/bytes'
import { plainNumber, plainValue, plainWhole } from '../../scan/plain'
import type { Lane, Sink } from '../venue'
import type { Channels } from './channels'
import type { Trailer } from './trailer'

const CHANNEL = 0
const PRICE = 1
const COUNT = 2
const SIZE = 3
const BEHIND = 4
const figures = new Float64Array(5)

/**
 * A change of one level, `[channel,[price,count,amount],counter,time]`, read in one pass and staged in the lane of its channel; the trailer then holds what stands
 * behind it. Undefined for every other message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readChange(
  bytes: Uint8Array,
  channels: Channels,
  trailer: Trailer,
  sink: Sink
): Lane | undefined {
  if (bytes[0] !== OPEN_ARRAY) return undefined
  let at = plainWhole(bytes, 1, figures, CHANNEL)
  if (at < 0 || bytes[at] !== COMMA || bytes[at + 1] !== OPEN_ARRAY) return undefined
  const subscription = channels.find(figures[CHANNEL]!)
  const lane = subscription?.channel === 'book' ? sink.lane(subscription.symbol) : undefined
  if (!subscription || !lane) return undefined
  const { changes, instrument } = lane
  changes.reset()
  at = pastLevel(bytes, at + 2, instrument, changes)
  if (at < 0 || pastTrailer(bytes, at, trailer) !== bytes.length) return undefined
  changes.window = subscription.levels
  changes.first = changes.last = trailer.sequence
  changes.at = millis(trailer.at)
  return lane
}

/** `price,count,amount]`: an amount below 0 is an ask, and a count of 0 removes the level, whatever the amount's digits. */
function pastLevel(bytes: Uint8Array, from: number, { price, size }: Instrument, changes: Changes): number {
  let at = plainNumber(bytes, from, price, figures, PRICE)
  if (at < 0 || bytes[at] !== COMMA || !(figures[PRICE]! >= 1)) return -1
  at = plainWhole(bytes, at + 1, figures, COUNT)
  if (at < 0 || bytes[at] !== COMMA) return -1
  const isAsk = bytes[++at] === MINUS
  if (isAsk) at++
  if (!isDigit(bytes[at])) return -1
  if (figures[COUNT] === 0) {
    figures[SIZE] = 0
    at = plainValue(bytes, at)
  } else at = plainNumber(bytes, at, size, figures, SIZE)
  if (at < 0 || bytes[at] !== CLOSE_ARRAY) return -1
  ;(isAsk ? changes.asks : changes.bids).push(figures[PRICE]!, figures[SIZE]!)
  return at + 1
}

/** The line's counter and the time, as far as they were asked for. */
function pastTrailer(bytes: Uint8Array, from: number, trailer: Trailer): number {
  trailer.begin()
  let at = from
  while (bytes[at] === COMMA) {
    at = plainWhole(bytes, at + 1, figures, BEHIND)
    if (at < 0) return -1
    trailer.take(figures[BEHIND]!)
  }
  return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= ZERO && byte <= NINE
