import type { Alert } from '../../../src-shared/alert'
import type { Outcome } from '../../../src-shared/alerts/record'
import { outcomeHorizons } from '../../../src-shared/alerts/record'
import { outcomeOf } from '../alerts/outcome'
import { RowRing } from '../math/row-ring'

/** A sample each 100 ms over the last horizon, and a little more. */
const rows = outcomeHorizons.at(-1)! / 100 + 100

interface Waiting {
  readonly id: string
  readonly at: number
  mid: number
  readonly halfSpreadBps: number
  readonly sign: 1 | -1
}

/** What the market did after the fires on one instrument, from the mids of the last five minutes alone: a tape may be a month long. */
export class Outcomes {
  readonly #mids = new RowRing(2, rows)
  readonly #row = new Float64Array(2)
  #waiting: Waiting[] = []
  readonly #settled = new Map<string, Outcome>()

  /** `mid` in ticks, NaN where it is not known. Samples come in the order of their time. */
  sample(at: number, mid: number): void {
    this.#row[0] = at
    this.#row[1] = mid
    this.#mids.push(this.#row)
    const isOver = (it: Waiting): boolean => at - it.at > outcomeHorizons.at(-1)!
    if (!this.#waiting[0] || !isOver(this.#waiting[0])) return
    for (const it of this.#waiting) if (isOver(it)) this.#settled.set(it.id, this.#soFar(it))
    this.#waiting = this.#waiting.filter((it) => !isOver(it))
  }

  /** `halfSpreadBps` is that of the alert's moment. */
  begin({ id, at, mid, side }: Alert, halfSpreadBps: number): void {
    this.#waiting.push({ id, at, mid, halfSpreadBps, sign: side === 'ask' ? -1 : 1 })
  }

  /** Of an alert whose horizons have not all passed: as far as is known. */
  of({ id }: Alert): Outcome | undefined {
    const waiting = this.#waiting.find((it) => it.id === id)
    return waiting ? this.#soFar(waiting) : this.#settled.get(id)
  }

  /** The instrument's ticks have become `factor` to one. */
  rescale(factor: number): void {
    this.#mids.scale(1, factor)
    for (const it of this.#waiting) it.mid *= factor
  }

  #soFar(waiting: Waiting): Outcome {
    const mids = this.#mids
    const trail = {
      length: mids.length,
      at: (row: number) => mids.value(row, 0),
      mid: (row: number) => mids.value(row, 1)
    }
    return outcomeOf(trail, waiting)
  }
}
