import { Judge } from '../../../src-main/engine/alerts/judge'
import type { Alert } from '../../../src-shared/alert'
import type { Condition, FigureCondition } from '../../../src-shared/alerts/condition'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import { plainRule } from '../../support/plain-rule'

export const columns = [
  { metric: 'price', field: 'mid' },
  { metric: 'imbalance', field: 'bps10', range: [-1, 1] as const },
  { metric: 'rate', field: 'trades' }
]
export const wall = 1_800_000_000_000

export interface Fed {
  readonly x?: number
  readonly y?: number
  readonly live?: boolean
  readonly tradedAt?: number
  /** How old the book is, ms. */
  readonly age?: number
  readonly events?: readonly MarketEvent[]
}

/** `x` is the imbalance, `y` the trades a second: what a condition may look at. */
export const figure = (more: Partial<FigureCondition> = {}): FigureCondition => ({
  ...{ kind: 'figure', metric: 'imbalance', field: 'bps10', op: 'above', by: 'level' },
  ...{ on: 0.6, off: 0.35, smoothMs: 0 },
  ...more
})
export const ruleOf = (when: Condition, more: Partial<Rule> = {}): Rule =>
  plainRule({ when, side: 'none', minMs: 0, rearmMs: 0, cooldownMs: 0, ...more })

/** A judge fed ten samples a second, one value an instrument, whose alerts pile up. */
export class Bench {
  readonly judge = new Judge(columns)
  readonly alerts: Alert[] = []
  readonly ids: readonly string[]
  mono = 0

  constructor(rules: readonly Rule[], ids: readonly string[] = ['sim:A']) {
    this.ids = ids
    this.judge.configure(rules, [{ id: 'w', name: 'W', instruments: [...ids] }])
  }

  /** The same for all instruments, or one each. */
  feed(forMs: number, ...fed: readonly (number | Fed)[]): this {
    for (const until = this.mono + forMs; this.mono < until; this.mono += 100) {
      for (const [place, id] of this.ids.entries()) this.#see(id, fed[place] ?? fed[0]!)
      this.alerts.push(...this.judge.decide())
    }
    return this
  }

  /** `FIRE@6.0`, in seconds of the bench. */
  get said(): string[] {
    return this.alerts.map(({ notice, at }) => `${notice}@${((at - wall) / 1_000).toFixed(1)}`)
  }

  #see(id: string, fed: number | Fed): void {
    const {
      x = 0,
      y = 0,
      live = true,
      age = 0,
      tradedAt = NaN,
      events = []
    } = typeof fed === 'number' ? { x: fed } : fed
    const at = millis(wall + this.mono)
    const row = new Float64Array(sampleHeadLength + columns.length)
    row[sampleHead.heardAt] = at - age
    row.set([1_000, x, y], sampleHeadLength)
    this.judge.see({ instrument: { id, simulated: true }, row, live, mono: this.mono, at, tradedAt, events })
  }
}
