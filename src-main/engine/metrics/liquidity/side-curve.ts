import type { Side } from '../../book/book'
import { orderStatistic } from '../../math/order-statistic'

/** Fewer levels say nothing of a median level. */
const leastLevels = 10

/** Levels taken from the book at once, and where they are put: they are read there and then. */
const chunk = 256
const prices = new Float64Array(chunk)
const sizes = new Float64Array(chunk)

/** Up to this distance in ticks a level is within `bps` of the mid however the division is rounded; of the others, which are few, it is asked. */
const surely = (bps: number, mid: number): number => (mid * bps * (1 - 1e-12)) / 1e4

/** How much money rests on one side within each of some distances from the mid, and its largest level. */
export class SideCurve {
  /** By distance, in the order given; NaN where the side is not known that far, or was not looked at as far. */
  readonly money: Float64Array
  /** The largest level's money over that of the median level, NaN with too few levels; and where it stands. */
  wallTimes = NaN
  wallBps = NaN
  readonly #bps: readonly number[]
  readonly #wallReach: number
  #levels = new Float64Array(1_024)

  /** @param bps ascending */
  constructor(bps: readonly number[], wallReach: number) {
    this.money = new Float64Array(bps.length).fill(NaN)
    this.#bps = bps
    this.#wallReach = wallReach
  }

  /**
   * @param perLot quote money of a lot, or of a lot a tick where `byPrice`
   * @param reach bps from the mid; farther distances are left NaN
   */
  read(side: Side, mid: number, perLot: number, byPrice: boolean, reach = Infinity): void {
    this.money.fill(NaN)
    this.wallTimes = this.wallBps = NaN
    // Prices of combinations may be 0 or below: then there are no bps of them.
    if (!(mid > 0)) return
    const bpsOf = (price: number): number => (Math.abs(price - mid) / mid) * 1e4
    const known = Math.abs(side.known) === Infinity ? Infinity : bpsOf(side.known)
    const surelyWall = surely(this.#wallReach, mid)
    let [sum, levels, largest, largestPrice] = [0, 0, 0, NaN]
    let [rank, at, taken] = [0, 0, 0]
    for (let place = 0; place < this.#bps.length && this.#bps[place]! <= reach; place++) {
      const bps = this.#bps[place]!
      const surelyInside = surely(bps, mid)
      for (; rank < side.count; rank++, at++) {
        if (at === taken) {
          taken = side.copy(rank, rank + chunk, prices, sizes)
          at = 0
        }
        const price = prices[at]!
        const far = Math.abs(price - mid)
        if (far > surelyInside && bpsOf(price) > bps) break
        const money = perLot * sizes[at]! * (byPrice ? price : 1)
        sum += money
        if (far > surelyWall && bpsOf(price) > this.#wallReach) continue
        if (levels === this.#levels.length) this.#grow()
        this.#levels[levels++] = money
        if (money > largest) {
          largest = money
          largestPrice = price
        }
      }
      if (bps <= known) this.money[place] = sum
    }
    if (levels < leastLevels || known < this.#wallReach) return
    const median = orderStatistic(this.#levels, levels, levels >> 1)
    this.wallTimes = largest / median
    this.wallBps = bpsOf(largestPrice)
  }

  #grow(): void {
    const larger = new Float64Array(this.#levels.length * 2)
    larger.set(this.#levels)
    this.#levels = larger
  }
}
