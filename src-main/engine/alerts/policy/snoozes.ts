import type { Alert } from '../../../../src-shared/alert'
import type { SnoozeFor, SnoozeTarget } from '../../../../src-shared/alerts/policy'
import type { Snooze } from '../../../../src-shared/alerts/state'
import { millis } from '../../../../src-shared/units'
import { tomorrowMorning } from './wall-clock'

const minute = 60_000
const spans = { '5m': 5 * minute, '15m': 15 * minute, '1h': 60 * minute } as const
const most = 500

/** What is snoozed. It holds back notices, never judgement. */
export class Snoozes {
  #list: Snooze[] = []

  get list(): readonly Snooze[] {
    return this.#list
  }

  /** Of before a restart. */
  restore(list: readonly Snooze[]): void {
    this.#list = [...list]
  }

  snooze(target: SnoozeTarget, wanted: SnoozeFor, at: number, zone: string): void {
    const until =
      wanted === 'tomorrow' ? tomorrowMorning(at, zone) : wanted === 'reset' ? Infinity : at + spans[wanted]
    this.end(target)
    this.#list.push({ target, since: millis(at), until, muted: 0 })
    if (this.#list.length > most) this.#list.shift()
  }

  end(target: SnoozeTarget): void {
    this.#list = this.#list.filter((snooze) => keyOf(snooze.target) !== keyOf(target))
  }

  /** Counts the alert, where it is snoozed. */
  mutes(alert: Alert, group: string | undefined, at: number): boolean {
    const place = this.#list.findIndex(({ target, until }) => at < until && covers(target, alert, group))
    if (place < 0) return false
    const snooze = this.#list[place]!
    this.#list[place] = { ...snooze, muted: snooze.muted + 1 }
    return true
  }

  /** Ends what has run out, and what was until nothing of it fires any more. */
  tick(at: number, active: readonly Alert[], groupOf: (rule: string) => string | undefined): void {
    this.#list = this.#list.filter(({ target, until }) => {
      if (until !== Infinity) return at < until
      return active.some((alert) => covers(target, alert, groupOf(alert.ruleId)))
    })
  }
}

function covers(target: SnoozeTarget, { ruleId, instrument }: Alert, group: string | undefined): boolean {
  switch (target.kind) {
    case 'rule':
      return target.rule === ruleId
    case 'instrument':
      return target.instrument === instrument
    case 'group':
      return target.group === group
    case 'all':
      return true
    default:
      return target satisfies never
  }
}

const keyOf = (target: SnoozeTarget): string => JSON.stringify(target)
