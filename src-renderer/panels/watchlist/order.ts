import type { InstrumentId } from '../../../src-shared/instrument'
import type { Ranking } from './columns'
import type { Row } from './row'

/** At most this often may rows change places by themselves, ms. */
const rerankAfter = 2_000

/** Row order that does not jump: re-ranked at most every 2 s and never while held. */
export class StickyOrder {
  #ids: readonly InstrumentId[] = []
  #ranking: Ranking | undefined
  #at = -Infinity

  /**
   * The rows as they are to be shown. A chosen ranking applies at once; afterwards rows move only when `held` is false. Rows that came
   * are ranked with the next turn and stand at the end until then. `now` in ms.
   */
  arrange(rows: readonly Row[], ranking: Ranking | undefined, held: boolean, now: number): readonly Row[] {
    if (!ranking) {
      this.#ids = rows.map((row) => row.id)
      this.#ranking = undefined
      return rows
    }
    const due = ranking !== this.#ranking || (!held && now - this.#at >= rerankAfter)
    if (due) {
      this.#ids = ranked(rows, ranking).map((row) => row.id)
      this.#ranking = ranking
      this.#at = now
    }
    const place = new Map(this.#ids.map((id, at) => [id, at]))
    const placed = [...rows].sort(
      (a, b) => (place.get(a.id) ?? Infinity) - (place.get(b.id) ?? Infinity) || 0
    )
    this.#ids = placed.map((row) => row.id)
    return placed
  }
}

/** Unknown values last, equal ones as they were. */
export function ranked(rows: readonly Row[], { key, descending }: Ranking): readonly Row[] {
  const sign = descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)]
    const missing = Number(Number.isNaN(left)) - Number(Number.isNaN(right))
    if (missing !== 0 || Number.isNaN(left)) return missing
    return left === right ? 0 : left < right ? -sign : sign
  })
}
