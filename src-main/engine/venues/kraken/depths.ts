/** Levels a side that can be subscribed. */
const subscribable: readonly number[] = [10, 25, 100, 500, 1000]

/** Levels a side that we subscribe: the deepest. */
export const DEPTH = 1000
const MOST_PAIRS = 8_192

/** How deep a window each book of one line is: as acknowledged or, in a recording without that, as its snapshot looks. */
export class Depths {
  readonly #acknowledged = new Map<string, number>()
  readonly #seen = new Map<string, number>()

  acknowledge(symbol: string, depth: number): void {
    if (this.#acknowledged.size < MOST_PAIRS) this.#acknowledged.set(symbol, depth)
  }

  /** A snapshot of so many levels on its longer side. */
  see(symbol: string, levels: number): void {
    if (this.#seen.size < MOST_PAIRS) this.#seen.set(symbol, subscribable.includes(levels) ? levels : DEPTH)
  }

  of(symbol: string): number {
    return this.#acknowledged.get(symbol) ?? this.#seen.get(symbol) ?? DEPTH
  }
}
