/** Levels as two columns, best first. Filled and read within one call, then reused: nobody keeps it. */
export class Levels {
  prices = new Int32Array(1024)
  lots = new Int32Array(1024)
  count = 0

  clear(): void {
    this.count = 0
  }

  push(price: number, lots: number): void {
    if (this.count === this.prices.length) this.#grow()
    this.prices[this.count] = price
    this.lots[this.count++] = lots
  }

  #grow(): void {
    const prices = new Int32Array(this.count * 2)
    const lots = new Int32Array(this.count * 2)
    prices.set(this.prices)
    lots.set(this.lots)
    this.prices = prices
    this.lots = lots
  }
}
