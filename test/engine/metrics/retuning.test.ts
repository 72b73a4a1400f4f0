import { expect, test } from 'vitest'
import { metrics } from '../../../src-main/engine/metrics'
import { retuning } from '../../../src-main/engine/metrics/retuning'
import { figuresOf, startOn } from './figures'
import { handBook } from '../../support/hand-book'
import { paramsOf } from '../../../src-main/engine/metrics/params'

const specs = metrics.map(({ spec }) => spec)
const of = (...[before, after]: [Parameters<typeof retuning>[1], Parameters<typeof retuning>[1]]) => {
  const { anew, adjusted, figures } = retuning(specs, before, after)
  return { anew: [...anew], adjusted: [...adjusted], figures: [...figures] }
}

test('the footprint’s interval changes no figure, and nothing begins anew', () => {
  expect(of({}, { delta: { interval: 10 } })).toEqual({ anew: [], adjusted: ['delta'], figures: [] })
})

test('a parameter that concerns some figures changes those', () => {
  expect(of({ delta: { coverage: 0.5 } }, {})).toEqual({
    ...{ anew: [], adjusted: ['delta'], figures: ['delta.session'] }
  })
})

test('one that concerns all begins the metric anew, with what reads it, even where one that does not changed too', () => {
  const { anew, adjusted, figures } = of({}, { 'flow-velocity': { tau: 10 }, delta: { step: 2 } })
  expect(anew).toEqual(['flow-velocity', 'usual'])
  expect(adjusted).toEqual(['delta'])
  expect(new Set(figures.map((figure) => figure.split('.')[0]))).toEqual(new Set(['flow-velocity', 'usual']))
})

test('what is not used changes nothing: beyond its range, or set as it is by itself', () => {
  const none = { anew: [], adjusted: [], figures: [] }
  expect(of({}, { delta: { interval: 1 }, nonsense: { odd: 3 } })).toEqual(none)
  expect(of({}, { delta: { interval: 60 } })).toEqual(none)
})

test.each(metrics.filter(({ spec }) => spec.params?.some(({ concerns }) => concerns)))(
  '$spec.id takes such parameters while it runs',
  (metric) => {
    const run = startOn(metric, handBook([[99, 1]], [[101, 1]]))
    run.adjust!(paramsOf(metric.spec))
    expect(figuresOf(metric, run)).toEqual(
      figuresOf(metric, startOn(metric, handBook([[99, 1]], [[101, 1]])))
    )
  }
)
