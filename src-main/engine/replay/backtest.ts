import type { Alert } from '../../../src-shared/alert'
import { toldNotices } from '../../../src-shared/alert'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { BookStatus } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { Judge } from '../alerts/judge'
import type { Policy } from '../alerts/policy/policy'
import type { Book } from '../book/book'
import type { Changes, Trades } from '../book/changes'
import type { FeedListener } from '../feed/listener'
import type { Metric } from '../metrics/metric'
import { paramsOf } from '../metrics/params'
import { MetricRunner } from '../metrics/runner'
import type { Quote } from '../venues/venue'
import { Outcomes } from './outcomes'
import type { Judged, RuleResult } from './rule-results'
import { resultsOf } from './rule-results'
import type { VerdictsWish } from './verdicts'
import { Verdicts } from './verdicts'

/** As the engine samples. */
const everyMs = 100
const hourMs = 3_600_000
/** Longer is no pause of a recording, but another one. */
const pauseMs = 3_600_000

interface Played {
  runner: MetricRunner
  live: boolean
  tradedAt: number
  checkedAt: number
  events: MarketEvent[]
  eventCount: number
  readonly outcomes: Outcomes
  liveMs: number
}

/** Rules over a tape: the engine's own metrics, judge and policy, by the tape's clock. A rule on a watchlist is judged on everything that is on the tape. */
export class Backtest implements FeedListener {
  readonly #metrics: readonly Metric[]
  readonly #rules: readonly Rule[]
  readonly #judge: Judge
  readonly #verdicts: Verdicts
  readonly #played = new Map<InstrumentId, Played>()
  readonly #spreadPlace: number
  readonly #midPlace: number
  readonly #wanted: ReadonlySet<string>
  #next = NaN
  /** In words: rules that cannot be judged. */
  faults: readonly string[] = []

  constructor(rules: readonly Rule[], metrics: readonly Metric[], wish: VerdictsWish = {}) {
    this.#rules = rules.map((rule) => ({ ...rule, enabled: true }))
    this.#metrics = metrics
    const columns = columnsOf(metrics.map((metric) => metric.spec))
    const place = (metric: string, field: string): number =>
      columns.findIndex((column) => column.metric === metric && column.field === field) + sampleHeadLength
    this.#midPlace = place('price', 'mid')
    this.#spreadPlace = place('spread', 'bps')
    this.#judge = new Judge(columns)
    this.#verdicts = new Verdicts(this.#judge, wish, (alert) => {
      this.#keep(alert)
    })
    this.#configure(['sim:NONE'])
    this.#wanted = new Set([...this.#judge.needs].map(([, metric]) => metric))
    this.#configure([])
  }

  /** Takes the samples that fall due before something happens at `at`. */
  until(at: Millis): void {
    if (Number.isNaN(this.#next)) this.#next = Math.ceil(at / everyMs) * everyMs
    if (at - this.#next > pauseMs) {
      this.#judge.onGap()
      this.#next = Math.ceil(at / everyMs) * everyMs
    }
    for (; this.#next <= at; this.#next += everyMs) this.#sample(millis(this.#next))
  }

  /** Hours in which books were live, all instruments together. */
  get hours(): number {
    let sum = 0
    for (const { liveMs } of this.#played.values()) sum += liveMs
    return sum / hourMs
  }

  /** As the judge said it, in order. */
  get alerts(): readonly Alert[] {
    return this.#verdicts.judged
  }
  /** As the policy would have told it, in order: with what was withheld, and with the cards of storms. */
  get told(): readonly Alert[] {
    return this.#verdicts.told
  }
  /** For snoozes, as a user would set them. */
  get policy(): Policy {
    return this.#verdicts.policy
  }

  get judged(): readonly Judged[] {
    return this.alerts.flatMap((alert) => {
      if (alert.notice !== 'FIRE' && alert.notice !== 'FIRE_DEFERRED') return []
      const outcome = this.#played.get(alert.instrument)?.outcomes.of(alert)
      return outcome ? [{ alert, verdict: this.#verdicts.of(alert), outcome }] : []
    })
  }

  get results(): readonly RuleResult[] {
    return resultsOf(this.#rules, this.judged, this.hours)
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    this.#played.get(id)?.runner.onBook(book, changes, at)
  }
  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    const played = this.#played.get(id)
    if (!played) return
    played.tradedAt = at
    played.runner.onTrades(trades, at)
  }
  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    this.#played.get(id)?.runner.onQuote(quote, quote.at, at)
  }
  onLiquidations(): void {
    // No condition looks at them by themselves.
  }
  onReference(): void {
    // No condition looks at them.
  }
  onGap(id: InstrumentId, at: Millis): void {
    this.#judge.onGap(id)
    this.#played.get(id)?.runner.onGap(at)
  }
  onTradesLost(id: InstrumentId, from: Millis): void {
    this.#played.get(id)?.runner.onTradesLost(from)
  }
  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    const played = this.#played.get(id)
    played?.runner.onRescale(instrument, priceFactor, sizeFactor)
    played?.outcomes.rescale(priceFactor)
  }
  onStatus(id: InstrumentId, { state, checkedAt }: BookStatus): void {
    const played = this.#played.get(id)
    if (!played) return
    played.live = state === 'live'
    played.checkedAt = checkedAt ?? NaN
  }
  onInstruments(list: readonly Instrument[]): void {
    let isNew = false
    for (const instrument of list) {
      const known = this.#played.get(instrument.id)
      if (known) known.runner.describe(instrument)
      else {
        this.#played.set(instrument.id, this.#begin(instrument))
        isNew = true
      }
    }
    if (isNew) this.#configure([...this.#played.keys()])
  }

  #begin(instrument: Instrument): Played {
    const played: Omit<Played, 'runner'> = {
      ...{ live: false, tradedAt: NaN, checkedAt: NaN, events: [], eventCount: 0 },
      ...{ outcomes: new Outcomes(), liveMs: 0 }
    }
    const whole = played as Played
    whole.runner = new MetricRunner(this.#metrics, instrument, {
      ...{ params: ({ spec }) => paramsOf(spec), recall: () => undefined },
      ...{ keep: () => undefined, refused: () => undefined },
      tell: ({ spec }, seen) => {
        const id = `${instrument.id}|${spec.id}|${seen.at}|${++whole.eventCount}`
        whole.events.push({ ...seen, id, instrument: instrument.id, metric: spec.id })
      }
    })
    whole.runner.want(this.#wanted, millis(NaN))
    return whole
  }

  #configure(instruments: string[]): void {
    const lists = new Set(
      this.#rules.flatMap(({ scope }) => (scope.kind === 'watchlist' ? [scope.watchlist] : []))
    )
    const watchlists = [...lists].map((id) => ({ id, name: id, instruments }))
    this.faults = this.#judge.configure(this.#rules, watchlists)
    this.#verdicts.configure(this.#rules, watchlists)
  }

  #sample(at: Millis): void {
    for (const played of this.#played.values()) {
      const { runner, live, tradedAt, checkedAt, events } = played
      const row = runner.sample(at, live)
      played.outcomes.sample(at, row[this.#midPlace]!)
      if (live) played.liveMs += everyMs
      played.events = []
      const { instrument } = runner
      this.#judge.see({ instrument, row, live, mono: at, at, tradedAt, checkedAt, events })
    }
    this.#verdicts.tick(at)
  }

  #keep(alert: Alert): void {
    const played = this.#played.get(alert.instrument)
    if (!played || !toldNotices.includes(alert.notice)) return
    played.outcomes.begin(alert, (played.runner.row[this.#spreadPlace] ?? NaN) / 2)
  }
}
