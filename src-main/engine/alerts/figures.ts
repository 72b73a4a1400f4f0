import type { BandCondition, FigureCondition, FlipCondition } from '../../../src-shared/alerts/condition'
import { historyWindows } from '../../../src-shared/alerts/condition'
import type { Column } from '../../../src-shared/contract/catalogue'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Signs } from '../metrics/signs'
import { noSigns } from '../metrics/signs'
import { FigureHistory } from './figure-history'
import type { Board } from './levels'
import { Sight } from './sight'
import { Signal } from './signal'

type Wish = FigureCondition | BandCondition | FlipCondition

/** What a figure was like, over restarts. */
export interface Learned {
  readonly key: string
  readonly values: readonly number[]
}

/**
 * Who looks at what: instruments, their signals and histories, shared by all rules that want the same. Both belong to the parameters that the figure is computed
 * with: with others it is another figure.
 */
export class Figures {
  readonly #columns: readonly Column[]
  readonly #sights = new Map<InstrumentId, Sight>()
  readonly #signals = new Map<string, Signal>()
  readonly #histories = new Map<string, FigureHistory>()
  readonly #remembered = new Map<string, readonly number[]>()
  #signs: Signs = noSigns
  #used = new Set<string>()

  constructor(columns: readonly Column[]) {
    this.#columns = columns
  }

  /** Everything not asked for until the next `forgetUnused` goes then. */
  begin(signs: Signs = noSigns): void {
    this.#signs = signs
    this.#used = new Set()
    for (const sight of this.#sights.values()) sight.displace()
  }

  forgetUnused(): void {
    for (const kept of [this.#sights, this.#signals, this.#histories])
      for (const key of kept.keys()) if (!this.#used.has(key)) kept.delete(key)
  }

  /** -1 where there is no such figure. */
  columnOf(metric: string, field: string): number {
    const found = this.#columns.findIndex((column) => column.metric === metric && column.field === field)
    return found < 0 ? -1 : found + sampleHeadLength
  }

  /** Whether a figure depends on settings. */
  isSet(metric: string, field: string): boolean {
    return this.#signs(metric, field) !== ''
  }

  get(id: InstrumentId): Sight | undefined {
    return this.#sights.get(id)
  }

  sight(id: InstrumentId): Sight {
    this.#used.add(id)
    let sight = this.#sights.get(id)
    if (!sight) this.#sights.set(id, (sight = new Sight(id)))
    return sight
  }

  signal(id: InstrumentId, wish: Wish): Signal {
    const change = wish.kind === 'figure' ? wish.change : undefined
    const key = this.#keyOf(id, wish)
    let signal = this.#signals.get(key)
    if (!signal) this.#signals.set(key, (signal = new Signal(wish.smoothMs, change)))
    if (!this.#used.has(key))
      this.sight(id).place(this.columnOf(wish.metric, wish.field), wish.smoothMs, signal)
    this.#used.add(key)
    return signal
  }

  /** Undefined where the condition counts against none. */
  history(id: InstrumentId, wish: FigureCondition | BandCondition): FigureHistory | undefined {
    if (wish.by === 'level' || wish.by === 'rank') return undefined
    const { window = '24h', metric, field } = wish
    const byHour = wish.kind === 'figure' && wish.byHour === true
    const isMoved = wish.kind === 'figure' && wish.change !== undefined
    const key = `${this.#keyOf(id, wish)} ${window}${byHour ? ' by hour' : ''}`
    this.#used.add(key)
    const known = this.#histories.get(key)
    if (known) return known
    const range = isMoved ? undefined : this.#columns[this.columnOf(metric, field) - sampleHeadLength]?.range
    const history = new FigureHistory({ range, windowMs: historyWindows[window], byHour })
    const remembered = this.#remembered.get(key)
    // What makes no sense any more is learned anew.
    if (remembered) history.restore(remembered)
    this.#histories.set(key, history)
    this.signal(id, wish).histories.push(history)
    return history
  }

  /** Places in a watchlist by one signal of its instruments. */
  board(ids: readonly InstrumentId[], wish: FigureCondition, tick: { readonly count: number }): Board {
    return new SignalBoard(
      ids.map((id) => this.signal(id, wish)),
      tick
    )
  }

  save(): readonly Learned[] {
    return [...this.#histories].map(([key, history]) => ({ key, values: history.save() }))
  }

  recall(learned: readonly Learned[]): void {
    for (const { key, values } of learned) this.#remembered.set(key, values)
  }

  forget(id: InstrumentId | undefined): void {
    for (const [key, sight] of this.#sights) if (id === undefined || id === key) sight.forget()
  }

  #keyOf(id: InstrumentId, { metric, field, smoothMs, ...wish }: Wish): string {
    const change =
      wish.kind === 'figure' && wish.change ? ` ${wish.change.in} over ${wish.change.overMs}` : ''
    const sign = this.#signs(metric, field, id)
    return `${id} ${metric}.${field}${sign && `#${sign}`} ${smoothMs}${change}`
  }
}

/** Fewer instruments have no places. */
const leastRanked = 3

class SignalBoard implements Board {
  readonly #signals: readonly Signal[]
  readonly #sorted: Float64Array
  readonly #tick: { readonly count: number }
  #known = 0
  #count = NaN

  constructor(signals: readonly Signal[], tick: { readonly count: number }) {
    this.#signals = signals
    this.#sorted = new Float64Array(signals.length)
    this.#tick = tick
  }

  at(place: number, sign: 1 | -1): number {
    if (this.#count !== this.#tick.count) this.#sort()
    if (this.#known < leastRanked || place > this.#known) return NaN
    return sign * this.#sorted[sign > 0 ? this.#known - place : place - 1]!
  }

  #sort(): void {
    this.#count = this.#tick.count
    this.#known = 0
    for (const { value } of this.#signals) if (!Number.isNaN(value)) this.#sorted[this.#known++] = value
    this.#sorted.subarray(0, this.#known).sort()
  }
}
