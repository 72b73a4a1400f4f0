import type { Alert } from '../../../src-shared/alert'
import type {
  ActiveAlert,
  AlertCentre,
  RuleState,
  Standing,
  Suggestion
} from '../../../src-shared/alerts/state'
import type { Rule } from '../../../src-shared/rule'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Half } from '../alerts/half'
import type { Policy } from '../alerts/policy/policy'
import type { Watch } from '../alerts/watch'
import type { Suggestions } from './suggestions'

type Machines = { -readonly [Name in keyof RuleState['machines']]: number }

/** How every rule stands. */
export function ruleStates(
  rules: readonly Rule[],
  watches: readonly Watch[],
  policy: Policy,
  suggestions: Suggestions,
  at: Millis
): readonly RuleState[] {
  const byRule = new Map<string, Watch[]>()
  for (const watch of watches) {
    const list = byRule.get(watch.rule.id)
    if (list) list.push(watch)
    else byRule.set(watch.rule.id, [watch])
  }
  return rules.map((rule) => ({
    ...stateOf(rule, byRule.get(rule.id) ?? [], policy, at),
    ...suggested(suggestions.of(rule.id))
  }))
}

const suggested = (suggests: Suggestion | undefined): Pick<RuleState, 'suggests'> =>
  suggests ? { suggests } : {}

function stateOf(rule: Rule, watches: readonly Watch[], policy: Policy, at: Millis): RuleState {
  const machines: Machines = {
    ...{ learning: 0, unknown: 0, armed: 0, pending: 0, firing: 0, recovering: 0, waiting: 0 },
    spent: policy.spent.count(rule.id)
  }
  let learned = 1
  for (const { halves } of watches)
    for (const half of halves) {
      machines[standing(half)]++
      learned = Math.min(learned, half.node.learned)
    }
  const quietUntil = policy.quiet.until(rule.id, at)
  const snooze = policy.snoozes.list.find(
    ({ target, until }) => target.kind === 'rule' && target.rule === rule.id && at < until
  )
  return {
    ...{ ruleId: rule.id, machines },
    // In whole percents: what is told again each second must not change without need.
    learned: Math.floor(learned * 100) / 100,
    ...(quietUntil === undefined ? {} : { autoQuietUntil: millis(quietUntil) }),
    ...(snooze ? { snoozedUntil: snooze.until } : {}),
    expired: rule.expiresAt !== undefined && at >= rule.expiresAt,
    muted: policy.muted(rule.id)
  }
}

function standing({ machine, node }: Half): keyof Machines {
  switch (machine.phase) {
    case 'START':
      return node.learned < 1 ? 'learning' : 'unknown'
    case 'BLIND':
      return 'unknown'
    case 'ARMED':
      return 'armed'
    case 'PENDING':
      return 'pending'
    case 'FIRING':
      return 'firing'
    case 'RECOVERING':
      return 'recovering'
    case 'WAIT_RESET':
      return 'waiting'
    default:
      return machine.phase satisfies never
  }
}

const mostStanding = 200

/** What holds on some instrument and side though nothing fires. */
export function standingOf(watches: readonly Watch[]): readonly Standing[] {
  const found: Standing[] = []
  for (const { rule, sight, halves } of watches)
    for (const { machine, side } of halves) {
      if (machine.phase !== 'PENDING' && machine.phase !== 'WAIT_RESET') continue
      if (rule.trigger === 'level' || found.length === mostStanding) continue
      const phase = machine.phase === 'PENDING' ? 'pending' : 'waiting'
      found.push({ ruleId: rule.id, instrument: sight.id, side, phase })
    }
  return found
}

/** Episodes that fire now, by what the judge says of their ends. */
export class Active {
  readonly #alerts = new Map<string, Alert>()
  readonly #acknowledged = new Set<string>()

  take(alert: Alert): void {
    const { notice, episode } = alert
    if (notice === 'FIRE' || notice === 'FIRE_DEFERRED' || notice === 'SUPPRESSED' || notice === 'STEP_UP')
      this.#alerts.set(episode, alert)
    if (notice === 'RESOLVED' || notice === 'ENDED_UNKNOWN') this.#end(episode)
  }

  /** What the policy let out of it: where it is told, and where not, and why. */
  told({ episode, channels, desktop, withheld }: Alert): void {
    const alert = this.#alerts.get(episode)
    if (alert) this.#alerts.set(episode, { ...alert, channels, desktop, withheld })
  }

  acknowledge(episode: string): void {
    if (this.#alerts.has(episode)) this.#acknowledged.add(episode)
  }

  /** Rules that are gone, or begin anew, fire no more. */
  keep(isWatched: (alert: Alert) => boolean): void {
    for (const [episode, alert] of this.#alerts) if (!isWatched(alert)) this.#end(episode)
  }

  get alerts(): readonly Alert[] {
    return [...this.#alerts.values()]
  }

  list(
    halfOf: (alert: Alert) => Half | undefined,
    escalationOf: (episode: string) => ActiveAlert['escalation']
  ): readonly ActiveAlert[] {
    return this.alerts.map((alert) => {
      const half = halfOf(alert)
      const escalation = escalationOf(alert.episode)
      return {
        alert,
        peak: half?.peakValue ?? alert.peak,
        acknowledged: this.#acknowledged.has(alert.episode),
        blind: half?.machine.phase === 'BLIND',
        ...(escalation && { escalation })
      }
    })
  }

  #end(episode: string): void {
    this.#alerts.delete(episode)
    this.#acknowledged.delete(episode)
  }
}

/** The same centre as text, but for its time: what did not change is not told again. */
export const centreText = (centre: AlertCentre): string => JSON.stringify({ ...centre, at: 0 })
