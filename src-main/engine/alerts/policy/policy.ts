import type { Alert, Withheld } from '../../../../src-shared/alert'
import type { AlertPolicy, SnoozeFor, SnoozeTarget } from '../../../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../../../src-shared/alerts/policy'
import type { Snooze } from '../../../../src-shared/alerts/state'
import type { Rule, Severity } from '../../../../src-shared/rule'
import { AutoQuiet } from './auto-quiet'
import { Budget } from './budget'
import type { Escalated } from './escalation'
import { Escalation } from './escalation'
import { Inhibition } from './inhibition'
import { Snoozes } from './snoozes'
import { Spent } from './spent'
import { Storm } from './storm'
import { isQuiet, zoneOf } from './wall-clock'

/** Desktop notices that were not told one by one. */
export interface Digest {
  readonly alerts: readonly Alert[]
  readonly count: number
}

/** What a policy lets out, in order. */
export interface Told {
  /** To be told now, on their `channels`; those with none were withheld, and say why. */
  readonly alerts: readonly Alert[]
  readonly escalated: readonly Escalated[]
  readonly digest?: Digest
}

/** What outlives a restart: wall clock times. */
export interface PolicyMemory {
  readonly snoozes: readonly Snooze[]
  readonly quiet: readonly (readonly [rule: string, until: number])[]
  readonly spent: readonly (readonly [key: string, at: number])[]
}

const severities: readonly Severity[] = ['critical', 'warn', 'info']
const fires: readonly Alert['notice'][] = ['FIRE', 'FIRE_DEFERRED']
const hour = 3_600_000
const mostDigested = 100
const channelOf = (channel: string): string => channel.split(':')[0]!

/**
 * How alerts are told: alerts in, what is told of them out. Changes nothing of what is judged. Takes the wall clock as an argument and has no timers: the
 * caller asks `tick` ten times a second.
 */
export class Policy {
  readonly snoozes = new Snoozes()
  readonly quiet = new AutoQuiet()
  readonly spent = new Spent()
  readonly #inhibition = new Inhibition()
  readonly #storm = new Storm()
  readonly #budget = new Budget()
  readonly #escalation = new Escalation()
  #wish: AlertPolicy = defaultAlertPolicy
  #zone = 'UTC'
  #rules = new Map<string, Rule>()
  #widths: ReadonlyMap<string, number> = new Map()
  /** Not critical, and waiting for others of a storm. */
  #waiting: { readonly alert: Alert; readonly at: number }[] = []
  #digest: { alerts: Alert[]; count: number; since: number } = { alerts: [], count: 0, since: NaN }
  /** Told once what was quiet at night. */
  #night: Alert[] = []
  #soundedAt = -Infinity
  readonly #withheld: { readonly why: Withheld; readonly rule: string; readonly at: number }[] = []
  readonly #muted = new Map<string, number>()

  /**
   * @param widths on how many instruments each rule is judged: one on few can be no storm, and waits for nobody
   * @param machineZone the machine's own IANA zone, for a policy that names none
   */
  configure(
    wish: AlertPolicy,
    rules: readonly Rule[],
    widths: ReadonlyMap<string, number>,
    machineZone: string
  ): void {
    this.#widths = widths
    this.#wish = wish
    this.#zone = zoneOf(wish.zone, machineZone)
    this.#rules = new Map(rules.map((rule) => [rule.id, rule]))
  }

  /** An alert of the judge, at its time; answers what is told at once. What waits for others comes with `tick`. */
  take(alert: Alert, at: number): readonly Alert[] {
    const isFire = fires.includes(alert.notice)
    if (this.#wish.inhibits) this.#inhibition.note(alert, at)
    if (isFire && this.spent.takes(this.#rules.get(alert.ruleId), alert, at, this.#zone))
      return this.#tell([withheld(alert, 'not-armed')], at)
    if (alert.notice === 'FIRE') this.#storm.fired(alert, at, this.#wish.storm)
    if (alert.channels.length === 0 || alert.notice === 'TEST') return [alert]
    if (this.snoozes.mutes(alert, this.#rules.get(alert.ruleId)?.group, at))
      return this.#tell([withheld(alert, 'snoozed')], at)
    const canStorm = (this.#widths.get(alert.ruleId) ?? 1) >= this.#wish.storm.instruments
    if (alert.severity === 'critical' || alert.notice !== 'FIRE' || !canStorm) return this.#tell([alert], at)
    this.#waiting.push({ alert, at })
    return []
  }

  tick(at: number): Told {
    const { waitMs } = this.#wish.storm
    const ready = this.#waiting.filter((it) => at - it.at >= waitMs)
    this.#waiting = this.#waiting.filter((it) => at - it.at < waitMs)
    const alerts = this.#tell(
      this.#grouped(
        ready.map(({ alert }) => alert),
        at
      ),
      at
    )
    const escalated = this.#escalation.tick(at, this.#wish.escalation)
    const digest = this.#takeDigest(at)
    return { alerts, escalated, ...(digest && { digest }) }
  }

  snooze(target: SnoozeTarget, wanted: SnoozeFor, at: number): void {
    this.snoozes.snooze(target, wanted, at, this.#zone)
  }

  /** Snoozes that ran out end; those until reset, when nothing of them fires any more. Once a second. */
  settle(at: number, active: readonly Alert[]): void {
    this.snoozes.tick(at, active, (rule) => this.#rules.get(rule)?.group)
    while (this.#withheld.length > 0 && at - this.#withheld[0]!.at >= hour) this.#withheld.shift()
  }

  acknowledge(episode: string): boolean {
    return this.#escalation.acknowledge(episode)
  }

  get unacknowledged(): readonly string[] {
    return this.#escalation.open
  }

  /** How a critical alert that nobody acknowledged goes on. */
  escalation(episode: string): ReturnType<Escalation['standing']> {
    return this.#escalation.standing(episode, this.#wish.escalation)
  }

  /** Ids of the quiet hours that hold. */
  quietNow(at: number): readonly string[] {
    return this.#wish.quiet.filter((hours) => isQuiet(hours, at, this.#zone)).map(({ id }) => id)
  }

  /** Of the last hour. */
  get withheld(): Readonly<Partial<Record<Withheld, number>>> {
    const counts: Partial<Record<Withheld, number>> = {}
    for (const { why } of this.#withheld) counts[why] = (counts[why] ?? 0) + 1
    return counts
  }

  muted(rule: string): number {
    return this.#muted.get(rule) ?? 0
  }

  get overBudget(): number {
    return this.#digest.count
  }

  save(): PolicyMemory {
    return { snoozes: this.snoozes.list, quiet: this.quiet.save(), spent: this.spent.save() }
  }

  restore({ snoozes, quiet, spent }: PolicyMemory): void {
    this.snoozes.restore(snoozes)
    this.quiet.restore(quiet)
    this.spent.restore(spent)
  }

  /** One card for a storm, before the alerts that it stands for. */
  #grouped(ready: readonly Alert[], at: number): readonly Alert[] {
    const carded = new Set<string>()
    return ready.flatMap((alert) => {
      if (carded.has(alert.ruleId)) return [withheld(alert, 'storm')]
      const card = this.#storm.cardOf(alert, this.#wish.storm)
      if (!card || this.#inhibition.inhibits(alert, at)) return [alert]
      carded.add(alert.ruleId)
      if (this.#wish.inhibits) this.#inhibition.note(card, at)
      return [card, withheld(alert, 'storm')]
    })
  }

  #tell(alerts: readonly Alert[], at: number): readonly Alert[] {
    const bySeverity = [...alerts].sort(
      (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity)
    )
    const told = new Map(bySeverity.map((alert) => [alert, this.#through(alert, at)]))
    return alerts.map((alert) => told.get(alert)!)
  }

  #through(alert: Alert, at: number): Alert {
    let left = alert
    if (this.#wish.inhibits && !alert.instruments && left.channels.length > 0) {
      if (this.#inhibition.inhibits(alert, at)) left = withheld(left, 'inhibited')
    }
    const isFire = left.channels.length > 0 && fires.includes(alert.notice)
    if (isFire && this.quiet.fired(alert.ruleId, at, this.#wish.autoQuiet))
      left = withheld(left, 'auto-quiet')
    for (const hours of this.#wish.quiet) {
      if (!isQuiet(hours, at, this.#zone) || (hours.criticalPasses && alert.severity === 'critical')) continue
      const isHeld = (channel: string): boolean => hours.channels.includes(channelOf(channel))
      if (left.channels.some(isHeld)) this.#night = [...this.#night, alert].slice(-mostDigested)
      left = withheld(left, 'quiet-hours', isHeld)
    }
    left = this.#within(left, at)
    this.#escalation.told(left, at)
    for (const { why } of left.withheld) this.#withheld.push({ why, rule: left.ruleId, at })
    if (left.withheld.length > 0) this.#muted.set(left.ruleId, this.muted(left.ruleId) + 1)
    return left
  }

  /** Within the budgets of desktop and sound. An update of what is shown costs nothing. */
  #within(alert: Alert, at: number): Alert {
    const { budget } = this.#wish
    let left = alert
    const isNew = fires.includes(alert.notice)
    if (isNew && left.desktop && alert.severity !== 'critical' && !this.#budget.take(at, budget)) {
      left = withheld(left, 'budget', (channel) => channelOf(channel) === 'desktop')
      if (Number.isNaN(this.#digest.since)) this.#digest.since = at
      this.#digest.count++
      if (this.#digest.alerts.length < mostDigested) this.#digest.alerts.push(alert)
    }
    const sounds = (channel: string): boolean => channelOf(channel) === 'sound'
    if (!left.channels.some(sounds)) return left
    if (at - this.#soundedAt < budget.soundGapMs) return withheld(left, 'budget', sounds)
    this.#soundedAt = at
    return left
  }

  #takeDigest(at: number): Digest | undefined {
    if (this.#night.length > 0 && this.quietNow(at).length === 0) {
      const alerts = this.#night
      this.#night = []
      return { alerts, count: alerts.length }
    }
    if (!(at - this.#digest.since >= this.#wish.budget.digestMs)) return undefined
    const { alerts, count } = this.#digest
    this.#digest = { alerts: [], count: 0, since: NaN }
    return { alerts, count }
  }
}

/** Without some of its channels (all, unless said otherwise), and with the reason. */
function withheld(alert: Alert, why: Withheld, which: (channel: string) => boolean = () => true): Alert {
  const held = alert.channels.filter(which)
  if (held.length === 0) return alert
  const channels = alert.channels.filter((channel) => !which(channel))
  return {
    ...alert,
    channels,
    desktop: channels.includes('desktop'),
    withheld: [...alert.withheld, ...held.map((channel) => ({ channel, why }))]
  }
}
