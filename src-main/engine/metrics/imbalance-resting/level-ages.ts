import type { Levels } from '../../book/changes'
import { PriceRows } from '../../math/price-rows'

/** Levels remembered; beyond it what is old or calm again is dropped. */
const mostRemembered = 8_192
/** Numbers of a price's row: when its level last came and went, and how often it came back; NaN where it never did. */
const [born, gone, flickers] = [1, 2, 3] as const

/** Rows of the message at hand in which a level came or went: found first, fetched then, and looked up last. */
let turned = new Int32Array(256)
/** What was fetched is kept, as it is left out otherwise. */
const fetched = new Float64Array(1)

/** When the levels of one side came, and how often each price lost its level and got it back. */
export class LevelAges {
  readonly #memoryMs: number
  readonly #rows = new PriceRows(3)

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs
  }

  /** Rows of a committed message with prices between the two. */
  follow({ count, price, size, before }: Levels, at: number, least: number, most: number): void {
    if (count > turned.length) turned = new Int32Array(2 * count)
    let turns = 0
    for (let row = 0; row < count; row++) {
      const level = price[row]!
      turned[turns] = row
      // Without a touch there is no least or most, and all are followed.
      const isFar = level < least || level > most
      turns += Number(!isFar) & Number((before[row] === 0) !== (size[row] === 0))
    }
    const rows = this.#rows
    let sum = 0
    for (let turn = 0; turn < turns; turn++) sum += rows.fetch(price[turned[turn]!]!)
    fetched[0] = sum
    for (let turn = 0; turn < turns; turn++) {
      const row = turned[turn]!
      if (before[row] === 0) this.#come(price[row]!, at)
      else rows.cells[rows.row(price[row]!) + gone] = at
    }
    if (this.#rows.size > mostRemembered) this.#prune(at)
  }

  /** Where `bornAt` and `flicker` look; -1 for a price of which nothing is remembered. Holds until the next `follow`. */
  find(price: number): number {
    return this.#rows.size === 0 ? -1 : this.#rows.find(price)
  }

  /** -Infinity for a level that was there before anybody looked. */
  bornAt(place: number): number {
    const at = place < 0 ? NaN : this.#rows.cells[place + born]!
    return Number.isNaN(at) ? -Infinity : at
  }

  /** Returns of the level at that price, each counting exp(-age / memory). */
  flicker(place: number, at: number): number {
    const count = place < 0 ? NaN : this.#rows.cells[place + flickers]!
    if (Number.isNaN(count)) return 0
    return count * Math.exp((this.#rows.cells[place + born]! - at) / this.#memoryMs)
  }

  forget(): void {
    this.#rows.clear()
  }

  rescale(factor: number): void {
    this.#rows.rescale(factor)
  }

  #come(price: number, at: number): void {
    const place = this.#rows.row(price)
    const { cells } = this.#rows
    const before = cells[place + born]!
    const isBack = at - cells[place + gone]! < this.#memoryMs
    const count = cells[place + flickers]!
    const left = Number.isNaN(count) ? 0 : count * Math.exp((before - at) / this.#memoryMs)
    if (isBack || left > 0) cells[place + flickers] = left + (isBack ? 1 : 0)
    cells[place + born] = at
    cells[place + gone] = NaN
  }

  /** A price whose level went longer ago than the memory, or whose level is older than it, has nothing left to tell. */
  #prune(at: number): void {
    const isRecent = (time: number): boolean => at - time < this.#memoryMs
    this.#rows.filter((cells, place) => {
      if (!isRecent(cells[place + gone]!)) cells[place + gone] = NaN
      if (!isRecent(cells[place + born]!)) cells[place + born] = cells[place + flickers] = NaN
      return !(Number.isNaN(cells[place + gone]!) && Number.isNaN(cells[place + born]!))
    })
    // A market that wild is not remembered any further back than this message.
    if (this.#rows.size > mostRemembered) this.forget()
  }
}
