import type { Alert, Withheld } from '../../../../src-shared/alert'
import type { AlertPolicy, SnoozeFor, SnoozeTarget } from '../../../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../../../src-shared/alerts/policy'
import type { Snooze } from '../../../../src-shared/alerts/state'
import type { Rule, Severity } from '../../../../src-shared/rule'
import { AutoQuiet } from './auto-quiet'
import { Budget } from './budget'
import type { Digest } from './digests'
import { Digests } from './digests'
import type { Escalated } from './escalation'
import { Escalation } from './escalation'
import { channelOf, HeldBack, withheld } from './held-back'
import { Inhibition } from './inhibition'
import { Snoozes } from './snoozes'
import { Spent } from './spent'
import { Storm } from './storm'
import { isQuiet, isRecent, zoneOf } from './wall-clock'

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
  readonly #digests = new Digests()
  readonly #heldBack = new HeldBack()
  #wish: AlertPolicy = defaultAlertPolicy
  #zone = 'UTC'
  #rules = new Map<string, Rule>()
  #widths: ReadonlyMap<string, number> = new Map()
  #soundedAt = NaN

  /**
   * @param widths on how many instruments each rule is judged: one on few can be no storm
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
    if (alert.channels.length === 0 || alert.notice === 'TEST') return [alert]
    if (this.snoozes.mutes(alert, this.#rules.get(alert.ruleId)?.group, at))
      return this.#tell([withheld(alert, 'snoozed')], at)
    const { storm } = this.#wish
    const canStorm = (this.#widths.get(alert.ruleId) ?? 1) >= storm.instruments
    if (alert.severity === 'critical' || alert.notice !== 'FIRE' || !canStorm) return this.#tell([alert], at)
    const leads = this.#storm.leads(alert, at, storm)
    const told = leads ? this.#tell([alert], at) : []
    // What a graver alert speaks for leads nobody.
    if (!told.some((it) => it.withheld.some(({ why }) => why === 'inhibited')))
      this.#storm.fired(alert, at, storm)
    if (!leads) this.#storm.wait(alert, at)
    return told
  }

  tick(at: number): Told {
    const due = this.#storm.takeDue(at, this.#wish.storm)
    const alerts = this.#tell(this.#grouped(due, at), at)
    const escalated = this.#escalation.tick(at, this.#wish.escalation)
    const isQuietNow = (): boolean => this.quietNow(at).length > 0
    const digest = this.#digests.take(at, isQuietNow, this.#wish.budget.digestMs)
    return { alerts, escalated, ...(digest && { digest }) }
  }

  snooze(target: SnoozeTarget, wanted: SnoozeFor, at: number): void {
    this.snoozes.snooze(target, wanted, at, this.#zone)
  }

  /** Snoozes that ran out end; those until reset, when nothing of them fires any more. Once a second. */
  settle(at: number, active: readonly Alert[]): void {
    this.snoozes.tick(at, active, (rule) => this.#rules.get(rule)?.group)
    this.#heldBack.settle(at)
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
    return this.#heldBack.counts
  }

  muted(rule: string): number {
    return this.#heldBack.muted(rule)
  }

  get overBudget(): number {
    return this.#digests.overBudget
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
      if (left.channels.some(isHeld)) this.#digests.addNight(alert)
      left = withheld(left, 'quiet-hours', isHeld)
    }
    left = this.#within(left, at)
    this.#escalation.told(left, at)
    this.#heldBack.note(left, at)
    return left
  }

  /** Within the budgets of desktop and sound. An update of what is shown costs nothing. */
  #within(alert: Alert, at: number): Alert {
    const { budget } = this.#wish
    let left = alert
    const isNew = fires.includes(alert.notice)
    if (isNew && left.desktop && alert.severity !== 'critical' && !this.#budget.take(at, budget)) {
      left = withheld(left, 'budget', (channel) => channelOf(channel) === 'desktop')
      this.#digests.addOver(alert, at)
    }
    const sounds = (channel: string): boolean => channelOf(channel) === 'sound'
    if (!left.channels.some(sounds)) return left
    if (isRecent(this.#soundedAt, at, budget.soundGapMs)) return withheld(left, 'budget', sounds)
    this.#soundedAt = at
    return left
  }
}
