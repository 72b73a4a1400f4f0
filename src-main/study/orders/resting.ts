import type { OrderEvent, OrderSide } from './events'

/** The resting orders of one side put together by price. Prices and volumes in 1e-8. */
export class Resting {
  readonly #sign: 1 | -1
  readonly #volumes = new Map<number, { volume: number; orders: number }>()
  /** Prices with orders, best LAST: most comes and goes near the touch. */
  readonly #prices: number[] = []

  constructor(side: OrderSide) {
    this.#sign = side === 'bid' ? 1 : -1
  }

  /** NaN when nobody rests. */
  get best(): number {
    return this.#prices.at(-1) ?? NaN
  }

  add({ price, volume }: Pick<OrderEvent, 'price' | 'volume'>): void {
    const level = this.#volumes.get(price)
    if (level) {
      level.volume += volume
      level.orders++
      return
    }
    this.#volumes.set(price, { volume, orders: 1 })
    this.#prices.splice(this.#placeOf(price), 0, price)
  }

  remove({ price, volume }: Pick<OrderEvent, 'price' | 'volume'>): void {
    const level = this.#volumes.get(price)
    if (!level) return
    level.volume -= volume
    level.orders--
    if (level.orders > 0) return
    this.#volumes.delete(price)
    this.#prices.splice(this.#placeOf(price), 1)
  }

  /** The best `count` prices and the volume at each. */
  top(count: number): [price: number, volume: number][] {
    const best = this.#prices.slice(-count).reverse()
    return best.map((price) => [price, this.#volumes.get(price)!.volume])
  }

  #placeOf(price: number): number {
    let low = 0
    let high = this.#prices.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#sign * this.#prices[middle]! < this.#sign * price) low = middle + 1
      else high = middle
    }
    return low
  }
}
