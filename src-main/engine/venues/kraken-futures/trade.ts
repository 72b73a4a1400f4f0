import { ExpectedKeys } from '../../dialects/expected-keys'
import { laneOf, past, pastString, pastWhole } from '../../dialects/own-form'
import { bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

const names = ['feed', 'product_id', 'side', 'type', 'time', 'qty', 'price', 'seq', 'uid']
const [FEED, PRODUCT, SIDE, TYPE, TIME, SIZE, PRICE, SEQUENCE] = [0, 1, 2, 3, 4, 5, 6, 7] as const
/** Those without which there is no trade. */
const NEEDED = 2 ** SEQUENCE - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)

const words = {
  trade: bytesOfWord('"trade"'),
  fill: bytesOfWord('"fill"'),
  buy: bytesOfWord('"buy"'),
  sell: bytesOfWord('"sell"')
} as const

/**
 * An ordinary trade in exactly the form that the venue sends, its keys in any order, read in one pass and staged in the lane of its product. Undefined for every
 * other message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readTrade(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  let lane: Lane | undefined
  let at = 0
  figures[SEQUENCE] = NaN
  for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at)) {
    at = keys.value
    if (key === PRODUCT) {
      const end = pastString(bytes, at)
      lane = end < 0 ? undefined : laneOf(scan, at + 1, end - 1, symbols, sink)
      at = lane ? end : -1
    } else at = pastValue(bytes, at, key, lane)
  }
  if (!lane || keys.end !== bytes.length || (keys.told & NEEDED) !== NEEDED) return undefined
  const { trades, liquidations } = lane
  const [price, size, aggressor] = [figures[PRICE]!, figures[SIZE]!, figures[SIDE]! > 0 ? 1 : -1] as const
  if (!(price > 0) || !(size > 0)) return undefined
  trades.reset().push(price, size, aggressor, figures[TIME]!, figures[SEQUENCE])
  liquidations.reset()
  return lane
}

function pastValue(bytes: Uint8Array, at: number, key: number, lane: Lane | undefined): number {
  if (key === FEED) return past(bytes, at, words.trade)
  if (key === TYPE) return past(bytes, at, words.fill)
  if (key === TIME || key === SEQUENCE) return pastWhole(bytes, at, figures, key)
  if (key === PRICE) return lane ? plainNumber(bytes, at, lane.instrument.price, figures, key) : -1
  if (key === SIZE) return lane ? plainNumber(bytes, at, lane.instrument.size, figures, key) : -1
  if (key !== SIDE) return pastString(bytes, at)
  const bought = past(bytes, at, words.buy)
  figures[SIDE] = bought < 0 ? -1 : 1
  return bought < 0 ? past(bytes, at, words.sell) : bought
}
