import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { heldUntil, sampled } from '../../../src-renderer/charts/sampled'
import { handSeries } from '../../support/hand-series'

describe('sampled rows', () => {
  it('are the rows of the stretch and one beyond either edge', () => {
    const series = handSeries([0, 100, 200, 300, 400].map((at) => [at, at / 100]))
    const lines = sampled(series, [1], [150, 250], 1_000)
    expect(lines).toEqual({ at: [100, 200, 300], values: [[1, 2, 3]] })
  })

  it('hold a hole where a gap begins, and nothing from inside it', () => {
    const series = handSeries(
      [
        [0, 1],
        [100, 2],
        [200, 99],
        [300, 3]
      ],
      [[150, 250]]
    )
    const lines = sampled(series, [1], [0, 400], 1_000)
    expect(lines).toEqual({ at: [0, 100, 150, 300], values: [[1, 2, null, 3]] })
  })

  it('end in a hole while a gap is open', () => {
    const series = handSeries(
      [
        [0, 1],
        [100, 2]
      ],
      [[150, Infinity]]
    )
    expect(sampled(series, [1], [0, 400], 1_000).values).toEqual([[1, 2, null]])
  })

  it('hold a hole for an unknown figure and for a column the engine does not have', () => {
    const series = handSeries([
      [0, 1],
      [100, NaN],
      [200, 3]
    ])
    expect(sampled(series, [1, -1], [0, 200], 1_000).values).toEqual([
      [1, null, 3],
      [null, null, null]
    ])
  })

  it('keep the lowest and the highest of every pixel, in the order of the move', () => {
    const up = [5, 1, 9, 6]
    const down = [6, 9, 1, 5]
    const series = handSeries([...up, ...down].map((value, i) => [i * 100, value]))
    const lines = sampled(series, [1], [0, 800], 2)
    expect(lines.values).toEqual([[1, 9, 9, 1]])
  })

  it('never lose an extreme and never run backwards in time, however few the pixels', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 300 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 40 }), (figures, pixels) => {
        const series = handSeries(figures.map((value, i) => [i * 100, value]))
        const { at, values } = sampled(series, [1], [0, figures.length * 100], pixels)
        const drawn = values[0]!.filter((value) => value !== null)
        expect(Math.min(...drawn)).toBe(Math.min(...figures))
        expect(Math.max(...drawn)).toBe(Math.max(...figures))
        expect(at).toEqual([...at].sort((a, b) => a - b))
      })
    )
  })

  it('never join two sides of a gap', () => {
    const plan = fc.record({
      count: fc.integer({ min: 4, max: 200 }),
      from: fc.integer({ min: 1, max: 150 }),
      length: fc.integer({ min: 1, max: 60 }),
      pixels: fc.integer({ min: 1, max: 60 })
    })
    fc.assert(
      fc.property(plan, ({ count, from, length, pixels }) => {
        const began = from * 100 - 50
        const ended = began + length * 100
        const rows = Array.from({ length: count }, (_, i) => [i * 100, i])
        const { at, values } = sampled(handSeries(rows, [[began, ended]]), [1], [0, count * 100], pixels)
        const before = at.findLastIndex((time, i) => time < began && values[0]![i] !== null)
        const after = at.findIndex((time, i) => time >= ended && values[0]![i] !== null)
        if (before >= 0 && after >= 0) expect(values[0]!.slice(before, after)).toContain(null)
        expect(at.some((time, i) => time > began && time < ended && values[0]![i] !== null)).toBe(false)
      })
    )
  })
})

describe('a line held to the present', () => {
  it('repeats the last values', () => {
    expect(heldUntil({ at: [0, 100], values: [[1, 2]] }, 150)).toEqual({
      at: [0, 100, 150],
      values: [[1, 2, 2]]
    })
  })
  it('stays a hole after a hole', () => {
    expect(heldUntil({ at: [0, 100], values: [[1, null]] }, 150).values).toEqual([[1, null, null]])
  })
})
