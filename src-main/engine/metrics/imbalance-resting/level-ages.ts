import type { Levels } from '../../book/changes'
import { PriceMap } from '../../math/price-map'

/** Levels remembered; beyond it what is old or calm again is dropped. */
const mostRemembered = 8_192

/** When the levels of one side came, and how often each price lost its level and got it back. */
export class LevelAges {
  readonly #memoryMs: number
  /** Birth of levels that came while watched. */
  readonly #bornAt = new PriceMap()
  /** When a price's level last went. */
  readonly #goneAt = new PriceMap()
  readonly #flickers = new PriceMap()

  constructor(memoryMs: number) {
    this.#memoryMs = memoryMs
  }

  /** Rows of a committed message with prices between the two. */
  follow({ count, price, size, before }: Levels, at: number, least: number, most: number): void {
    for (let row = 0; row < count; row++) {
      const level = price[row]!
      // Without a touch there is no least or most, and all are followed.
      if (level < least || level > most) continue
      if (before[row] === 0 && size[row]! > 0) this.#come(level, at)
      else if (before[row]! > 0 && size[row] === 0) this.#go(level, at)
    }
    if (this.#bornAt.size > mostRemembered || this.#goneAt.size > mostRemembered) this.#prune(at)
  }

  /** -Infinity for a level that was there before anybody looked. */
  bornAt(price: number): number {
    const at = this.#bornAt.get(price)
    return Number.isNaN(at) ? -Infinity : at
  }

  /** Returns of the level at that price, each counting exp(-age / memory). */
  flicker(price: number, at: number): number {
    if (this.#flickers.size === 0) return 0
    const count = this.#flickers.get(price)
    if (Number.isNaN(count)) return 0
    const last = this.#bornAt.get(price)
    return Number.isNaN(last) ? 0 : count * Math.exp((last - at) / this.#memoryMs)
  }

  forget(): void {
    this.#bornAt.clear()
    this.#goneAt.clear()
    this.#flickers.clear()
  }

  rescale(factor: number): void {
    for (const map of [this.#bornAt, this.#goneAt, this.#flickers]) map.rescale(factor)
  }

  #come(price: number, at: number): void {
    const gone = this.#goneAt.get(price)
    const before = this.#bornAt.get(price)
    const back = at - gone < this.#memoryMs
    const count = Number.isNaN(before)
      ? 0
      : (this.#flickers.get(price) || 0) * Math.exp((before - at) / this.#memoryMs)
    if (back || count > 0) this.#flickers.set(price, count + (back ? 1 : 0))
    this.#bornAt.set(price, at)
    this.#goneAt.delete(price)
  }

  #go(price: number, at: number): void {
    this.#goneAt.set(price, at)
  }

  /** A price whose level went longer ago than the memory, or whose level is older than it, has nothing left to tell. */
  #prune(at: number): void {
    const recent = (time: number): boolean => at - time < this.#memoryMs
    this.#goneAt.filter(recent)
    this.#bornAt.filter(recent)
    this.#flickers.filter((_, price) => !Number.isNaN(this.#bornAt.get(price)))
    // A market that wild is not remembered any further back than this message.
    if (this.#bornAt.size > mostRemembered) this.forget()
  }
}
