import type { Side } from './book'
import type { Levels } from './changes'

/** One side of a group: what each member brings to each price, in whole lots. Allocates only while it grows. */
export class MemberLevels {
  readonly #members: number
  /** Price to its row in `#lots`. */
  readonly #rows = new Map<number, number>()
  #lots: Float64Array
  readonly #free: number[] = []
  #used = 0
  /** Prices changed since they were last taken; a price may stand here twice. */
  readonly #touched: number[] = []

  constructor(members: number) {
    this.#members = members
    this.#lots = new Float64Array(members * 1_024)
  }

  lots(price: number, member: number): number {
    const row = this.#rows.get(price)
    return row === undefined ? 0 : this.#lots[row * this.#members + member]!
  }

  add(price: number, member: number, lots: number): void {
    let row = this.#rows.get(price)
    if (row === undefined) {
      row = this.#free.pop() ?? this.#grown()
      this.#rows.set(price, row)
    }
    this.#lots[row * this.#members + member]! += lots
    if (this.#touched.at(-1) !== price) this.#touched.push(price)
  }

  /**
   * Writes the changed prices with what rests there now, each once, and forgets those where nothing does. With `before`, those that came to the same
   * as there are left out.
   */
  takeTouched(into: Levels, before?: Side): void {
    const touched = this.#touched
    // Sorted, so that a price that stands twice stands together, and the book finds its levels quickly.
    touched.sort(ascending)
    for (let at = 0; at < touched.length; at++) {
      const price = touched[at]!
      if (at > 0 && touched[at - 1] === price) continue
      const lots = this.#total(price)
      if (before?.at(price) !== lots) into.push(price, lots)
      if (lots === 0) this.#forget(price)
    }
    touched.length = 0
  }

  /** Writes every price, in ascending order. */
  takeAll(into: Levels): void {
    this.#touched.length = 0
    for (const price of [...this.#rows.keys()].sort(ascending)) {
      const lots = this.#total(price)
      if (lots > 0) into.push(price, lots)
      else this.#forget(price)
    }
  }

  /** Nothing of the member rests any more. */
  drop(member: number): void {
    for (const row of this.#rows.values()) this.#lots[row * this.#members + member] = 0
  }

  /** All of the member goes out, as changes. */
  retract(member: number): void {
    for (const [price, row] of this.#rows) {
      if (this.#lots[row * this.#members + member] === 0) continue
      this.#lots[row * this.#members + member] = 0
      this.#touched.push(price)
    }
  }

  #total(price: number): number {
    const from = (this.#rows.get(price) ?? 0) * this.#members
    let sum = 0
    for (let member = 0; member < this.#members; member++) sum += this.#lots[from + member]!
    return sum
  }

  #forget(price: number): void {
    const row = this.#rows.get(price)
    if (row === undefined) return
    this.#lots.fill(0, row * this.#members, (row + 1) * this.#members)
    this.#rows.delete(price)
    this.#free.push(row)
  }

  #grown(): number {
    if ((this.#used + 1) * this.#members > this.#lots.length) {
      const larger = new Float64Array(this.#lots.length * 2)
      larger.set(this.#lots)
      this.#lots = larger
    }
    return this.#used++
  }
}

const ascending = (one: number, other: number): number => one - other
