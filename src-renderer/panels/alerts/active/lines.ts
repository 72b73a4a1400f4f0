import type { ActiveAlert, AlertCentre, Standing } from '../../../../src-shared/alerts/state'
import { plain, span, unknown } from '../../../../src-shared/format'
import type { Rule } from '../../../../src-shared/rule'
import { figureText } from '../../../../src-shared/figure-text'
import { nameOf, type Name } from '../../../parts/names'
import type { Desk } from '../../../state/desk'
import { figureOf } from '../card/words'
import { withheldWords } from '../withheld'

/** One episode that fires now, in words. */
export interface ActiveLine {
  readonly active: ActiveAlert
  readonly rule: string
  readonly name: Name
  readonly value: string
  readonly peak: string
  readonly since: string
  /** Acknowledged, hidden, escalating: how it stands. */
  readonly stands: readonly string[]
  /** Where it is not told, and why; empty where it is. */
  readonly muted: string
}

const gravity = { critical: 0, warn: 1, info: 2 } as const

/** What fires, the gravest first, then what nobody acknowledged, then the latest. */
export function activeLines(desk: Desk, centre: AlertCentre): readonly ActiveLine[] {
  return [...centre.active]
    .sort(
      (a, b) =>
        gravity[a.alert.severity] - gravity[b.alert.severity] ||
        Number(a.acknowledged) - Number(b.acknowledged) ||
        b.alert.at - a.alert.at
    )
    .map((active) => activeLine(desk, active))
}

function activeLine({ market, now }: Desk, active: ActiveAlert): ActiveLine {
  const { alert, peak, blind, acknowledged, escalation } = active
  const figure = figureOf(market, alert)
  const instrument = market.instrument(alert.instrument)
  const text = (value: number): string => (figure ? figureText(figure.field, value, instrument) : '')
  const next = escalation ? Math.max(0, escalation.nextAt - now) : NaN
  return {
    active,
    ...{ rule: plain(alert.ruleName, 60), name: nameOf(market, alert.instrument) },
    ...{ value: text(alert.value), peak: text(peak), since: span(Math.max(0, now - alert.at)) },
    stands: [
      blind ? 'hidden by an outage' : '',
      acknowledged ? 'acknowledged' : '',
      alert.notice === 'SUPPRESSED' ? 'held back by the cooldown' : '',
      escalation
        ? `told ${escalation.carried + 1} of 3 times${Number.isNaN(next) ? '' : `, louder in ${span(next)}`}`
        : ''
    ].filter((it) => it !== ''),
    muted: withheldWords(alert).join('; ')
  }
}

/** What holds though nothing fires, a line a rule, instrument and side. */
export interface StandingLine {
  readonly key: string
  readonly rule: string
  readonly name: Name
  readonly side: Standing['side']
  readonly words: string
}

export function standingLines(
  { market }: Desk,
  centre: AlertCentre,
  rules: ReadonlyMap<string, Rule>
): readonly StandingLine[] {
  return centre.standing.map(({ ruleId, instrument, side, phase }) => ({
    ...{ key: `${ruleId} ${instrument} ${side} ${phase}`, name: nameOf(market, instrument), side },
    rule: plain(rules.get(ruleId)?.name ?? unknown, 60),
    words:
      phase === 'pending' ? 'true, not for long enough yet' : 'true since watching began; must be over once'
  }))
}
