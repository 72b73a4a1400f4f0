import { expect, test } from 'vitest'
import { metrics } from '../../../src-main/engine/metrics'
import { signsFor, signsOf } from '../../../src-main/engine/metrics/signs'

const specs = metrics.map(({ spec }) => spec)
const plain = signsOf(specs)

test('a sign is the same as long as a metric is computed with the same parameters', () => {
  expect(signsOf(specs, { imbalance: { decay: 0.3 } })('imbalance')).toBe(plain('imbalance'))
  const other = signsOf(specs, { imbalance: { decay: 0.5 } })
  expect(other('imbalance')).not.toBe(plain('imbalance'))
  expect(other('vpin')).toBe(plain('vpin'))
})

test('what is not used changes none: beyond its range, or of no such parameter', () => {
  const odd = signsOf(specs, { imbalance: { decay: -1, nonsense: 3 } })
  expect(odd('imbalance')).toBe(plain('imbalance'))
})

test('a metric that reads others has other figures when theirs are others', () => {
  const read = signsOf(specs, { 'flow-velocity': { tau: 10 } })
  expect(read('flow-velocity')).not.toBe(plain('flow-velocity'))
  expect(read('usual')).not.toBe(plain('usual'))
})

test('a parameter that names the figures it concerns changes the signs of those alone, and of a table none', () => {
  const covered = signsOf(specs, { delta: { coverage: 0.5 } })
  expect(covered('delta', 'session')).not.toBe(plain('delta', 'session'))
  expect(covered('delta', 'cvd')).toBe(plain('delta', 'cvd'))
  expect(covered('delta')).not.toBe(plain('delta'))
  const shaped = signsOf(specs, { delta: { interval: 10, step: 3 } })
  for (const { id } of metrics.find(({ spec }) => spec.id === 'delta')!.spec.fields)
    expect(shaped('delta', id)).toBe(plain('delta', id))
  expect(shaped('delta')).toBe(plain('delta'))
})

test('an instrument with an anchor of its own has other signs, of the anchored figures alone', () => {
  const set = { metrics: { vwap: { anchor: 600 } }, anchors: { 'sim:A': 1_200, 'sim:B': 0, 'sim:C': 600 } }
  const signs = signsFor(specs, set)
  const anchored = (id?: string) => signs('vwap', 'anchored', id)
  expect(anchored()).toBe(signsOf(specs, set.metrics)('vwap', 'anchored'))
  expect(anchored('sim:A')).toBe(signsOf(specs, { vwap: { anchor: 1_200 } })('vwap', 'anchored'))
  expect(anchored('sim:B')).toBe(plain('vwap', 'anchored'))
  expect(new Set([anchored('sim:A'), anchored('sim:B'), anchored('sim:C')]).size).toBe(3)
  expect([anchored('sim:C'), anchored('sim:D')]).toEqual([anchored(), anchored()])
  for (const field of ['rolling', 'session', 'away', 'sessionSeen'])
    expect(signs('vwap', field, 'sim:A')).toBe(plain('vwap', field))
  expect(signs('imbalance', 'bps10', 'sim:A')).toBe(plain('imbalance', 'bps10'))
})

test('a metric without parameters has none', () => {
  expect([plain('price'), plain('nonsense')]).toEqual(['', ''])
})
