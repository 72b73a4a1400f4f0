import type { Instrument } from '../../../src-shared/instrument'
import type { Levels } from '../book/changes'
import { readLots, readTicks } from './figures'
import type { OffGrid } from './off-grid'
import { behind, bytesOfWord, isWord, plainComma, plainNumber, plainValue } from './plain'
import type { Scanner } from './scanner'
import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes'

/**
 * Levels as objects, in any order of keys, keys of no interest passed: `LevelObjects` reads `[{"price":1.2,"qty":3.4},...]` into one side or, where the
 * objects name their side, `[{"side":"bid","px":"1","sz":"2"},...]` into both.
 */

const PRICE = 0
const SIZE = 1

export interface ObjectForm {
  /** Name of the key that holds the price, and of the one that holds the size. */
  readonly price: string
  readonly size: string
  /** Where objects name their side: the key, and the venue's words. Others are refused. */
  readonly side?: { readonly key: string; readonly bid: string; readonly ask: string }
}

export class LevelObjects {
  readonly #firstPrice: Uint8Array
  readonly #thenSize: Uint8Array
  readonly #price: Uint8Array
  readonly #size: Uint8Array
  /** Empty where objects name no side; no key is empty. */
  readonly #side: Uint8Array
  readonly #bid: Uint8Array
  readonly #ask: Uint8Array
  /** The object at hand. */
  readonly #level = new Float64Array(2)
  #into: Levels | undefined

  constructor({ price, size, side }: ObjectForm) {
    this.#firstPrice = bytesOfWord(`{"${price}":`)
    this.#thenSize = bytesOfWord(`,"${size}":`)
    this.#price = bytesOfWord(price)
    this.#size = bytesOfWord(size)
    this.#side = bytesOfWord(side?.key ?? '')
    this.#bid = bytesOfWord(side?.bid ?? '')
    this.#ask = bytesOfWord(side?.ask ?? '')
  }

  /** One side, in place of what `into` held. As strict as `readLevels`; an object without its price or size is refused. */
  read(scan: Scanner, instrument: Instrument, into: Levels, offGrid: OffGrid): void {
    into.count = 0
    this.#readAll(scan, instrument, into, into, offGrid)
  }

  /** One whole array in the form of `#pricesFirst`, in place of what `into` held; false for anything that needs a closer look. Fails nothing. */
  readPlain(scan: Scanner, instrument: Instrument, into: Levels): boolean {
    const { bytes } = scan
    into.count = 0
    if (bytes[scan.at] !== OPEN_ARRAY) return false
    scan.at++
    if (bytes[scan.at] !== CLOSE_ARRAY && !this.#pricesFirst(scan, instrument, into)) return false
    return bytes[scan.at++] === CLOSE_ARRAY
  }

  /** Both sides, in place of what they held; an object without a side is refused. */
  readBoth(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid): void {
    bids.count = 0
    asks.count = 0
    this.#readAll(scan, instrument, bids, asks, offGrid)
  }

  #readAll(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid): void {
    scan.enterArray()
    while (scan.nextItem()) {
      if (bids === asks && this.#pricesFirst(scan, instrument, bids)) continue
      if (this.#plainRun(scan, instrument, bids, asks)) continue
      this.#object(scan, instrument, bids, asks, offGrid)
    }
  }

  #begin(bids: Levels, asks: Levels): void {
    this.#level.fill(NaN)
    this.#into = bids === asks ? bids : undefined
  }

  #object(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels, offGrid: OffGrid): void {
    this.#begin(bids, asks)
    let told = 0
    scan.enterObject()
    while (scan.nextKey()) {
      const key = scan.from - 1
      if (isWord(scan.bytes, key, this.#price)) {
        this.#level[PRICE] = readTicks(scan, instrument, offGrid)
        told |= 1
      } else if (isWord(scan.bytes, key, this.#size)) {
        this.#level[SIZE] = readLots(scan, instrument, offGrid)
        told |= 2
      } else {
        scan.peek()
        if (bids !== asks && isWord(scan.bytes, key, this.#side))
          this.#into = this.#sideAt(scan.bytes, scan.at, bids, asks)
        scan.skip()
      }
    }
    if (told !== 3 || !this.#into) scan.fail()
    else this.#push(this.#into)
  }

  /** False for a level that is not whole. */
  #push(into: Levels): boolean {
    const ticks = this.#level[PRICE]!
    const lots = this.#level[SIZE]!
    if (!(ticks > 0) || !(lots >= 0)) return false
    into.push(ticks, lots)
    return true
  }

  /** The hottest path: as many levels as come as `{"price":1.2,"qty":3}`, in this order, other keys behind them. Stops as `readLevels` does. */
  #pricesFirst(scan: Scanner, { price, size }: Instrument, into: Levels): boolean {
    const { bytes, at: start } = scan
    const [priceKey, sizeKey] = [this.#firstPrice, this.#thenSize]
    let { price: prices, size: sizes, count } = into
    let done = start
    let at = start
    for (;;) {
      if (count === prices.length) {
        into.grow()
        prices = into.price
        sizes = into.size
      }
      at = behind(bytes, at, priceKey)
      if (at < 0) break
      at = plainNumber(bytes, at, price, prices, count)
      if (at < 0 || prices[count] === 0) break
      at = behind(bytes, at, sizeKey)
      if (at < 0) break
      at = plainNumber(bytes, at, size, sizes, count)
      while (bytes[at] === COMMA) at = this.#otherKey(bytes, at + 1)
      if (bytes[at] !== CLOSE_OBJECT) break
      count++
      done = ++at
      if (bytes[at] !== COMMA) break
      at++
    }
    into.count = count
    scan.at = done
    return done > start
  }

  /** Behind a key that is neither price nor size, and its value. */
  #otherKey(bytes: Uint8Array, from: number): number {
    if (isWord(bytes, from, this.#price) || isWord(bytes, from, this.#size)) return -1
    return bytes[from] === QUOTE ? plainValue(bytes, behindColon(bytes, plainValue(bytes, from))) : -1
  }

  /** The hot path, as in `readLevels`. */
  #plainRun(scan: Scanner, instrument: Instrument, bids: Levels, asks: Levels): boolean {
    const { bytes, at: start } = scan
    let at = start
    while (bytes[at] === OPEN_OBJECT) {
      this.#begin(bids, asks)
      at = this.#plainObject(bytes, at + 1, instrument, bids, asks)
      if (at < 0 || !this.#into || !this.#push(this.#into)) break
      scan.at = at
      at = plainComma(bytes, at)
    }
    return scan.at > start
  }

  /** Behind the object whose first key begins at `from`; -1 where it needs a closer look. */
  #plainObject(
    bytes: Uint8Array,
    from: number,
    { price, size }: Instrument,
    bids: Levels,
    asks: Levels
  ): number {
    let at = from
    while (bytes[at] === QUOTE) {
      let value = behindKey(bytes, at, this.#price)
      if (value > 0) {
        at = plainNumber(bytes, value, price, this.#level, PRICE)
        if (this.#level[PRICE] === 0) return -1
      } else if ((value = behindKey(bytes, at, this.#size)) > 0) {
        at = plainNumber(bytes, value, size, this.#level, SIZE)
      } else {
        value = behindColon(bytes, plainValue(bytes, at))
        if (bids !== asks && isWord(bytes, at, this.#side))
          this.#into = this.#sideAt(bytes, value, bids, asks)
        at = plainValue(bytes, value)
      }
      if (bytes[at] === CLOSE_OBJECT) return at + 1
      at = plainComma(bytes, at)
    }
    return -1
  }

  #sideAt(bytes: Uint8Array, at: number, bids: Levels, asks: Levels): Levels | undefined {
    if (isWord(bytes, at, this.#bid)) return bids
    return isWord(bytes, at, this.#ask) ? asks : undefined
  }
}

/** Where the value of the key at `at` begins, -1 where that is another key. */
function behindKey(bytes: Uint8Array, at: number, key: Uint8Array): number {
  return isWord(bytes, at, key) ? behindColon(bytes, at + key.length + 2) : -1
}

function behindColon(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== COLON) return -1
  return bytes[at + 1] === SPACE ? at + 2 : at + 1
}
