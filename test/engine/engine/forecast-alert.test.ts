import * as v from 'valibot'
import { expect, test } from 'vitest'
import { forecast } from '../../../src-main/engine/metrics/forecast'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import type { FigureCondition } from '../../../src-shared/alerts/condition'
import { ruleSchema, usual } from '../../../src-shared/rule'
import { plainInstrument } from '../../support/hand-book'
import { engineOn } from './fake-feed'

const figure = (field: string, op: 'above' | 'below', on: number, off: number): FigureCondition => ({
  ...{ kind: 'figure', metric: 'forecast', field, op, by: 'level' },
  ...{ on, off, smoothMs: 0 }
})
/** Probability over 70 % while ECE under 5 % and edge proven. */
const rule = v.parse(ruleSchema, {
  ...usual,
  ...{
    id: 'sure',
    name: 'Up within a second',
    scope: { kind: 'instrument', instrument: plainInstrument.id }
  },
  ...{ side: 'none', minMs: 0, rearmMs: 0, cooldownMs: 0, channels: ['feed'] },
  when: {
    kind: 'all',
    of: [
      figure('s1-up', 'above', 0.7, 0.65),
      figure('s1-ece', 'below', 0.05, 0.06),
      figure('s1-edge', 'above', 0.5, 0.4)
    ]
  }
})

test('“probability over 70 % while ECE under 5 % and edge proven” fires then and only then, and has the forecast computed', async () => {
  const figures: Record<string, number> = {}
  let running = 0
  /** The forecast's own figures, said by the test. */
  const said: Metric = {
    spec: forecast.spec,
    start() {
      running++
      return {
        sample(_at, into, from) {
          for (const [place, { id }] of forecast.spec.fields.entries())
            into[from + place] = figures[id] ?? NaN
        }
      }
    }
  }
  const { clock, reports, feed } = engineOn([rule], [plainInstrument.id], [said])
  const at = async (up: number, ece: number, edge: number) => {
    Object.assign(figures, { 's1-up': up, 's1-ece': ece, 's1-edge': edge })
    const from = reports.length
    for (let tenth = 0; tenth < 20; tenth++) {
      await clock.pass(100)
      feed.change([[99, 1 + tenth]], [[101, 1]])
    }
    return reports.slice(from).flatMap((it) => (it.kind === 'alert' ? [it.alert.notice] : []))
  }
  feed.goLive([[99, 1]], [[101, 1]])
  expect(running).toBe(1)
  // Learning: nothing is known. Then proven but not sure, sure but badly calibrated, and sure without an edge, which shows no chance.
  for (const [up, ece, edge] of [
    [NaN, NaN, NaN],
    [0.6, 0.02, 1],
    [0.8, 0.08, 1],
    [NaN, 0.02, 0]
  ] as const)
    expect(await at(up, ece, edge)).toEqual([])
  expect(await at(0.6, 0.02, 1)).toEqual([])
  expect(await at(0.8, 0.02, 1)).toEqual(['FIRE'])
  // The edge is lost, and with it the chance: over.
  expect(await at(NaN, 0.02, 0)).toEqual(['RESOLVED'])
})
