import type { Side } from '../../book/book'
import { DecayedHistogram } from '../../math/decayed-histogram'
import { DecayedRate } from '../../math/decayed-rate'
import { aroundReach, levelsReach, ticksOf } from './reach'

/** Decades of base currency, a hundredth of one a bin. */
const [low, high, bins] = [-8, 6, 700] as const
const sizeHalfLifeMs = 30 * 60_000
const orderHalfLifeMs = 60 * 60_000
const spanBins = 500
/** Decades of milliseconds that large orders stand, a fiftieth of one a bin. */
const [shortest, longest, standBins] = [1, 7, 300] as const
/** A wall must outlast this share of its like; between the two, and the last of them before so many have ended. */
const outlasted = 0.99
const [leastStandMs, mostStandMs, usualStandMs, leastStood] = [12_000, 20_000, 12_000, 200] as const
/** A wall is a fifth larger than P99.8 of levels: those just above it are many. */
const wallTimes = 1.2
const mostSpanBps = 50
const mostLevels = 200
/** Before so many levels (each counted once a second) and orders nothing is unusual. */
const leastLevels = 5_000
const leastOrders = 500
const sampleMs = 1_000
const leastFlows = 120
/** What takers took counts 1/e after this. */
export const flowMs = 10_000

/** What sizes of levels, additions and orders are usual here: every detector's yardstick. Sizes in base currency. */
export class Scales {
  /** The levels of a side at hand. */
  readonly #prices = new Float64Array(mostLevels)
  readonly #sizes = new Float64Array(mostLevels)
  readonly #levels = new DecayedHistogram(low, high, bins, sizeHalfLifeMs)
  readonly #adds = new DecayedHistogram(low, high, bins, sizeHalfLifeMs)
  readonly #orders = new DecayedHistogram(low, high, bins, orderHalfLifeMs)
  readonly #spans = new DecayedHistogram(0, mostSpanBps, spanBins, orderHalfLifeMs)
  readonly #flows = new DecayedHistogram(low, high, bins, orderHalfLifeMs)
  readonly #stands = new DecayedHistogram(shortest, longest, standBins, orderHalfLifeMs)
  readonly #bought = new DecayedRate(flowMs)
  readonly #sold = new DecayedRate(flowMs)
  /** The largest level within 8 bps of the mid, or 16 steps of price, at the last look, of each side looked at. */
  readonly largest = [NaN, NaN]
  #sampledAt = NaN
  /** A level from here on may be a wall: a fifth above P99.8. NaN while little is known. */
  wall = NaN
  /** So long it must stand to be one: longer than 99 of 100 levels of that size do, 12 to 20 s. */
  standMs: number = usualStandMs
  /** An addition from here on is large: P99. */
  layer = NaN
  /** An order's base currency and span in bps from which it sweeps: P99.9 of each. */
  order = NaN
  span = NaN
  /** Base currency that takers of one side take in ten seconds when it is lively: P90. */
  flow = NaN

  /** In [0, 1]: what of the needed history is there. */
  get share(): number {
    return Math.min(1, this.#levels.weight / leastLevels, this.#orders.weight / leastOrders)
  }

  /** Once a second looks at the levels within 15 bps of the mid, or 30 steps of price (`step` ticks each). */
  look(at: number, sides: readonly Side[], mid: number, basePerLot: number, step: number): void {
    if (at - this.#sampledAt < sampleMs) return
    this.#sampledAt = at
    const reach = ticksOf(levelsReach, mid, step)
    const around = ticksOf(aroundReach, mid, step)
    for (const [place, side] of sides.entries()) {
      let largest = NaN
      const count = side.copy(0, mostLevels, this.#prices, this.#sizes)
      for (let rank = 0; rank < count; rank++) {
        const distance = Math.abs(this.#prices[rank]! - mid)
        if (!(distance <= reach)) break
        const size = this.#sizes[rank]! * basePerLot
        this.#levels.add(at, Math.log10(size))
        if (distance <= around && !(size <= largest)) largest = size
      }
      this.largest[place] = largest
    }
    for (const rate of [this.#bought, this.#sold]) {
      const taken = rate.at(at) * (flowMs / 1_000)
      if (taken > 0) this.#flows.add(at, Math.log10(taken))
    }
    this.#measure()
  }

  /** Share of levels in [0, 1] that are smaller. */
  rankOfLevel(base: number): number {
    return this.#levels.rank(Math.log10(base))
  }

  added(at: number, base: number): void {
    this.#adds.add(at, Math.log10(base))
  }

  ordered(at: number, base: number, spanBps: number): void {
    this.#orders.add(at, Math.log10(base))
    this.#spans.add(at, spanBps)
  }

  /** One of wall size went after `ms`. */
  stood(at: number, ms: number): void {
    this.#stands.add(at, Math.log10(ms))
  }

  /** `sign` +1 bought. */
  taken(at: number, sign: number, base: number): void {
    ;(sign > 0 ? this.#bought : this.#sold).add(at, base)
  }

  /** What takers took just now is not known over a gap; what is usual stays. */
  forgetFlow(): void {
    this.#bought.clear()
    this.#sold.clear()
  }

  save(): number[] {
    return this.#all.flatMap((it) => it.save())
  }

  restore(values: readonly number[]): boolean {
    const sizes = [bins, bins, bins, bins, spanBins, standBins]
    const sum = sizes.reduce((total, it) => total + it, 0)
    if (values.length !== sum || !values.every((it) => it >= 0)) return false
    let from = 0
    return this.#all.every((it, place) => it.restore(values.slice(from, (from += sizes[place]!))))
  }

  get #all(): readonly DecayedHistogram[] {
    return [this.#levels, this.#adds, this.#orders, this.#flows, this.#spans, this.#stands]
  }

  #measure(): void {
    const known = this.#levels.weight >= leastLevels
    this.wall = known ? wallTimes * 10 ** this.#levels.quantile(0.998) : NaN
    this.layer = known ? 10 ** this.#adds.quantile(0.99) : NaN
    const ordersKnown = this.#orders.weight >= leastOrders
    this.order = ordersKnown ? 10 ** this.#orders.quantile(0.999) : NaN
    this.span = ordersKnown ? this.#spans.quantile(0.999) : NaN
    this.standMs =
      this.#stands.weight >= leastStood
        ? Math.min(mostStandMs, Math.max(leastStandMs, 10 ** this.#stands.quantile(outlasted)))
        : usualStandMs
    this.flow = this.#flows.weight >= leastFlows ? 10 ** this.#flows.quantile(0.9) : NaN
  }
}
