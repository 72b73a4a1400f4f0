import { solveLinear } from './solve-linear'

export const imbalanceBins = 10
export const widestSpread = 2
const states = imbalanceBins * widestSpread
/** Terms of the series: far beyond, rounding drifts, as B has the eigenvalue 1. */
const terms = 200

/** Where a quote stands: its imbalance bin, 0..9 (9 when all rests on the bid), and its spread, 1..2 ticks. */
export interface QuoteState {
  readonly bin: number
  readonly spread: number
}

/** Undefined where the spread is wider than the table knows, or no whole ticks (quotes on finer steps than the venue’s list tells). Sizes are whole numbers, so that 60:40 is bin 6 exactly. */
export function quoteState(
  bid: number,
  ask: number,
  bidSize: number,
  askSize: number
): QuoteState | undefined {
  const spread = ask - bid
  const isKnown = Number.isInteger(spread) && spread >= 1 && spread <= widestSpread
  if (!isKnown || !(bidSize + askSize > 0)) return undefined
  return { bin: Math.min(9, Math.floor((10 * bidSize) / (bidSize + askSize))), spread }
}

/** Adjustments of the mid in ticks by imbalance bin. */
export interface MicropriceTable {
  /** Transitions counted, before the mirror images are added. */
  readonly transitions: number
  /** How often the state was seen until the table was made, its mirror image counted with it. */
  visits(state: QuoteState): number
  /** Expected next move of the mid. */
  first(spread: number): readonly number[]
  /** Stoikov's G*: expected sum of the moves to come. */
  all(spread: number): readonly number[]
}

/** Counts what follows what, and solves for the micro-price (Stoikov 2018): G1 = (1 - Q)^-1 R1 K, B = (1 - Q)^-1 R2, G* = G1 + B G1 + B^2 G1 + ... */
export class MicropriceFit {
  readonly #still = counts()
  readonly #moved = counts()
  /** Ticks moved, summed by state: R1 K before it is normalised. */
  readonly #moves = new Float64Array(states)
  #transitions = 0

  /** `move` of the mid in ticks; only -1, -0.5, 0, 0.5 and 1 are counted, each with its mirror image. */
  add(from: QuoteState, to: QuoteState, move: number): void {
    if (Math.abs(move) > 1) return
    this.#transitions++
    this.#count(placeOf(from), placeOf(to), move)
    this.#count(placeOf(mirrored(from)), placeOf(mirrored(to)), -move)
  }

  /** How often the state was seen, its mirror image counted with it. */
  visits({ bin, spread }: QuoteState): number {
    const place = placeOf({ bin, spread })
    return sum(this.#still[place]!) + sum(this.#moved[place]!)
  }

  /** Everything counted so far counts for this share of what it did. */
  fade(share: number): void {
    for (const rows of [this.#still, this.#moved])
      for (const row of rows) for (let to = 0; to < states; to++) row[to]! *= share
    for (let state = 0; state < states; state++) this.#moves[state]! *= share
    this.#transitions *= share
  }

  solve(): MicropriceTable {
    const visits = this.#still.map((row, i) => sum(row) + sum(this.#moved[i]!))
    // A state never seen expects nothing.
    const share = (count: number, state: number) => (count === 0 ? 0 : count / visits[state]!)
    const left = this.#still.map((row, i) => row.map((it, j) => (i === j ? 1 : 0) - share(it, i)))
    const right = this.#moved.map((row, i) => [share(this.#moves[i]!, i), ...row.map((it) => share(it, i))])
    const solved = solveLinear(left, right)
    const first = solved.map((row) => row[0]!)
    const all = seriesOf(solved, first)
    const ofSpread = (values: readonly number[]) => (spread: number) =>
      values.slice((spread - 1) * imbalanceBins, spread * imbalanceBins)
    return {
      transitions: this.#transitions,
      visits: (state) => visits[placeOf(state)]!,
      ...{ first: ofSpread(first), all: ofSpread(all) }
    }
  }

  #count(from: number, to: number, move: number): void {
    const row = (move === 0 ? this.#still : this.#moved)[from]!
    row[to]!++
    this.#moves[from]! += move
  }
}

/** G1 + B G1 + B^2 G1 + ..., B in the columns of `solved` after the first. */
function seriesOf(solved: readonly (readonly number[])[], first: readonly number[]): number[] {
  const all = [...first]
  let step = Float64Array.from(first)
  let next = new Float64Array(states)
  for (let term = 0; term < terms; term++) {
    for (let i = 0; i < states; i++) {
      const row = solved[i]!
      let total = 0
      for (let j = 0; j < states; j++) total += row[j + 1]! * step[j]!
      next[i] = total
      all[i]! += total
    }
    ;[step, next] = [next, step]
  }
  return all
}

const counts = (): number[][] => Array.from({ length: states }, () => Array<number>(states).fill(0))
const sum = (row: readonly number[]): number => row.reduce((total, it) => total + it, 0)
const placeOf = ({ bin, spread }: QuoteState): number => (spread - 1) * imbalanceBins + bin
const mirrored = ({ bin, spread }: QuoteState): QuoteState => ({ bin: imbalanceBins - 1 - bin, spread })
