import type { Alert } from '../../../src-shared/alert'
import { outcomeHorizons } from '../../../src-shared/alerts/record'

const afterMs = 60_500
/** The sample of a horizon itself is in by then, ms. */
const graceMs = 500
const most = 500

/** An alert whose market is still looked at. */
export interface Followed {
  readonly alert: Alert
  readonly halfSpreadBps: number
}

interface Open extends Followed {
  hasAfter: boolean
  /** Horizons of its outcome that are over. */
  passed: number
}

/** What is due when after an alert: its minute after, and its outcome anew with each horizon. The oldest makes room, and stays without. */
export class FollowUps {
  #open: Open[] = []

  add(followed: Followed): void {
    this.#open.push({ ...followed, hasAfter: false, passed: 0 })
    if (this.#open.length > most) this.#open.shift()
  }

  /** `at` in wall clock ms. */
  due(at: number): { readonly after: readonly Followed[]; readonly outcome: readonly Followed[] } {
    const after = this.#open.filter((it) => !it.hasAfter && at - it.alert.at >= afterMs)
    for (const it of after) it.hasAfter = true
    const outcome = this.#open.filter((it) => {
      const before = it.passed
      it.passed = outcomeHorizons.filter((horizon) => at - it.alert.at >= horizon + graceMs).length
      return it.passed > before
    })
    this.#open = this.#open.filter((it) => it.passed < outcomeHorizons.length)
    return { after, outcome }
  }
}
