import type { Alert } from '../../../../src-shared/alert'
import type { SnoozeFor, SnoozeTarget } from '../../../../src-shared/alerts/policy'
import type { Snooze } from '../../../../src-shared/alerts/state'
import { clock, date, plain } from '../../../../src-shared/format'
import { symbolOf } from '../../../../src-shared/instrument'
import { millis, type Millis } from '../../../../src-shared/units'
import type { Desk } from '../../../state/desk'
import type { MenuItem } from '../../../ui/menu'

const spans: readonly (readonly [SnoozeFor, string])[] = [
  ['5m', '5 min'],
  ['15m', '15 min'],
  ['1h', '1 h'],
  ['tomorrow', 'until tomorrow 08:00'],
  ['reset', 'until it is over']
]

/** All that can be snoozed of an alert, and what is snoozed now. */
export function snoozeItems({ alertDesk }: Desk, { ruleId, instrument }: Alert): readonly MenuItem[] {
  const targets: readonly (readonly [SnoozeTarget, string, readonly SnoozeFor[]])[] = [
    [{ kind: 'rule', rule: ruleId }, 'This rule', ['5m', '15m', '1h', 'tomorrow', 'reset']],
    [{ kind: 'instrument', instrument }, plain(symbolOf(instrument), 24), ['15m', '1h', 'tomorrow']],
    [{ kind: 'all' }, 'All alerts', ['15m', '1h', 'tomorrow']]
  ]
  return targets.flatMap(([target, title, offered], place) => {
    const running = alertDesk.centre?.snoozes.find((it) => sameTarget(it.target, target))
    const items = spans
      .filter(([wanted]) => offered.includes(wanted))
      .map(([wanted, words], at) => ({
        label: `${title}, ${words}`,
        separated: place > 0 && at === 0,
        pick: () => {
          alertDesk.act({ kind: 'snooze', target, for: wanted })
        }
      }))
    if (!running) return items
    const end = {
      label: `${title}: end the snooze`,
      pick: () => {
        alertDesk.act({ kind: 'unsnooze', target })
      }
    }
    return [...items, end]
  })
}

/** Why an alert like this one would not be told now; empty when it would. */
export function snoozedWords({ alertDesk, now }: Desk, { ruleId, instrument }: Alert): string {
  const running = alertDesk.centre?.snoozes.find(
    ({ target }) =>
      target.kind === 'all' ||
      (target.kind === 'rule' && target.rule === ruleId) ||
      (target.kind === 'instrument' && target.instrument === instrument)
  )
  return running ? `Snoozed ${untilWords(running, now)}` : ''
}

/** "until 12:15 UTC". */
export function untilWords({ until }: Pick<Snooze, 'until'>, now: Millis): string {
  if (!Number.isFinite(until)) return 'until it is over'
  const isSoon = until - now < 12 * 3_600_000
  return `until ${isSoon ? clock(millis(until)).slice(0, 5) : date(millis(until)).slice(5, 16)} UTC`
}

const sameTarget = (a: SnoozeTarget, b: SnoozeTarget): boolean => JSON.stringify(a) === JSON.stringify(b)
