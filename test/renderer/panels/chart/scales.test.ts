import { describe, expect, it } from 'vitest'
import { spaced } from '../../../../src-renderer/charts/time-plot'
import { labelDecimals, priceRange } from '../../../../src-renderer/panels/chart/scales'
import { bandsFrom, bandTitle, toggled } from '../../../../src-renderer/parts/imbalance-bands'

describe('the price range', () => {
  it('leaves 8 % of air', () => {
    expect(priceRange(100, 200, 1)).toEqual([92, 208])
  })
  it('keeps a still market a flat line in the middle', () => {
    expect(priceRange(100, 100, 8)).toEqual([96, 104])
  })
  it('is finite without data', () => {
    expect(priceRange(null, null, 8)).toEqual([0, 8])
  })
})

describe('axis labels', () => {
  it('show the decimals that tell them apart, and no more than the grid has', () => {
    expect(labelDecimals(40, 2)).toBe(0)
    expect(labelDecimals(0.2, 2)).toBe(1)
    expect(labelDecimals(0.25, 2)).toBe(2)
    expect(labelDecimals(2.5, 2)).toBe(1)
    expect(labelDecimals(0.001, 2)).toBe(2)
  })
})

describe('labels at the ends of lines', () => {
  it('keep their distance and their order', () => {
    expect(spaced([50, 48, 80], 14, 0, 100)).toEqual([62, 48, 80])
  })
  it('stay inside', () => {
    expect(spaced([99, 98], 14, 0, 100)).toEqual([100, 86])
    expect(spaced([-5], 14, 8, 100)).toEqual([8])
  })
})

describe('bands', () => {
  it('are the usual three when nothing usable was chosen', () => {
    expect(bandsFrom(undefined)).toEqual(['bps10', 'bps25', 'bps5'])
    expect(bandsFrom(['nonsense'])).toEqual(['bps10', 'bps25', 'bps5'])
  })
  it('are the known ones, each once, at most four', () => {
    expect(bandsFrom(['l1', 'l1', 'x', 'l5', 'l10', 'l20', 'bps5'])).toEqual(['l1', 'l5', 'l10', 'l20'])
  })
  it('never become none, and never five', () => {
    expect(toggled(['l1'], 'l1')).toEqual(['l1'])
    expect(toggled(['l1', 'l5', 'l10', 'l20'], 'bps5')).toEqual(['l1', 'l5', 'l10', 'l20'])
  })
  it('have names that traders use', () => {
    expect(['l1', 'l20', 'bps25'].map((band) => bandTitle(band as 'l1'))).toEqual([
      'touch',
      '20 levels',
      '25 bps'
    ])
  })
})
