import type { Alert } from '../../../src-shared/alert'

const afterMs = 60_500
const outcomeMs = 300_500
const most = 500

/** An alert whose market is still looked at. */
export interface Followed {
  readonly alert: Alert
  readonly halfSpreadBps: number
}

/** What is due when after an alert: its minute after, and its outcome. The oldest makes room, and stays without. */
export class FollowUps {
  #open: (Followed & { hasAfter: boolean })[] = []

  add(followed: Followed): void {
    this.#open.push({ ...followed, hasAfter: false })
    if (this.#open.length > most) this.#open.shift()
  }

  /** `at` in wall clock ms. */
  due(at: number): { readonly after: readonly Followed[]; readonly outcome: readonly Followed[] } {
    const after = this.#open.filter((it) => !it.hasAfter && at - it.alert.at >= afterMs)
    for (const it of after) it.hasAfter = true
    const outcome = this.#open.filter((it) => at - it.alert.at >= outcomeMs)
    this.#open = this.#open.filter((it) => at - it.alert.at < outcomeMs)
    return { after, outcome }
  }
}
