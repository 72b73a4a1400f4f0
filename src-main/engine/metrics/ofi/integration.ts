import { principalComponent } from '../../math/principal-component'
import { RowRing } from '../../math/row-ring'

const leastRows = 60
const mostRows = 1_800

/** Weights of the levels by the first principal component of what flowed in spans of a second, over the last half hour. */
export class Integration {
  readonly #levels: number
  readonly #rows: RowRing
  #weights: readonly number[]
  #explained = NaN

  constructor(levels: number) {
    this.#levels = levels
    this.#rows = new RowRing(levels, mostRows)
    this.#weights = Array<number>(levels).fill(NaN)
  }

  /** L1 norm 1; NaN before the first fit. */
  get weights(): readonly number[] {
    return this.#weights
  }
  /** Share in [0, 1] of the variance that the component explains. */
  get explained(): number {
    return this.#explained
  }
  get seen(): number {
    return this.#rows.length
  }
  get needed(): number {
    return leastRows
  }

  /** Flow of each level over the depth, of one span. */
  add(scaled: ArrayLike<number>): void {
    this.#rows.push(scaled)
  }

  refit(): void {
    if (this.#rows.length < leastRows) return
    const columns = Array.from({ length: this.#levels }, (_, level) =>
      Float64Array.from({ length: this.#rows.length }, (__, row) => this.#rows.value(row, level))
    )
    const { weights, explained } = principalComponent(columns)
    // A book whose levels never change says nothing of how to weigh them: the last weights stay.
    if (weights.some(Number.isNaN)) return
    this.#weights = weights
    this.#explained = explained
  }

  save(): number[] {
    return Number.isNaN(this.#explained) ? [] : [this.#explained, ...this.#weights]
  }

  restore([explained = NaN, ...weights]: readonly number[]): boolean {
    const norm = weights.reduce((sum, it) => sum + Math.abs(it), 0)
    if (weights.length !== this.#levels || !(explained >= 0 && explained <= 1) || Math.abs(norm - 1) > 1e-6)
      return false
    this.#explained = explained
    this.#weights = weights
    return true
  }
}
