import type { Withheld } from '../../../../src-shared/alert'
import type { SnoozeTarget } from '../../../../src-shared/alerts/policy'
import { clock, plain } from '../../../../src-shared/format'
import { symbolOf } from '../../../../src-shared/instrument'
import type { Desk } from '../../../state/desk'
import { untilWords } from '../card/snooze-items'

/** One thing that is quiet now: what, why and until when, and how it is ended. */
export interface QuietLine {
  readonly key: string
  readonly what: string
  readonly why: string
  /** Undefined: it ends by itself alone. */
  readonly end?: { readonly words: string; readonly act: () => void }
  /** The rule that was set quiet by itself. */
  readonly rule?: string
}

export function quietLines(desk: Desk): readonly QuietLine[] {
  const { centre } = desk.alertDesk
  if (!centre) return []
  const snoozes = centre.snoozes.map((snooze): QuietLine => {
    const held = snooze.muted === 0 ? 'nothing held back yet' : `${snooze.muted} held back`
    return {
      key: JSON.stringify(snooze.target),
      what: targetWords(desk, snooze.target),
      why: `snoozed ${untilWords(snooze, desk.now)}, ${held}`,
      end: {
        words: 'End',
        act: () => {
          desk.alertDesk.act({ kind: 'unsnooze', target: snooze.target })
        }
      }
    }
  })
  const hours = centre.quiet.map((id): QuietLine => {
    const found = desk.policy.settings.quiet.find((it) => it.id === id)
    const why = found ? `quiet hours until ${found.to} on ${found.channels.join(', ')}` : 'quiet hours'
    return {
      key: `hours ${id}`,
      what: 'All rules',
      why: `${why}${found?.criticalPasses === true ? '; critical passes' : ''}`
    }
  })
  const rules = centre.rules.flatMap(({ ruleId, autoQuietUntil }): QuietLine[] => {
    if (autoQuietUntil === undefined) return []
    const { fires, withinMs } = desk.policy.settings.autoQuiet
    const until = clock(autoQuietUntil).slice(0, 5)
    return [
      {
        key: `auto ${ruleId}`,
        what: ruleName(desk, ruleId),
        why: `fired ${fires} times in ${Math.round(withinMs / 60_000)} min: to the feed alone until ${until} UTC, and judged on`,
        rule: ruleId,
        end: {
          words: 'Tell again',
          act: () => {
            desk.alertDesk.act({ kind: 'unquiet', rule: ruleId })
          }
        }
      }
    ]
  })
  const spent = centre.rules.flatMap(({ ruleId, machines, expired }): QuietLine[] => {
    if (expired)
      return [
        {
          key: `expired ${ruleId}`,
          what: ruleName(desk, ruleId),
          why: 'its time is over: not judged any more'
        }
      ]
    if (machines.spent === 0) return []
    return [
      {
        key: `spent ${ruleId}`,
        what: ruleName(desk, ruleId),
        why: `has had its turn on ${machines.spent} ${machines.spent === 1 ? 'side' : 'sides'}`,
        end: {
          words: 'Arm again',
          act: () => {
            desk.alertDesk.act({ kind: 'rearm', rule: ruleId })
          }
        }
      }
    ]
  })
  return [...snoozes, ...hours, ...rules, ...spent]
}

const whys: readonly (readonly [Withheld, string])[] = [
  ['snoozed', 'by a snooze'],
  ['quiet-hours', 'by quiet hours'],
  ['auto-quiet', 'as their rule fired too often'],
  ['budget', 'over the budget'],
  ['storm', 'told with others as one'],
  ['inhibited', 'as a graver alert spoke for them'],
  ['not-armed', 'as their rule had had its turn']
]

/** What was held back in the last hour, by its reason. */
export function heldBack({ alertDesk }: Desk): readonly { readonly why: string; readonly count: number }[] {
  const { withheld } = alertDesk.centre ?? {}
  return whys.flatMap(([why, words]) => {
    const count = withheld?.[why] ?? 0
    return count > 0 ? [{ why: words, count }] : []
  })
}

export function targetWords(desk: Desk, target: SnoozeTarget): string {
  switch (target.kind) {
    case 'all':
      return 'All alerts'
    case 'rule':
      return ruleName(desk, target.rule)
    case 'instrument':
      return plain(symbolOf(target.instrument), 30)
    case 'group':
      return `Group ${plain(target.group, 30)}`
    default:
      return target satisfies never
  }
}

const ruleName = (desk: Desk, id: string): string =>
  plain(desk.rules.rules.find((rule) => rule.id === id)?.name ?? 'a rule that was deleted', 60)
