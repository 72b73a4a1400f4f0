import { cpuUsage } from 'node:process'
import { Judge } from '../../src-main/engine/alerts/judge'
import { sampleHead, sampleHeadLength } from '../../src-shared/contract/frames'
import { millis } from '../../src-shared/units'
import { chanceOf } from '../support/sim-venue/chance'
import { plainRule } from '../support/plain-rule'
import type { Row } from './report'

const figures = 40
const columns = [
  { metric: 'price', field: 'mid' },
  ...Array.from({ length: figures }, (_, place) => ({
    metric: 'm',
    field: `f${place}`,
    range: [-1, 1] as const
  }))
]
const wall = 1_800_000_000_000

/** A judge of 500 rules on 50 instruments whose figures wander: both sides, four smoothings, half of the levels from their own history. */
class Busy {
  readonly judge = new Judge(columns)
  readonly #rows: Float64Array[]
  readonly #ids: string[]
  readonly #chance = chanceOf(3)
  #mono = 0
  alerts = 0

  constructor(rules: number, instruments: number) {
    this.#ids = Array.from({ length: instruments }, (_, place) => `sim:I${place}`)
    this.#rows = this.#ids.map(() => new Float64Array(sampleHeadLength + columns.length).fill(0))
    const list = Array.from({ length: rules }, (_, place) => {
      const rule = plainRule({ id: `r${place}`, metric: 'm', field: `f${place % figures}` })
      const smoothMs = [0, 1_000, 2_000, 5_000][place % 4]!
      const when = {
        ...({ kind: 'figure', metric: 'm', field: `f${place % figures}`, op: 'extreme' } as const),
        ...(place % 2
          ? ({ by: 'level', on: 0.6, off: 0.35 } as const)
          : ({ by: 'percentile', on: 99.5, off: 95 } as const)),
        smoothMs
      }
      return { ...rule, when }
    })
    const values = [5_000, ...Array.from({ length: 400 }, (_, bin) => Math.exp(-(((bin - 200) / 60) ** 2)))]
    this.judge.recall(
      this.#ids.flatMap((id) =>
        list.flatMap(({ when }) =>
          when.by === 'level' ? [] : [{ key: `${id} m.${when.field} ${when.smoothMs} 24h`, values }]
        )
      )
    )
    this.judge.configure(list, [{ id: 'w', name: 'W', instruments: this.#ids }])
  }

  tick(stepMs = 100): void {
    const at = millis(wall + this.#mono)
    for (const [place, row] of this.#rows.entries()) {
      row[sampleHead.heardAt] = at
      row[sampleHeadLength] = 10_000
      // Each wanders back and forth, correlated over some seconds, as an imbalance does.
      for (let column = 1; column < columns.length; column++)
        row[sampleHeadLength + column]! +=
          0.02 * (this.#chance() * 2 - 1) - 0.002 * row[sampleHeadLength + column]!
      this.judge.see({
        ...{ instrument: { id: this.#ids[place]!, simulated: true }, row, live: true },
        ...{ mono: this.#mono, at }
      })
    }
    this.alerts += this.judge.decide().length
    this.#mono += stepMs
  }

  /** The same without a judge, to be taken off. */
  idle(): void {
    for (const row of this.#rows)
      for (let column = 1; column < columns.length; column++)
        row[sampleHeadLength + column]! +=
          0.02 * (this.#chance() * 2 - 1) - 0.002 * row[sampleHeadLength + column]!
  }
}

const cpuMs = (run: () => void): number => {
  const before = cpuUsage()
  run()
  const { user, system } = cpuUsage(before)
  return (user + system) / 1_000
}

/** What 500 rules on 50 instruments cost at ten samples a second, and whether they grow. */
export function alertRows(): Row[] {
  // First, while nothing else is in memory.
  const growth = growthRows()
  const busy = new Busy(500, 50)
  for (let tick = 0; tick < 150; tick++) busy.tick()
  const ticks = 100
  const idle = cpuMs(() => {
    for (let tick = 0; tick < ticks; tick++) busy.idle()
  })
  const rounds = Array.from(
    { length: 5 },
    () =>
      cpuMs(() => {
        for (let tick = 0; tick < ticks; tick++) busy.tick()
      }) - idle
  ).sort((a, b) => a - b)
  const on = '500 rules x 50 instruments at 10 Hz'
  const steps = stepTimes(busy, 300)
  return [
    {
      part: 'alerts',
      what: 'judge',
      on,
      figure: (100 * rounds[2]!) / (ticks * 100),
      unit: '% of a core',
      goal: 5
    },
    { part: 'alerts', what: 'step, median', on, figure: quantile(steps, 0.5), unit: 'ms', goal: NaN },
    { part: 'alerts', what: 'step, p99', on, figure: quantile(steps, 0.99), unit: 'ms', goal: 100 },
    ...growth
  ]
}

/** Of one whole step each, its market with it, on the clock, rising. */
function stepTimes(busy: Busy, count: number): number[] {
  const times = Array.from({ length: count }, () => {
    const from = performance.now()
    busy.tick()
    return performance.now() - from
  })
  return times.sort((a, b) => a - b)
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN

/** Heap and buffers after a collection, KB, as one judge of two rules on five instruments goes on for a million steps. */
function growthRows(): Row[] {
  const small = new Busy(2, 5)
  const used = (): number => {
    globalThis.gc?.()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return (heapUsed + arrayBuffers) / 1_000
  }
  let steps = 0
  const at = (until: number): number => {
    for (; steps < until; steps++) small.tick()
    return used()
  }
  const early = at(1e5)
  const late = at(1e6)
  const on = '2 rules x 5 instruments'
  return [
    { part: 'alerts', what: 'memory at 1e5 steps', on, figure: early, unit: 'KB', goal: NaN },
    { part: 'alerts', what: 'growth to 1e6 steps', on, figure: late - early, unit: 'KB', goal: 100 }
  ]
}
