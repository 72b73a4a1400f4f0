import { describe, expect, test } from 'vitest'
import { All, AtLeast, Not } from '../../../src-main/engine/alerts/composites'
import type { Node } from '../../../src-main/engine/alerts/node'
import type { Condition } from '../../../src-shared/alerts/condition'
import type { MarketEvent } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { Bench, figure, ruleOf, wall } from './bench'

const node = (level: number): Node => ({
  ...{ level: () => level, refresh: () => undefined, forget: () => undefined },
  ...{ learned: 1, lead: undefined }
})
const levels = [2, 1, 0, NaN]

describe('three-valued logic', () => {
  test('and: false dominates, then unknown', () => {
    const table = levels.map((a) => levels.map((b) => new All([node(a), node(b)]).level(0)))
    expect(table).toEqual([
      [2, 1, 0, NaN],
      [1, 1, 0, NaN],
      [0, 0, 0, 0],
      [NaN, NaN, 0, NaN]
    ])
  })
  test('or: true dominates, then unknown', () => {
    const table = levels.map((a) => levels.map((b) => new AtLeast([node(a), node(b)], 1).level(0)))
    expect(table).toEqual([
      [2, 2, 2, 2],
      [2, 1, 1, NaN],
      [2, 1, 0, NaN],
      [2, NaN, NaN, NaN]
    ])
  })
  test('not unknown is unknown', () => {
    expect(levels.map((a) => new Not([node(a)]).level(0))).toEqual([0, 1, 2, NaN])
  })
  test('two of three are true whatever the third is, and false once two are', () => {
    const of = (...it: number[]) => new AtLeast(it.map(node), 2).level(0)
    expect([of(2, 2, NaN), of(0, 0, NaN), of(2, 0, NaN), of(2, 1, 0)]).toEqual([2, 0, NaN, 1])
  })
})

describe('what fires', () => {
  test('one that is on for an hour fires once', () => {
    expect(new Bench([ruleOf(figure())]).feed(6_000, 0).feed(3_600_000, 0.8).said).toEqual(['FIRE@6.0'])
  })

  test('below: on at .2 and under, over only above .4', () => {
    const bench = new Bench([ruleOf(figure({ op: 'below', on: 0.2, off: 0.4 }))])
    bench.feed(6_000, 1).feed(1_000, 0.2).feed(1_000, 0.4).feed(1_000, 0.41)
    expect(bench.said).toEqual(['FIRE@6.0', 'RESOLVED@8.0'])
  })

  test('a falling edge fires when the condition ends, either fires both', () => {
    const run = (trigger: 'down' | 'either') =>
      new Bench([ruleOf(figure(), { trigger })]).feed(6_000, 0.8).feed(1_000, 0).feed(1_000, 0.8).said
    expect(run('down')).toEqual(['FIRE@6.0', 'RESOLVED@7.0'])
    expect(run('either').filter((said) => said.startsWith('FIRE'))).toEqual(['FIRE@6.0', 'FIRE@7.0'])
  })

  test('a level is a colour in the window: nothing is told', () => {
    const bench = new Bench([ruleOf(figure(), { trigger: 'level' })]).feed(6_000, 0).feed(1_000, 0.8)
    expect(bench.said).toEqual([])
    expect(bench.judge.watches[0]!.halves[0]!.isFiring).toBe(true)
  })

  test('a band is entered at its ends and left a margin beyond them; its outside is the mirror of that', () => {
    const band = (inside: boolean): Condition => ({
      ...{ kind: 'band', metric: 'imbalance', field: 'bps10', by: 'level', smoothMs: 0 },
      ...{ low: 0.2, high: 0.4, margin: 0.1, inside }
    })
    const run = (inside: boolean) =>
      new Bench([ruleOf(band(inside))]).feed(6_000, inside ? 0 : 0.3).feed(1_000, inside ? 0.2 : 0.6)
    expect(run(true).feed(1_000, 0.45).feed(1_000, 0.51).said).toEqual(['FIRE@6.0', 'RESOLVED@8.0'])
    expect(run(false).feed(1_000, 0.45).feed(1_000, 0.4).said).toEqual(['FIRE@6.0', 'RESOLVED@8.0'])
  })

  test('a rate of change is of the figure now against the figure that long ago', () => {
    const change = { overMs: 10_000, in: 'units' } as const
    const bench = new Bench([ruleOf(figure({ on: 0.5, off: 0.1, change }))])
    bench.feed(20_000, 0.1).feed(2_000, 0.65).feed(10_000, 0.65)
    expect(bench.said).toEqual(['FIRE@20.0', 'RESOLVED@30.0'])
  })

  test('a flip is from one side beyond the level to the other in time', () => {
    const flip: Condition = {
      ...{ kind: 'flip', metric: 'imbalance', field: 'bps10', on: 0.5, off: 0.2 },
      ...{ smoothMs: 0, withinMs: 3_000 }
    }
    const run = (pauseMs: number) =>
      new Bench([ruleOf(flip)]).feed(6_000, -0.6).feed(pauseMs, 0).feed(1_000, 0.6).feed(500, 0).said
    expect(run(2_000)).toEqual(['FIRE@8.0', 'RESOLVED@9.0'])
    expect(run(4_000)).toEqual([])
  })

  test('three edges within a minute', () => {
    const bench = new Bench([
      ruleOf({ kind: 'repeated', when: figure(), atLeast: 3, withinMs: 60_000 })
    ]).feed(6_000, 0)
    for (let edge = 0; edge < 3; edge++) bench.feed(1_000, 0.8).feed(9_000, 0)
    expect(bench.said).toEqual(['FIRE@26.0'])
  })

  test('a sequence wants its order and its time', () => {
    const then = figure({ metric: 'rate', field: 'trades', on: 5, off: 2 })
    const rule = ruleOf({ kind: 'sequence', first: figure(), then, withinMs: 5_000 })
    const run = (...steps: readonly (readonly [number, { x: number; y: number }])[]) => {
      const bench = new Bench([rule]).feed(6_000, 0)
      for (const [ms, fed] of steps) bench.feed(ms, fed)
      return bench.said.filter((said) => said.startsWith('FIRE'))
    }
    expect(run([1_000, { x: 0.8, y: 0 }], [2_000, { x: 0, y: 0 }], [1_000, { x: 0, y: 9 }])).toEqual([
      'FIRE@9.0'
    ])
    expect(run([1_000, { x: 0.8, y: 0 }], [9_000, { x: 0, y: 0 }], [1_000, { x: 0, y: 9 }])).toEqual([])
    expect(run([1_000, { x: 0, y: 9 }], [2_000, { x: 0, y: 0 }], [1_000, { x: 0.8, y: 0 }])).toEqual([])
  })

  test('a divergence is one that holds while the other never does', () => {
    const from = figure({ metric: 'rate', field: 'trades', on: 5, off: 2 })
    const rule = ruleOf({ kind: 'divergence', when: figure(), from, withinMs: 10_000 })
    const bench = new Bench([rule]).feed(6_000, 0).feed(20_000, { x: 0.8, y: 0 })
    expect(bench.said).toEqual(['FIRE@16.0'])
    const joined = new Bench([rule])
      .feed(6_000, 0)
      .feed(5_000, { x: 0.8, y: 0 })
      .feed(9_000, { x: 0.8, y: 9 })
    expect(joined.said).toEqual([])
  })

  test('no trade for a time, once that time has been watched', () => {
    const bench = new Bench([ruleOf({ kind: 'silence', what: 'trades', forMs: 10_000 })])
    bench.feed(8_000, { tradedAt: wall + 7_000 }).feed(20_000, { tradedAt: wall + 7_900 })
    expect(bench.said).toEqual(['FIRE@17.9'])
  })

  test('events of a kind on the rule’s side', () => {
    const event = (side: 'bid' | 'ask', confidence: number): MarketEvent => ({
      ...{ id: '1', instrument: 'sim:A', metric: 'flow-reading', kind: 'wall', at: millis(wall) },
      ...{ side, price: 1, confidence, words: '', evidence: [] }
    })
    const rule = ruleOf(
      {
        ...{ kind: 'event', metric: 'flow-reading', event: 'wall' },
        ...{ atLeast: 2, withinMs: 10_000, confidence: 0.5 }
      },
      { side: 'bid' }
    )
    const bench = new Bench([rule]).feed(6_000, 0)
    for (const events of [[event('ask', 1)], [event('bid', 0.4)], [event('bid', 1)], [event('bid', 0.5)]])
      bench.feed(100, { events }).feed(900, 0)
    expect(bench.said).toEqual(['FIRE@9.0'])
    expect(bench.feed(20_000, 0).said).toEqual(['FIRE@9.0', 'RESOLVED@18.0'])
  })

  test('the data itself: a lost book is known to be lost', () => {
    const down = ruleOf({ kind: 'data', what: 'down', forMs: 5_000 })
    const bench = new Bench([down]).feed(2_000, 0).feed(6_000, { live: false }).feed(1_000, 0)
    expect(bench.said).toEqual(['FIRE@7.0', 'RESOLVED@8.0'])
    expect(bench.alerts[0]).toMatchObject({ data: true, metric: '', side: 'none' })
    const stale = new Bench([ruleOf({ kind: 'data', what: 'stale', forMs: 5_000 })])
    expect(stale.feed(2_000, 0).feed(1_000, { age: 5_000 }).said).toEqual(['FIRE@2.0'])
    const gaps = new Bench([ruleOf({ kind: 'data', what: 'gaps', forMs: 60_000, atLeast: 2 })])
    for (let gap = 0; gap < 2; gap++) gaps.feed(1_000, 0).feed(1_000, { live: false })
    expect(gaps.said).toEqual(['FIRE@3.0'])
  })

  test('a figure of a book not heard of for three seconds is unknown: it fires after it is heard of again', () => {
    const bench = new Bench([ruleOf(figure())]).feed(6_000, 0).feed(2_000, { x: 0.8, age: 3_100 })
    expect(bench.said).toEqual([])
    expect(bench.feed(100, { x: 0.8, age: 3_000 }).said).toEqual(['FIRE@8.0'])
  })

  test('on another instrument, and on two of three', () => {
    const other = new Bench([ruleOf(figure({ instrument: 'sim:B' }))], ['sim:A', 'sim:B'])
    expect(
      new Set(
        other
          .feed(6_000, 0, 0)
          .feed(1_000, 0, 0.8)
          .alerts.map(({ instrument }) => instrument)
      )
    ).toEqual(new Set(['sim:A', 'sim:B']))
    const ids = ['sim:A', 'sim:B', 'sim:C']
    const rule = ruleOf(
      { kind: 'among', instruments: ids, atLeast: 2, when: figure() },
      { scope: { kind: 'instrument', instrument: 'sim:A' } }
    )
    const among = new Bench([rule], ids).feed(6_000, 0, 0, 0).feed(1_000, 0.8, 0, 0).feed(1_000, 0.8, 0, 0.8)
    expect(among.said).toEqual(['FIRE@7.0'])
  })

  test('among the two highest of its watchlist', () => {
    const ids = ['sim:A', 'sim:B', 'sim:C', 'sim:D']
    const rule = ruleOf(figure({ by: 'rank', on: 1, off: 3 }))
    const bench = new Bench([rule], ids).feed(6_000, 0.1, 0.2, 0.3, 0.4).feed(1_000, 0.9, 0.2, 0.3, 0.4)
    expect(bench.alerts.map(({ notice, instrument }) => [notice, instrument])).toEqual([
      ['ALREADY_ON', 'sim:D'],
      ['FIRE', 'sim:A']
    ])
  })

  test('for 80 % of the last three seconds, where every fifth sample dips', () => {
    const chatter = (hold: 'strict' | 'most') => {
      const bench = new Bench([ruleOf(figure(), { hold, minMs: 3_000 })]).feed(6_000, 0)
      for (let second = 0; second < 10; second++) bench.feed(400, 0.8).feed(100, 0.5)
      return bench.said
    }
    expect(chatter('strict')).toEqual([])
    expect(chatter('most')).toHaveLength(1)
  })

  test('stronger while it fires: the same episode, told louder once', () => {
    const rule = ruleOf(figure(), {
      stepUp: { when: figure({ on: 0.9, off: 0.8 }), severity: 'critical' }
    })
    const bench = new Bench([rule]).feed(6_000, 0).feed(2_000, 0.7).feed(1_000, 0.95).feed(1_000, 0.95)
    expect(bench.said).toEqual(['FIRE@6.0', 'STEP_UP@8.0'])
    expect(new Set(bench.alerts.map(({ episode }) => episode)).size).toBe(1)
    expect(bench.alerts.map(({ severity }) => severity)).toEqual(['warn', 'critical'])
  })

  test('is not judged after it expired', () => {
    const bench = new Bench([ruleOf(figure(), { expiresAt: wall + 5_500 })])
    expect(bench.feed(6_000, 0).feed(1_000, 0.8).said).toEqual([])
  })

  test('alerts of one time come in the same order, whoever was sampled first', () => {
    const run = (ids: string[]) =>
      new Bench([ruleOf(figure())], ids)
        .feed(6_000, 0)
        .feed(200, 0.8)
        .alerts.map(({ id }) => id)
    expect(run(['sim:A', 'sim:B'])).toEqual(run(['sim:B', 'sim:A']))
  })
})
