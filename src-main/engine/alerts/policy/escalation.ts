import type { Alert } from '../../../../src-shared/alert'
import type { AlertPolicy } from '../../../../src-shared/alerts/policy'

/** A critical alert told again. */
export interface Escalated {
  readonly alert: Alert
  readonly channels: readonly string[]
}

interface Open {
  readonly alert: Alert
  readonly at: number
  soundedAt: number
  /** How often it was carried to other channels. */
  carried: number
}

const most = 200

/** Critical alerts that nobody has acknowledged: sound again and again, then other channels, then those once more. */
export class Escalation {
  readonly #open = new Map<string, Open>()

  told(alert: Alert, at: number): void {
    if (alert.severity !== 'critical' || alert.channels.length === 0 || alert.notice === 'TEST') return
    if (this.#open.has(alert.episode)) return
    this.#open.set(alert.episode, { alert, at, soundedAt: at, carried: 0 })
    if (this.#open.size > most) this.#open.delete(this.#open.keys().next().value!)
  }

  /** Whether it was still open. */
  acknowledge(episode: string): boolean {
    return this.#open.delete(episode)
  }

  get open(): readonly string[] {
    return [...this.#open.keys()]
  }

  /** How often it was carried to other channels, and when it is next (wall clock ms, NaN: never again); undefined when it is over. */
  standing(
    episode: string,
    { enabled, afterMs, againMs }: AlertPolicy['escalation']
  ): { readonly carried: number; readonly nextAt: number } | undefined {
    const open = this.#open.get(episode)
    if (!open) return undefined
    const { at, carried } = open
    const after = carried === 0 ? afterMs : carried === 1 ? afterMs + againMs : NaN
    return { carried, nextAt: enabled ? at + after : NaN }
  }

  tick(at: number, wish: AlertPolicy['escalation']): readonly Escalated[] {
    if (!wish.enabled) return []
    const { soundEveryMs, soundForMs, afterMs, againMs, channels } = wish
    const due: Escalated[] = []
    for (const [episode, open] of this.#open) {
      const { alert } = open
      const passed = at - open.at
      if (passed <= soundForMs && at - open.soundedAt >= soundEveryMs) {
        open.soundedAt = at
        due.push({ alert, channels: ['sound'] })
      }
      const wanted = passed >= afterMs + againMs ? 2 : passed >= afterMs ? 1 : 0
      if (wanted > open.carried) {
        open.carried = wanted
        // A repetition of its own: under the same id a receiver would drop it as heard.
        due.push({ alert: { ...alert, id: `${episode}|CARRIED-${wanted}` }, channels })
      }
      if (open.carried === 2 && passed > soundForMs) this.#open.delete(episode)
    }
    return due
  }
}
