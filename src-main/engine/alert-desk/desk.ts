import type { Alert } from '../../../src-shared/alert'
import type { AlertCommand } from '../../../src-shared/alerts/commands'
import type { AlertPolicy } from '../../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../../src-shared/alerts/policy'
import type { DeliveryResult } from '../../../src-shared/alerts/record'
import type { AlertCentre } from '../../../src-shared/alerts/state'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { EngineReport } from '../../../src-shared/contract/control'
import type { EngineFrame, EngineHealth } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Millis } from '../../../src-shared/units'
import type { Watchlist } from '../../../src-shared/watchlist'
import type { Sighting } from '../alerts/judge'
import { Judge, scopeOf } from '../alerts/judge'
import { Policy } from '../alerts/policy/policy'
import type { Signs } from '../metrics/signs'
import { noSigns } from '../metrics/signs'
import type { Watched } from '../watched'
import type { WindowPort } from '../window'
import { Active, centreText, ruleStates, standingOf } from './centre'
import type { ProbeSite, ProbeWish } from './probe'
import { Probes } from './probes'
import { Records } from './records'
import { Rounds } from './rounds'
import { Suggestions, type EstimateOf } from './suggestions'

export interface DeskParts {
  readonly columns: readonly Column[]
  readonly now: () => Millis
  /** The machine's own IANA zone. */
  readonly zone: string
  readonly report: (report: EngineReport) => void
  /** To every window. */
  readonly broadcast: (frame: EngineFrame) => void
  readonly complain: (words: string) => void
  readonly watched: (id: InstrumentId) => Watched | undefined
  readonly estimate: EstimateOf
}

export interface DeskWish {
  readonly rules: readonly Rule[]
  readonly watchlists: readonly Watchlist[]
  readonly policy?: AlertPolicy
  readonly alertFolder?: string
  /** What figures are computed with. */
  readonly signs?: Signs
}

const learnedMs = 300_000
const begins: readonly Alert['notice'][] = ['FIRE', 'FIRE_DEFERRED', 'SUPPRESSED', 'ALREADY_ON']

/** Judge → history → policy → history → windows and the main process. */
export class AlertDesk {
  readonly judge: Judge
  readonly policy = new Policy()
  readonly records: Records
  readonly probes = new Probes()
  readonly #suggestions: Suggestions
  readonly #parts: DeskParts
  readonly #active = new Active()
  readonly #rounds: Rounds
  #rules: readonly Rule[] = []
  #watchlists: readonly Watchlist[] = []
  #signs: Signs = noSigns
  #learnedAt = NaN
  #centre: AlertCentre | undefined
  #centreTold = ''
  #policySaved = ''
  #judgedAt: Millis | undefined

  constructor(parts: DeskParts) {
    this.#parts = parts
    this.records = new Records(parts)
    this.#suggestions = new Suggestions(parts.estimate)
    this.judge = new Judge(parts.columns, (hash, instrument, side) =>
      this.records.toldAt(hash, instrument, side)
    )
    this.#rounds = new Rounds({
      ...{ judge: this.judge, policy: this.policy, active: this.#active },
      judged: (alert) => {
        if (begins.includes(alert.notice)) this.records.fired(alert, parts.watched(alert.instrument))
        if (alert.notice === 'RESOLVED' || alert.notice === 'ENDED_UNKNOWN') this.records.ended(alert)
      },
      told: (alert) => {
        this.#told(alert)
      },
      escalated: ({ alert, channels }) => {
        parts.report({ kind: 'escalation', alert, channels })
      },
      digest: (digest) => {
        parts.report({ kind: 'digest', ...digest })
      }
    })
  }

  /** When rules were judged last, and how many machines they have; undefined before. */
  get judged(): EngineHealth['judged'] {
    const at = this.#judgedAt
    if (at === undefined) return undefined
    return { at, machines: this.judge.watches.reduce((sum, { halves }) => sum + halves.length, 0) }
  }

  get columns(): readonly Column[] {
    return this.#parts.columns
  }
  /** What figures are computed with now. */
  get signs(): Signs {
    return this.#signs
  }
  get now(): Millis {
    return this.#parts.now()
  }

  /** The instruments of a rule, saved or not; undefined when its watchlist is gone. */
  scopeOf(rule: Rule): readonly InstrumentId[] | undefined {
    return scopeOf(rule, this.#watchlists)
  }

  get centre(): AlertCentre | undefined {
    return this.#centre
  }

  /** Answers, in words, which rules cannot be judged. */
  configure({
    rules,
    watchlists,
    policy = defaultAlertPolicy,
    alertFolder,
    signs = noSigns
  }: DeskWish): readonly string[] {
    if (alertFolder !== undefined && this.records.open(alertFolder)) {
      this.judge.recall(this.records.learned)
      const memory = this.records.policy
      if (memory) this.policy.restore(memory)
    }
    this.#rules = rules
    this.#watchlists = watchlists
    const widths = new Map(rules.map((rule) => [rule.id, scopeOf(rule, watchlists)?.length ?? 0]))
    this.policy.configure(policy, rules, widths, this.#parts.zone)
    const faults = this.judge.configure(rules, watchlists, signs)
    const isChanged = this.#parts.columns.some(({ metric }) => signs(metric) !== this.#signs(metric))
    this.#signs = signs
    if (isChanged) this.probes.renew((wish) => this.#siteOf(wish))
    const episodes = new Set(
      this.judge.watches.flatMap(({ hash, sight, halves }) =>
        halves.map(({ side, episodeAt }) => `${hash}|${sight.id}|${side}|${episodeAt}`)
      )
    )
    this.#active.keep(({ ruleHash, instrument, side, episode }) =>
      episodes.has(`${ruleHash}|${instrument}|${side}|${episode.slice(episode.lastIndexOf('|') + 1)}`)
    )
    return faults
  }

  /** After everything of this time was seen. Cooldowns of before are in the history: nothing is judged before it is read. */
  tick(at: Millis): void {
    if (!this.records.isReady) return
    const isSecond = this.#rounds.tick(at)
    this.#judgedAt = at
    this.probes.tick(at)
    if (isSecond) this.#follow(at)
  }

  see(sighting: Sighting): void {
    this.judge.see(sighting)
    this.probes.see(sighting)
  }

  /** A window wants to see how a rule stands; without a wish, no more. */
  probe(window: WindowPort, wish: ProbeWish | undefined): void {
    this.probes.set(window, wish, wish && this.#siteOf(wish), this.#parts.watched)
  }

  #siteOf({ rule }: ProbeWish): ProbeSite {
    const { columns } = this.#parts
    return { columns, learned: this.judge.save(), scope: this.scopeOf(rule) ?? [], signs: this.#signs }
  }

  /** A rule's notice as if it fired, down the real path; counts for nothing. */
  test(rule: Rule, sighting: Sighting): void {
    this.#rounds.tell(this.judge.test(rule, sighting))
  }

  act(command: AlertCommand): void {
    const at = this.#parts.now()
    switch (command.kind) {
      case 'snooze':
        this.policy.snooze(command.target, command.for, at)
        break
      case 'unsnooze':
        this.policy.snoozes.end(command.target)
        break
      case 'acknowledge':
        this.#acknowledge(command.episode, command.by, at)
        break
      case 'acknowledge-all':
        for (const { episode } of this.#active.alerts) this.#acknowledge(episode, command.by, at)
        for (const episode of this.policy.unacknowledged) this.#acknowledge(episode, command.by, at)
        break
      case 'note':
        this.records.note({ k: 'note', id: command.alert, text: command.text })
        break
      case 'tag':
        this.records.note({ k: 'tag', id: command.alert, tag: command.tag })
        break
      case 'rearm':
        this.policy.spent.rearm(command.rule)
        break
      case 'unquiet':
        this.policy.quiet.end(command.rule)
        break
      default:
        command satisfies never
    }
    if (!this.records.isReady) return
    this.#rounds.settle(at)
    this.#follow(at)
  }

  delivered(result: DeliveryResult): void {
    this.records.delivered(result)
    this.#parts.broadcast({ kind: 'alert-delivery', result })
  }

  stop(): void {
    this.records.saveLearned(this.judge.save())
    this.records.savePolicy(this.policy.save())
    void this.records.close()
  }

  /** To the windows at once; out of the engine once it is kept that it is. */
  #told(alert: Alert): void {
    if (alert.instruments) this.records.fired(alert, undefined)
    this.records.told(alert, () => {
      this.#parts.report({ kind: 'alert', alert })
      this.#parts.broadcast({ kind: 'alert', alert })
    })
  }

  #acknowledge(episode: string, by: string, at: Millis): void {
    this.#active.acknowledge(episode)
    this.policy.acknowledge(episode)
    this.records.note({ k: 'ack', id: episode, at, by })
    this.#parts.report({ kind: 'acknowledged', episode })
  }

  /** What is told and kept once a second. */
  #follow(at: Millis): void {
    this.#suggestions.settle(this.#rules.filter(({ id }) => this.policy.quiet.until(id, at) !== undefined))
    this.records.followUp(at, (id) => this.#parts.watched(id))
    if (!(at - this.#learnedAt < learnedMs)) {
      if (!Number.isNaN(this.#learnedAt)) this.records.saveLearned(this.judge.save())
      this.#learnedAt = at
    }
    const memory = JSON.stringify(this.policy.save())
    if (memory !== this.#policySaved && this.#policySaved !== '') this.records.savePolicy(this.policy.save())
    this.#policySaved = memory
    this.#tellCentre(at)
  }

  #tellCentre(at: Millis): void {
    const { watches } = this.judge
    const centre: AlertCentre = {
      at,
      rules: ruleStates(this.#rules, watches, this.policy, this.#suggestions, at),
      active: this.#active.list(
        (alert) =>
          watches
            .find(({ hash, sight }) => hash === alert.ruleHash && sight.id === alert.instrument)
            ?.halves.find((half) => half.side === alert.side && alert.episode.endsWith(`|${half.episodeAt}`)),
        (episode) => this.policy.escalation(episode)
      ),
      standing: standingOf(watches),
      snoozes: this.policy.snoozes.list,
      withheld: this.policy.withheld,
      quiet: this.policy.quietNow(at),
      overBudget: this.policy.overBudget,
      history: this.records.state
    }
    const text = centreText(centre)
    if (text === this.#centreTold) return
    this.#centreTold = text
    this.#centre = centre
    this.#parts.report({ kind: 'alert-centre', centre })
    this.#parts.broadcast({ kind: 'alert-centre', centre })
  }
}
