interface Spending {
  readonly at: number
  readonly weight: number
}

/** So much weight in any rolling window and no more. Times are monotonic ms. */
export class Budget {
  #limit: number
  readonly #windowMs: number
  #spent: Spending[] = []

  constructor(limit: number, windowMs: number) {
    this.#limit = limit
    this.#windowMs = windowMs
  }

  /** No more than that from now on. */
  narrow(limit: number): void {
    this.#limit = Math.min(this.#limit, limit)
  }

  /** How long until `weight` may be spent; 0 is now. Something heavier than the whole budget waits for an empty window. */
  waitMs(weight: number, mono: number): number {
    this.#forget(mono)
    let free = this.#limit - this.#sum()
    if (weight <= free || this.#spent.length === 0) return 0
    for (const { at, weight: freed } of this.#spent) {
      free += freed
      if (weight <= free) return Math.max(1, at + this.#windowMs - mono)
    }
    return Math.max(1, this.#spent.at(-1)!.at + this.#windowMs - mono)
  }

  spend(weight: number, mono: number): void {
    this.#spent.push({ at: mono, weight })
  }

  /** Weight spent in the window that ends at `mono`. */
  used(mono: number): number {
    this.#forget(mono)
    return this.#sum()
  }

  #sum(): number {
    return this.#spent.reduce((sum, { weight }) => sum + weight, 0)
  }

  #forget(mono: number): void {
    if (this.#spent.length > 0 && this.#spent[0]!.at + this.#windowMs <= mono)
      this.#spent = this.#spent.filter(({ at }) => at + this.#windowMs > mono)
  }
}
