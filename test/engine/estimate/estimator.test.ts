import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { FigureCondition } from '../../../src-shared/alerts/condition'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import { sampleHead } from '../../../src-shared/contract/frames'
import type { Rule } from '../../../src-shared/rule'
import { defaultRecording } from '../../../src-shared/settings'
import { millis } from '../../../src-shared/units'
import type { Signs } from '../../../src-main/engine/metrics/signs'
import { RuleEstimator } from '../../../src-main/engine/estimate/estimator'
import { Recorder } from '../../../src-main/engine/tape/recorder'
import { filesIn } from '../../../src-main/engine/tape/files'
import { Seconds } from '../../../src-main/engine/tape/seconds'
import { simulated } from '../../../src-main/engine/venues/simulated/index'
import { FakeClock } from '../../support/fake-clock'
import { plainRule } from '../../support/plain-rule'

let folder = ''
let clock: FakeClock
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-estimate-'))
  clock = new FakeClock()
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const instrument = simulated.catalogue.guess('BTC-PERP')
const columns = [
  { metric: 'price', field: 'mid' },
  { metric: 'imbalance', field: 'bps10', range: [-1, 1] as const }
]
const head = Object.keys(sampleHead)
const shape = { columns: [...head, 'price.mid', 'imbalance.bps10'], prices: new Set([head.length]) }
const extreme = (more: Partial<FigureCondition>): FigureCondition => ({
  ...{ kind: 'figure', metric: 'imbalance', field: 'bps10', op: 'extreme', by: 'level' },
  ...{ on: 0.6, off: 0.35, smoothMs: 0 },
  ...more
})

/** An hour and a half of seconds, each with its imbalance; undefined: nothing was kept of it. */
async function taped(
  x: (second: number) => number | undefined,
  seconds = 5_400,
  events: readonly number[] = [],
  signs?: Signs
) {
  const tape = new Seconds({ folder, clock, shape })
  tape.configure(defaultRecording, signs)
  await tape.settled
  const from = clock.now()
  for (let n = 0; n < seconds; n++) {
    const at = clock.now()
    const value = x(n)
    const row = new Float64Array(shape.columns.length).fill(NaN)
    row.set([at, at, at])
    row.set([1_000, value ?? NaN], head.length)
    if (value !== undefined) tape.keep(instrument, row, undefined)
    if (events.includes(n)) tape.keepEvents([eventAt(at)])
    clock.freeze(1_000)
    if (n % 60 === 59) await clock.pass(0)
  }
  await tape.stop()
  return from
}
const eventAt = (at: number): MarketEvent => ({
  ...{ id: `e${at}`, instrument: instrument.id, metric: 'flow-reading', kind: 'absorption', at: millis(at) },
  ...{ side: 'bid', price: NaN, confidence: 0.9, words: '', evidence: [] }
})

const estimateOf = (
  rule: Rule,
  hours: number,
  more: { isWanted?: () => boolean; rest?: () => Promise<void>; signs?: Signs } = {}
) => {
  const { isWanted = () => true, rest = () => Promise.resolve(), signs } = more
  const slow = {
    ...clock,
    now: () => clock.now(),
    mono: () => (passed += 1),
    after: clock.after,
    every: clock.every
  }
  let passed = 0
  return new RuleEstimator({ folder, clock: slow, shape, columns, rest }).estimate({
    ...{ rule, hours, scope: [instrument.id], instrument: () => instrument, isWanted },
    ...(signs && { signs })
  })
}

describe('an estimate over the tape of seconds', () => {
  test('finds each time that the figure stayed beyond its level, with side and figure', async () => {
    const from = await taped(
      (n) => (n >= 100 && n < 110 ? 0.8 : n >= 300 && n < 302 ? 0.9 : n >= 500 && n < 510 ? -0.7 : 0),
      900
    )
    const estimate = await estimateOf(plainRule(), 1)
    expect(estimate).toMatchObject({ fires: 2, basis: 'seconds', left: 0, holesMs: 0 })
    // On for 3 s: from 100 s on fires at 103 s; two seconds of it are too short.
    expect(estimate?.times).toEqual([
      {
        at: from + 103_000,
        instrument: instrument.id,
        side: 'bid',
        value: expect.closeTo(0.8, 6) as number,
        threshold: 0.6
      },
      {
        at: from + 503_000,
        instrument: instrument.id,
        side: 'ask',
        value: expect.closeTo(-0.7, 6) as number,
        threshold: -0.6
      }
    ])
    expect(estimate?.hours).toBeCloseTo(0.25, 6)
    expect(estimate?.expectedPerHour).toBeCloseTo(8, 6)
    expect(estimate?.span).toEqual({ from, to: from + 900_000 })
    expect(estimate?.reason).toContain('15 minutes')
  })

  test('of what may be over between two seconds it tells so many fires at least', async () => {
    await taped((n) => (n >= 100 && n < 110 ? 0.8 : 0), 900)
    expect(await estimateOf(plainRule({ minMs: 500 }), 1)).toMatchObject({ fires: 1, isLeast: true })
    expect((await estimateOf(plainRule(), 1))?.isLeast).toBe(false)
  })

  test('levels come from what came before alone: what follows a moment does not change what was found until then', async () => {
    const calm = (n: number) => ((n * 7) % 100) / 1_000 + (n % 900 === 899 ? 0.3 : 0)
    const rule = plainRule({
      when: extreme({ by: 'percentile', on: 99.5, off: 95, window: '24h' }),
      side: 'bid',
      minMs: 1_000,
      rearmMs: 0,
      cooldownMs: 0
    })
    const loud = (n: number) => (n < 3_600 ? (n % 300 < 5 ? 0.4 + n / 1e5 : calm(n)) : 0.9)
    const from = await taped(loud)
    const all = await estimateOf(rule, 24)
    rmSync(folder, { recursive: true })
    clock.setWall(from - clock.now())
    await taped(loud, 3_600)
    const half = await estimateOf(rule, 24)
    expect(half!.fires).toBeGreaterThan(2)
    expect(all!.times.filter(({ at }) => at < from + 3_600_000)).toEqual(half!.times)
    // The first half hour is for learning.
    expect(half!.times[0]!.at).toBeGreaterThanOrEqual(from + 1_800_000)
    expect(half!.hours).toBeLessThan(0.51)
  })

  test('figures that were computed with other settings than now are not judged', async () => {
    const loud = (n: number) => (n >= 100 && n < 110 ? 0.8 : 0)
    await taped(loud, 300, [], (metric) => (metric === 'imbalance' ? 'old' : ''))
    await taped(loud, 300, [], (metric) => (metric === 'imbalance' ? 'new' : ''))
    const fires = async (sign: string) =>
      (await estimateOf(plainRule(), 1, { signs: (metric) => (metric === 'imbalance' ? sign : '') }))!.fires
    expect([await fires('new'), await fires('old'), await fires('third')]).toEqual([1, 1, 0])
    expect((await estimateOf(plainRule(), 1))!.fires).toBe(2)
  })

  test('of a metric whose settings concern other figures alone a figure is judged as it was', async () => {
    const loud = (n: number) => (n >= 100 && n < 110 ? 0.8 : 0)
    const other =
      (sign: string): Signs =>
      (metric, field) =>
        metric !== 'imbalance' ? '' : field === 'bps10' ? 'same' : sign
    await taped(loud, 300, [], other('old'))
    const fires = async (signs: Signs) => (await estimateOf(plainRule(), 1, { signs }))!.fires
    const whole: Signs = (metric) => (metric === 'imbalance' ? 'old' : '')
    expect([await fires(other('new')), await fires(whole)]).toEqual([1, 0])
  })

  test('a hole is told, and nothing fires over it', async () => {
    const from = await taped((n) => (n >= 100 && n < 200 ? undefined : n >= 98 && n < 202 ? 0.8 : 0), 400)
    const estimate = await estimateOf(plainRule(), 1)
    expect(estimate).toMatchObject({ fires: 0, holesMs: 100_000 })
    expect(estimate?.holes).toEqual([{ from: from + 100_000, to: from + 200_000 }])
  })

  test('events are found again on the tape', async () => {
    const when = {
      kind: 'event',
      metric: 'flow-reading',
      event: 'absorption',
      atLeast: 1,
      withinMs: 10_000,
      confidence: 0.5
    } as const
    const from = await taped(() => 0, 400, [200])
    const estimate = await estimateOf(plainRule({ when, side: 'both', minMs: 0 }), 1)
    expect(estimate?.times).toEqual([{ at: from + 200_000, instrument: instrument.id, side: 'bid' }])
  })

  test('works in slices, and is not answered once nobody waits', async () => {
    await taped(() => 0, 400)
    let rests = 0
    const rest = () => {
      rests++
      return Promise.resolve()
    }
    await estimateOf(plainRule(), 1, { rest })
    // Its clock moves a millisecond each time that it is asked, once an entry: a rest at least every five of 400.
    expect(rests).toBeGreaterThan(70)
    let asked = 0
    expect(await estimateOf(plainRule(), 1, { isWanted: () => ++asked < 3 })).toBeUndefined()
    expect(asked).toBeLessThan(6)
  })

  test('says why it cannot tell: no tape, a figure nobody wanted, data itself', async () => {
    expect((await estimateOf(plainRule(), 1))?.reason).toContain('less of it than a rule needs')
    const data = plainRule({ when: { kind: 'data', what: 'down', forMs: 20_000 } })
    expect((await estimateOf(data, 1))?.reason).toContain('backtest')
    const silence = { kind: 'silence', what: 'trades', forMs: 5_000 } as const
    const mixed = plainRule({ when: { kind: 'all', of: [plainRule().when, { kind: 'not', of: silence }] } })
    expect((await estimateOf(mixed, 1))?.unfit).toEqual([
      { path: 'when.of.1.of', why: expect.stringContaining('last trade') as string }
    ])
    await taped(() => NaN, 100)
    expect((await estimateOf(plainRule(), 1))?.reason).toContain('nobody wanted it')
  })
})

test('a tape may hold other records than those of seconds', async () => {
  const recorder = new Recorder({
    files: filesIn(folder),
    clock,
    limits: { days: 1, bytes: 1e9 },
    onState: () => undefined
  })
  recorder.note('gap', 0, { instrument: instrument.id })
  await recorder.stop()
  expect(await estimateOf(plainRule(), 1)).toMatchObject({ fires: 0 })
})
