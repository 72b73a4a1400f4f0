import { tradeFlag } from '../../book/changes'
import { CLOSE_ARRAY, COMMA, OPEN_ARRAY } from '../../scan/bytes'
import { bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../../venues/venue'
import { ExpectedKeys } from '../expected-keys'
import { laneOf, past, pastSame, pastString, pastWhole } from '../own-form'
import { tradeId } from './trade-id'

/** The last are those of options. */
const names = ['T', 's', 'S', 'v', 'p', 'i', 'BT', 'RPI', 'L', 'seq', 'mP', 'iP', 'mIv', 'iv']
const [TIME, SYMBOL, SIDE, SIZE, PRICE, ID, BLOCK, RETAIL, , SEQUENCE] = [
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9
] as const
/** Those without which there is no trade. */
const NEEDED = 2 ** ID - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)
/** Where texts begin that are read once the row's instrument is known, which options and spot name late. */
const places = new Int32Array(names.length)

const words = {
  buy: bytesOfWord('"Buy"'),
  sell: bytesOfWord('"Sell"'),
  true: bytesOfWord('true'),
  false: bytesOfWord('false')
} as const

/** Trades of one instrument in exactly a form that the venue sends: `[{"T":..,"s":..,"S":"Buy","v":"0.1","p":"27000",..},..]`. */
export class OwnTrades {
  lane: Lane | undefined
  readonly #scan: Scanner
  readonly #symbols: Symbols

  constructor(scan: Scanner, symbols: Symbols) {
    this.#scan = scan
    this.#symbols = symbols
  }

  /** Behind the rows, which then stand in the lane; -1 for every other form. */
  stage(from: number, sink: Sink): number {
    const { bytes } = this.#scan
    this.lane = undefined
    if (bytes[from] !== OPEN_ARRAY) return -1
    let symbol = -1
    let at = from
    do {
      at = this.#row(at + 1)
      if (at < 0) return -1
      if (symbol < 0) {
        symbol = places[SYMBOL]!
        const end = pastString(bytes, symbol)
        this.lane = laneOf(this.#scan, symbol + 1, end - 1, this.#symbols, sink)
        this.lane?.trades.reset()
      } else if (pastSame(bytes, places[SYMBOL]!, symbol) < 0) return -1
      if (!this.lane || !this.#push(this.lane)) return -1
    } while (bytes[at] === COMMA)
    return bytes[at] === CLOSE_ARRAY ? at + 1 : -1
  }

  #row(from: number): number {
    const { bytes } = this.#scan
    figures[BLOCK] = figures[RETAIL] = 0
    places[ID] = -1
    let at = from
    for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
      at = pastValue(bytes, keys.value, key)
    return (keys.told & NEEDED) === NEEDED ? keys.end : -1
  }

  #push({ instrument, trades }: Lane): boolean {
    const { bytes } = this.#scan
    const price = plainNumber(bytes, places[PRICE]!, instrument.price, figures, PRICE)
    const size = plainNumber(bytes, places[SIZE]!, instrument.size, figures, SIZE)
    if (price < 0 || size < 0 || !(figures[PRICE]! > 0) || !(figures[SIZE]! > 0)) return false
    const flags = (figures[BLOCK]! > 0 ? tradeFlag.block : 0) | (figures[RETAIL]! > 0 ? tradeFlag.rpi : 0)
    const id = places[ID]! < 0 ? NaN : tradeId(bytes, places[ID]!)
    trades.push(figures[PRICE]!, figures[SIZE]!, figures[SIDE]! > 0 ? 1 : -1, figures[TIME]!, id, flags)
    return true
  }
}

function pastValue(bytes: Uint8Array, at: number, key: number): number {
  places[key] = at
  if (key === TIME || key === SEQUENCE) return pastWhole(bytes, at, figures, key)
  if (key === SIDE) return pastEither(bytes, at, words.buy, words.sell, key)
  if (key === BLOCK || key === RETAIL) return pastEither(bytes, at, words.true, words.false, key)
  return pastString(bytes, at)
}

function pastEither(
  bytes: Uint8Array,
  at: number,
  first: Uint8Array,
  other: Uint8Array,
  key: number
): number {
  const end = past(bytes, at, first)
  figures[key] = end < 0 ? 0 : 1
  return end < 0 ? past(bytes, at, other) : end
}
