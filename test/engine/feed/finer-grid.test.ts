import fc from 'fast-check'
import { expect, test } from 'vitest'
import { gridOf, pointOn } from '../../../src-shared/instrument'
import { finerGrid } from '../../../src-main/engine/feed/finer-grid'

test('0.25 steps become 0.05 steps when 0.10 arrives: five for one', () => {
  expect(finerGrid({ decimals: 2, step: 25 }, '0.10')).toEqual({ grid: { decimals: 2, step: 5 }, factor: 5 })
})

test('steps of ten become steps of 0.5: twenty for one', () => {
  expect(finerGrid({ decimals: 0, step: 10 }, '100.5')).toEqual({
    grid: { decimals: 1, step: 5 },
    factor: 20
  })
})

test('what is on the grid already, no number, or too fine refines nothing', () => {
  for (const text of ['7', '7.00', '1e3', '', 'NaN', '0.0000000001'])
    expect(finerGrid({ decimals: 0, step: 1 }, text)).toBeUndefined()
})

test('the finer grid holds the new number and every old point', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1e6 }), (step, value) => {
      const coarse = gridOf((step / 100).toFixed(2))!
      const text = (value / 1_000).toFixed(3)
      const refined = finerGrid(coarse, text)
      if (!refined) {
        expect(pointOn(coarse, text)).toBeDefined()
        return
      }
      const { grid, factor } = refined
      expect(pointOn(grid, text)).toBeDefined()
      expect(Number.isInteger(factor)).toBe(true)
      expect((factor * grid.step) / 10 ** grid.decimals).toBeCloseTo(coarse.step / 10 ** coarse.decimals, 12)
    })
  )
})
