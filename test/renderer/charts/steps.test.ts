import fc from 'fast-check'
import type uPlot from 'uplot'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { steps } from '../../../src-renderer/charts/steps'

type Segment = readonly [fromX: number, fromY: number, toX: number, toY: number]

/** A path that remembers its segments. */
class WrittenPath {
  readonly segments: Segment[] = []
  #pen: readonly [number, number] | undefined
  moveTo(x: number, y: number): void {
    this.#pen = [x, y]
  }
  lineTo(x: number, y: number): void {
    if (this.#pen) this.segments.push([...this.#pen, x, y])
    this.#pen = [x, y]
  }
}

/** Stands for a plot on which one px is one unit. */
const draw = (at: number[], values: (number | null)[]): readonly Segment[] => {
  const plot = { data: [at, values], series: [{}, { scale: 'y' }], valToPos: (value: number) => value }
  const paths = steps(plot as unknown as uPlot, 1, 0, at.length - 1)
  return (paths?.stroke as unknown as WrittenPath).segments
}

describe('stepped lines', () => {
  beforeEach(() => {
    vi.stubGlobal('Path2D', WrittenPath)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
  })

  it('hold a value until the next is known', () => {
    expect(draw([0, 10], [5, 7])).toEqual([
      [0, 5, 10, 5],
      [10, 5, 10, 7]
    ])
  })

  it('stop at a hole and begin anew after it, without a riser', () => {
    expect(draw([0, 10, 30, 40], [5, null, 8, 8])).toEqual([
      [0, 5, 10, 5],
      [30, 8, 40, 8],
      [40, 8, 40, 8]
    ])
  })

  it('never reach over a hole', () => {
    const values = fc.array(fc.option(fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(values, (figures) => {
        const segments = draw(
          figures.map((_, i) => i * 10),
          figures
        )
        for (const [fromX, fromY, toX, toY] of segments) {
          const before = figures[fromX / 10] ?? figures[fromX / 10 - 1]
          expect(before).not.toBeNull()
          // Across goes level, over one row at most; up and down goes only where both values are known.
          if (fromX === toX) expect([figures[toX / 10 - 1], figures[toX / 10]]).toEqual([fromY, toY])
          else expect([toX - fromX, toY]).toEqual([10, fromY])
        }
      })
    )
  })
})
