import type { Alert } from '../../../src-shared/alert'
import type { Span } from '../../../src-shared/alerts/record'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { Judge } from '../alerts/judge'
import { leavesIn } from './basis'
import { spanOf } from './fires'

export interface TrialWish {
  readonly rule: Rule
  readonly scope: readonly InstrumentId[]
  readonly columns: readonly Column[]
  /** Fires count from here on, wall ms; what comes before is for learning. */
  readonly from: number
}

const secondMs = 1_000
/** One missed second is the sampler's; more is a hole, after which a book must warm up again. */
const longestStep = 2
const told: readonly Alert['notice'][] = ['FIRE', 'FIRE_DEFERRED']
const everything = 'everything'

interface Seen {
  readonly instrument: Instrument
  row: Float64Array
  events: MarketEvent[]
  second: number
}

/** A rule judged on rows of seconds, in their order. Levels come from the rows before alone. */
export class Trial {
  readonly #judge: Judge
  readonly #wish: TrialWish
  readonly #seen = new Map<InstrumentId, Seen>()
  /** Seen in the second that is gathered. */
  readonly #fresh = new Set<Seen>()
  readonly #columns: readonly number[]
  readonly #known = new Set<number>()
  #second = NaN
  #first = NaN
  readonly fires: Alert[] = []
  readonly holes: Span[] = []
  readonly judgedMs = new Map<InstrumentId, number>()
  readonly fault: string

  constructor(wish: TrialWish) {
    const { rule, scope, columns } = wish
    this.#wish = wish
    this.#judge = new Judge(columns)
    const list = { id: everything, name: everything, instruments: [...scope] }
    const onAll = { ...rule, enabled: true, scope: { kind: 'watchlist', watchlist: everything } as const }
    this.fault = this.#judge.configure([onAll], [list]).join(' ')
    this.#columns = figuresOf(rule, columns)
  }

  /** Whose rows it needs. */
  get instruments(): ReadonlySet<InstrumentId> {
    return new Set([...this.#judge.needs].map(([id]) => id))
  }

  /** From the first row that counts to the last; undefined before one. */
  get span(): Span | undefined {
    return Number.isNaN(this.#first)
      ? undefined
      : spanOf(this.#first * secondMs, (this.#second + 1) * secondMs)
  }

  /** Some of the rule's figures was never known: nobody wanted it then. */
  get isBlind(): boolean {
    return this.#columns.some((column) => !this.#known.has(column))
  }

  row(instrument: Instrument, row: Float64Array): void {
    const second = Math.floor(row[0]! / secondMs)
    if (second < this.#second) return
    if (second !== this.#second) this.#turn(second)
    let seen = this.#seen.get(instrument.id)
    if (!seen) this.#seen.set(instrument.id, (seen = { instrument, row, events: [], second: NaN }))
    if (seen.second === second) return
    if (second - seen.second > longestStep) this.#judge.onGap(instrument.id)
    seen.row = row
    seen.second = second
    this.#fresh.add(seen)
  }

  /** It counts in the second in which it came. */
  event(event: MarketEvent): void {
    this.#seen.get(event.instrument)?.events.push(event)
  }

  finish(): void {
    this.#decide()
  }

  #turn(second: number): void {
    this.#decide()
    const { from } = this.#wish
    if (second * secondMs >= from) {
      if (Number.isNaN(this.#first)) this.#first = second
      else if (second - this.#second > longestStep)
        this.holes.push(spanOf((this.#second + 1) * secondMs, second * secondMs))
    }
    this.#second = second
  }

  #decide(): void {
    const at = this.#second * secondMs
    const isCounted = at >= this.#wish.from
    for (const { instrument, row, events } of this.#fresh) {
      for (const column of this.#columns) if (!Number.isNaN(row[column]!)) this.#known.add(column)
      this.#judge.see({ instrument, row, live: true, mono: at, at: millis(at), events })
    }
    const alerts = this.#judge.decide()
    for (const seen of this.#fresh) seen.events = []
    if (isCounted) {
      for (const alert of alerts) if (told.includes(alert.notice)) this.fires.push(alert)
      this.#count()
    }
    this.#fresh.clear()
  }

  /** Seconds in which an instrument could have fired. */
  #count(): void {
    for (const { sight, halves } of this.#judge.watches) {
      const seen = this.#seen.get(sight.id)
      if (!seen || !this.#fresh.has(seen) || halves.some(({ node }) => node.learned < 1)) continue
      this.judgedMs.set(sight.id, (this.judgedMs.get(sight.id) ?? 0) + secondMs)
    }
  }
}

/** Places in a row of the figures that a rule looks at. */
function figuresOf(rule: Rule, columns: readonly Column[]): readonly number[] {
  return leavesIn(rule).flatMap((leaf) => {
    if (!('field' in leaf)) return []
    const found = columns.findIndex(({ metric, field }) => metric === leaf.metric && field === leaf.field)
    return found < 0 ? [] : [found + sampleHeadLength]
  })
}
