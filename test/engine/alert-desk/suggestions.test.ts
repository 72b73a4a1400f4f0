import { describe, expect, test } from 'vitest'
import { stricter } from '../../../src-main/engine/alert-desk/stricter'
import { Suggestions, type EstimateOf } from '../../../src-main/engine/alert-desk/suggestions'
import type { Rule } from '../../../src-shared/rule'
import { plainRule } from '../../support/plain-rule'

const rare = (on: number): Rule =>
  plainRule({ when: { ...plainRule().when, by: 'percentile', on, off: 95 } as Rule['when'] })
const settled = () => new Promise((resolve) => setImmediate(resolve))
/** Fires an hour, one answer after another. */
const telling =
  (...rates: number[]): EstimateOf =>
  ({ id }) =>
    Promise.resolve({
      ...{ ruleId: id, hours: 24, fires: 1, firesPerHour: rates.shift() ?? NaN, times: [], reason: '' }
    })

describe('a stricter level', () => {
  test('of a percentile is a rarer one, of a value a larger one', () => {
    expect(stricter(rare(99.8)).map(({ level }) => level)).toEqual(['P99.9', 'P99.95'])
    expect(stricter(plainRule()).map(({ on }) => on)).toEqual([0.69, 0.78, 0.9])
  })

  test('is the mildest that fires less than four times an hour', async () => {
    const suggestions = new Suggestions(telling(9, 3))
    suggestions.settle([rare(99.5)])
    expect(suggestions.of('r')).toEqual({ state: 'looking' })
    await settled()
    expect(suggestions.of('r')).toEqual({
      ...{ state: 'found', on: 99.9, level: 'P99.9', perHour: 3, overHours: 24 }
    })
  })

  test('that nobody knows is told with its reason, and never looked for twice', async () => {
    let asked = 0
    const suggestions = new Suggestions((rule, hours, isWanted) => {
      asked++
      return telling(9)(rule, hours, isWanted)
    })
    for (let times = 0; times < 3; times++) {
      suggestions.settle([rare(99.9)])
      await settled()
    }
    expect(suggestions.of('r')).toMatchObject({ state: 'none' })
    expect(asked).toBe(1)
  })

  test('is forgotten when the rule is quiet no more, and looked for anew when it is another', async () => {
    const suggestions = new Suggestions(telling(2, 1))
    suggestions.settle([rare(99.5)])
    await settled()
    suggestions.settle([rare(99.8)])
    expect(suggestions.of('r')).toEqual({ state: 'looking' })
    suggestions.settle([])
    await settled()
    expect(suggestions.of('r')).toBeUndefined()
  })
})
