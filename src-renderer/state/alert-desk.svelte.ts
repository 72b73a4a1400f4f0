import { SvelteMap } from 'svelte/reactivity'
import type { AlertCommand } from '../../src-shared/alerts/commands'
import type { RuleProbe } from '../../src-shared/alerts/probe'
import type {
  AlertEntry,
  AlertEvidence,
  DeliveryResult,
  RuleEstimate,
  RuleScore,
  StandingLevels
} from '../../src-shared/alerts/record'
import type { AlertCentre, HistoryWish } from '../../src-shared/alerts/state'
import type { EngineCommand } from '../../src-shared/contract/commands'
import type { EngineFrame } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Rule } from '../../src-shared/rule'
import type { AlertDesk, Answered, HistoryPage } from './alerting'

/** Entries kept for flags: of one instrument the latest, of the oldest instruments none. */
const mostOfOne = 1_000
const mostAsked = 200
const mostInstruments = 100
const away = 'the engine is away; it starts again by itself'

type Question = Extract<
  EngineCommand,
  { kind: 'alert-history' | 'alert-evidence' | 'alert-scores' | 'rule-levels' | 'estimate-rule' }
>
type Wanted = Question extends infer One ? (One extends Question ? Omit<One, 'request'> : never) : never
type Answer = Extract<
  EngineFrame,
  { kind: 'alert-history' | 'alert-evidence' | 'alert-scores' | 'rule-levels' | 'rule-estimate' }
>
type AlertFrame =
  Extract<EngineFrame, { kind: 'alert-centre' | 'alert-entry' | 'alert-delivery' | 'rule-probe' }> | Answer

/** What the engine keeps and says of alerts beside the feed, and the questions of this window. */
export class AlertDeskState implements AlertDesk {
  readonly #send: (command: EngineCommand) => void
  #centre = $state.raw<AlertCentre>()
  #connected = $state(false)
  #latest = $state.raw<AlertEntry>()
  #shown = $state<string>()
  #probed = $state.raw<RuleProbe>()
  #probing: { readonly rule: Rule; readonly instrument: InstrumentId } | undefined
  readonly #results = new SvelteMap<string, DeliveryResult>()
  readonly #entries = new SvelteMap<InstrumentId, readonly AlertEntry[]>()
  /** Instruments whose entries were asked for since the engine greeted. */
  #asked: readonly string[] = []
  /** Who waits for an answer, by the number of the question. */
  #waiting: readonly { readonly request: number; readonly done: (answer: Answer | undefined) => void }[] = []
  #request = 0

  constructor(send: (command: EngineCommand) => void) {
    this.#send = send
  }

  get centre(): AlertCentre | undefined {
    return this.#connected ? this.#centre : undefined
  }
  get latest(): AlertEntry | undefined {
    return this.#latest
  }
  get shown(): string | undefined {
    return this.#shown
  }

  open(episode: string): void {
    this.#shown = episode
  }
  close(): void {
    this.#shown = undefined
  }

  act(command: AlertCommand): void {
    this.#send(command)
  }

  get probed(): RuleProbe | undefined {
    return this.#connected ? this.#probed : undefined
  }

  probe(wish: { readonly rule: Rule; readonly instrument: InstrumentId } | undefined): void {
    // What is told of another rule says nothing of this one.
    if (!wish || wish.rule.id !== this.#probing?.rule.id || wish.instrument !== this.#probing.instrument)
      this.#probed = undefined
    this.#probing = wish
    if (this.#connected) this.#send({ kind: 'probe-rule', ...(wish && { wish }) })
  }

  result(channel: string): DeliveryResult | undefined {
    return this.#results.get(channel)
  }

  entries(instrument: InstrumentId): readonly AlertEntry[] {
    return this.#entries.get(instrument) ?? []
  }

  askEntries(instrument: InstrumentId, within?: { readonly from: number; readonly to: number }): void {
    const key = within ? `${instrument} ${within.from}` : instrument
    if (!this.#connected || this.#asked.includes(key)) return
    this.#asked = [...this.#asked, key]
    void this.history({ instrument, ...within }, mostAsked).then((page) => {
      if (page.ok) this.#keep(instrument, page.value.entries)
      else this.#asked = this.#asked.filter((it) => it !== key)
    })
  }

  async history(wish: HistoryWish, most: number): Promise<Answered<HistoryPage>> {
    const answer = await this.#ask({ kind: 'alert-history', wish, most })
    return answer?.kind === 'alert-history' ? ok(answer) : no
  }

  async evidence(episode: string): Promise<Answered<AlertEvidence | undefined>> {
    const answer = await this.#ask({ kind: 'alert-evidence', alert: episode })
    return answer?.kind === 'alert-evidence' ? ok(answer.evidence) : no
  }

  async scores(): Promise<Answered<readonly RuleScore[]>> {
    const answer = await this.#ask({ kind: 'alert-scores' })
    return answer?.kind === 'alert-scores' ? ok(answer.scores) : no
  }

  async estimate(rule: Rule, hours: number): Promise<Answered<RuleEstimate>> {
    const answer = await this.#ask({ kind: 'estimate-rule', rule, hours })
    return answer?.kind === 'rule-estimate' ? ok(answer.estimate) : no
  }

  async levels(instrument: InstrumentId): Promise<Answered<readonly StandingLevels[]>> {
    const answer = await this.#ask({ kind: 'rule-levels', instrument })
    return answer?.kind === 'rule-levels' ? ok(answer.levels) : no
  }

  /** A new engine, or a new port to the same one. */
  greet(): void {
    this.#connected = true
    this.#asked = []
    if (this.#probing) this.#send({ kind: 'probe-rule', wish: this.#probing })
  }

  /** Nobody will answer what was asked. */
  lose(): void {
    this.#connected = false
    this.#asked = []
    const waiting = this.#waiting
    this.#waiting = []
    for (const { done } of waiting) done(undefined)
  }

  receive(frame: AlertFrame): void {
    switch (frame.kind) {
      case 'alert-centre':
        this.#centre = frame.centre
        break
      case 'alert-entry':
        this.#latest = frame.entry
        this.#keep(frame.entry.alert.instrument, [frame.entry])
        break
      case 'rule-probe':
        if (this.#probing) this.#probed = frame.probe
        break
      case 'alert-delivery':
        this.#results.set(frame.result.channel, frame.result)
        break
      default:
        this.#waiting.find(({ request }) => request === frame.request)?.done(frame)
        this.#waiting = this.#waiting.filter(({ request }) => request !== frame.request)
    }
  }

  #ask(question: Wanted): Promise<Answer | undefined> {
    if (!this.#connected) return Promise.resolve(undefined)
    const request = ++this.#request
    return new Promise((done) => {
      this.#waiting = [...this.#waiting, { request, done }]
      this.#send({ ...question, request })
    })
  }

  /** Newer words on an episode replace older ones. */
  #keep(instrument: InstrumentId, entries: readonly AlertEntry[]): void {
    const fresh = entries.map(({ alert }) => alert.episode)
    const rest = this.entries(instrument).filter(({ alert }) => !fresh.includes(alert.episode))
    const all = [...entries, ...rest].sort((a, b) => a.alert.at - b.alert.at)
    this.#entries.set(instrument, all.slice(-mostOfOne))
    if (this.#entries.size > mostInstruments) this.#entries.delete(this.#entries.keys().next().value!)
  }
}

const ok = <T>(value: T): Answered<T> => ({ ok: true, value })
const no = { ok: false, reason: away } as const
