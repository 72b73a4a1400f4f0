import { DecayedHistogram } from '../../math/decayed-histogram'

/** Decades of quote money per order that are told apart, a hundredth of one each: from a satoshi, where that is the quote, to billions of dollars in rupiah. */
const [low, high] = [-8, 14]
const bins = 2_200
/** Orders of own history before one may be called large: ten lie above P99.9. */
export const leastOrders = 10_000
const renewMs = 1_000

/** What an order's money must exceed to be one of the thousandth largest of the own history. */
export class LargeTrades {
  readonly #history: DecayedHistogram
  #threshold = NaN
  #renewedAt = NaN

  constructor(halfLifeMs: number) {
    this.#history = new DecayedHistogram(low, high, bins, halfLifeMs)
  }

  /** Orders seen, by their weight now. */
  get orders(): number {
    return this.#history.weight
  }

  /** Quote money; NaN while the history is short. To within 2.3 %, the width of a bin. */
  threshold(at: number): number {
    if (!(at - this.#renewedAt < renewMs)) {
      this.#threshold = this.orders >= leastOrders ? 10 ** this.#history.quantile(0.999) : NaN
      this.#renewedAt = at
    }
    return this.#threshold
  }

  /** Whether it is larger than what came before; it counts in the history from now on. */
  add(at: number, money: number): boolean {
    const isLarge = money > this.threshold(at)
    this.#history.add(at, Math.log10(money))
    return isLarge
  }

  /** The same orders, which count half after another time. */
  fadingIn(halfLifeMs: number): LargeTrades {
    const other = new LargeTrades(halfLifeMs)
    other.restore(this.save())
    return other
  }

  save(): number[] {
    return this.#history.save()
  }

  restore(values: readonly number[]): boolean {
    return this.#history.restore(values)
  }
}
