import { describe, expect, test } from 'vitest'
import { metrics } from '../../../src-main/engine/metrics'
import { explanationOf } from '../../../src-renderer/parts/explanation'
import { defaultSettings } from '../../../src-shared/settings'

const specs = metrics.map(({ spec }) => spec)

describe('the explanation of every metric has its formula, its source, its parameters as set, and what it needs', () => {
  test.each(specs.map((spec) => [spec.id, spec] as const))('%s', (_id, spec) => {
    const [formula = '', source = '', params = '', needs = '', ...reasons] = explanationOf(
      spec,
      defaultSettings,
      []
    )
    expect(formula.length).toBeGreaterThan(80)
    expect(formula).not.toMatch(/Sources?: /)
    expect(source).toMatch(/^Sources?: \S.{8,}/)
    for (const { title } of spec.params ?? []) expect(params).toContain(title)
    expect(params).not.toMatch(/NaN|undefined/)
    if ((spec.params ?? []).length === 0) expect(params).toBe('Parameters: none.')
    expect(needs).toMatch(spec.needs.includes('trades') ? /trades without a gap/ : /a live book/)
    expect(reasons).toEqual([])
  })
})

test('a parameter that was changed stands beside its default', () => {
  const spec = specs.find(({ id }) => id === 'imbalance-resting')!
  const settings = { ...defaultSettings, metrics: { 'imbalance-resting': { age: 500 } } }
  expect(explanationOf(spec, settings, [])[2]).toContain('Least age of a level 500 ms (by default 250)')
})

test('a reason that holds for several figures is told once, with their names or their number', () => {
  const spec = specs.find(({ id }) => id === 'price')!
  const because = (...titles: readonly string[]) =>
    explanationOf(
      spec,
      defaultSettings,
      titles.map((title) => ({ title, why: 'The book is empty.' }))
    ).slice(4)
  expect(because('Mid', 'Offset')).toEqual(['Not known now, Mid, Offset: The book is empty.'])
  expect(because('a', 'b', 'c', 'd')).toEqual(['Not known now, 4 figures: The book is empty.'])
})
