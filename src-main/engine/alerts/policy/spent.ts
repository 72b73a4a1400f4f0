import type { Alert } from '../../../../src-shared/alert'
import type { Rule } from '../../../../src-shared/rule'
import { wallAt } from './wall-clock'

/** Rules that fire once, until the user says so, or once a day: which of them have, by instrument and side. */
export class Spent {
  readonly #at = new Map<string, number>()

  /** A fire; whether the rule had fired already and is not armed again. The first one spends it. */
  takes(rule: Rule | undefined, { instrument, side }: Alert, at: number, zone: string): boolean {
    if (!rule || rule.rearm === 'auto') return false
    const key = keyOf(rule.id, instrument, side)
    const before = this.#at.get(key)
    const isSpent =
      before !== undefined && (rule.rearm !== 'daily' || wallAt(before, zone).day >= wallAt(at, zone).day)
    if (!isSpent) this.#at.set(key, at)
    return isSpent
  }

  /** Armed again on all its instruments. */
  rearm(rule: string): void {
    for (const key of this.#at.keys()) if (key.startsWith(`${rule}\n`)) this.#at.delete(key)
  }

  /** Machines of the rule that are spent. */
  count(rule: string): number {
    return [...this.#at.keys()].filter((key) => key.startsWith(`${rule}\n`)).length
  }

  save(): readonly (readonly [key: string, at: number])[] {
    return [...this.#at]
  }

  restore(list: readonly (readonly [key: string, at: number])[]): void {
    for (const [key, at] of list) this.#at.set(key, at)
  }
}

const keyOf = (rule: string, instrument: string, side: string): string => `${rule}\n${instrument}\n${side}`
