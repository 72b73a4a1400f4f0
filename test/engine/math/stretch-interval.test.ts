import { describe, expect, test } from 'vitest'
import { Chance } from '../../../src-main/engine/market/chance'
import { auc } from '../../../src-main/engine/math/auc'
import {
  areaInterval,
  meanInterval,
  quantileInterval,
  slopeInterval,
  studentReach,
  weightShareInterval
} from '../../../src-main/engine/math/stretch-interval'

test('of a few independent values it is Student’s own', () => {
  // Of 1..5: mean 3, standard error sqrt(2.5 / 5), 2.776 of it with four degrees of freedom.
  const [low, high] = meanInterval([1, 2, 3, 4, 5])
  expect((low + high) / 2).toBeCloseTo(3, 12)
  expect((high - low) / 2).toBeCloseTo(2.776 * Math.sqrt(0.5), 1)
  expect(studentReach(19)).toBeCloseTo(2.093, 3)
  expect(studentReach(Infinity)).toBeCloseTo(1.96, 3)
})

test('nothing is claimed of fewer than five rows, nor of no value', () => {
  expect(meanInterval([1, 2, 3, 4])).toEqual([NaN, NaN])
  expect(areaInterval([1, 2, 3, 4, 5], [1, 1, 1, 1, 1])).toEqual([NaN, NaN])
  expect(slopeInterval([1, 1, 1, 1, 1], [1, 2, 3, 4, 5])).toEqual([NaN, NaN])
})

test('weights are shares of the whole: what weighs nothing widens nothing', () => {
  const [low, high] = meanInterval([2, 4, 2, 4, 90, 4], [1, 1, 1, 1, 0, 6])
  expect([low, high].every(Number.isFinite)).toBe(true)
  expect(meanInterval([2, 4, 2, 4, -90, 4], [1, 1, 1, 1, 0, 6])).toEqual([low, high])
})

describe('where nothing differs there is no interval', () => {
  test('of a mean, nor of a line without a residue: rounding is no width', () => {
    expect(meanInterval([2, 2, 2, 2, 2])).toEqual([NaN, NaN])
    expect(meanInterval(Array<number>(8).fill(0.1), [1, 2, 3, 4, 5, 6, 7, 0.3])).toEqual([NaN, NaN])
    expect(slopeInterval([1, 2, 3, 4, 5], [0.1, 0.2, 0.3, 0.4, 0.5])).toEqual([NaN, NaN])
  })

  test('of seven rows that imbalance parts without a fault, and of eight trades that all bought', () => {
    expect(areaInterval([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 1, 1, 1, 1])).toEqual([NaN, NaN])
    const apart = Array.from({ length: 20 }, (_, row) => row % 2)
    expect(areaInterval(apart, apart)).toEqual([NaN, NaN])
    expect(weightShareInterval(Array<number>(8).fill(1), [1, 2, 3, 4, 5, 6, 7, 8])).toEqual([NaN, NaN])
  })

  test('nor of an outcome that came but four times', () => {
    const four = Array.from({ length: 40 }, (_, row) => (row % 10 === 0 ? 1 : 0))
    const sizes = Array<number>(40).fill(1)
    expect(weightShareInterval(four, sizes)).toEqual([NaN, NaN])
    expect(weightShareInterval([...four, 1, 0], [...sizes, 1, 1])[0]).toBeGreaterThan(0)
  })
})

const logit = (share: number): number => Math.log(share / (1 - share))

test('the area’s interval stands around the area on the logit scale, ties counted half, and ends before 1', () => {
  const scores = [1, 2, 2, 3, 6, 4, 5, 6, 7, 8]
  const labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
  const area = auc(scores, labels)
  const [low, high] = areaInterval(scores, labels)
  expect((logit(low) + logit(high)) / 2).toBeCloseTo(logit(area), 12)
  expect(low).toBeLessThan(area)
  expect(high).toBeGreaterThan(area)
  expect(high).toBeLessThan(1)
})

test('it is the jackknife’s: what the area is without each stretch, of 20 and of 10, the wider of them', () => {
  const chance = new Chance(1, 'jackknife')
  const labels = Array.from({ length: 43 }, (_, row) => (row % 3 === 0 ? 1 : 0))
  const scores = labels.map((label) => Math.round(8 * (chance.next() + 0.4 * label)))
  const reach = (count: number): number => {
    const areas = Array.from({ length: count }, (_, stretch) => {
      const isKept = (_: number, row: number) => Math.floor((row * count) / 43) !== stretch
      return logit(auc(scores.filter(isKept), labels.filter(isKept)))
    })
    const mean = areas.reduce((sum, it) => sum + it, 0) / count
    const squares = areas.reduce((sum, it) => sum + (it - mean) ** 2, 0)
    // Label 1 is in 15 stretches of 20, each a run, and in all of 10.
    return studentReach(count === 20 ? 14 : 9) * Math.sqrt(((count - 1) / count) * squares)
  }
  const [low, high] = areaInterval(scores, labels)
  expect((logit(high) - logit(low)) / 2).toBeCloseTo(Math.max(reach(20), reach(10)), 9)
})

test('of a label that came in four runs, however long, nothing is claimed', () => {
  const labels = Array.from({ length: 400 }, (_, row) => (row % 100 < 40 ? 1 : 0))
  const scores = labels.map((label, row) => label + (row % 7))
  expect(areaInterval(scores, labels)).toEqual([NaN, NaN])
  const five = [...labels, ...labels.slice(0, 100)]
  expect(areaInterval([...scores, ...scores.slice(0, 100)], five)[0]).toBeGreaterThan(0)
})

test('a share of volume by hand: half of ten lots, 1 and 0 by turns', () => {
  // Each row is off by a half of a tenth, on the logit scale by 0.2: sqrt(10 / 9 × 10 × 0.2²) is 2 / 3, of which Student's 2.776 with five stretches of either.
  const [low, high] = weightShareInterval([1, 0, 1, 0, 1, 0, 1, 0, 1, 0], Array<number>(10).fill(1))
  expect(logit(high)).toBeCloseTo((2 / 3) * studentReach(4), 9)
  expect(low).toBeCloseTo(1 - high, 12)
})

test('a median of 100 values lies between the 40th and the 61st', () => {
  const values = Array.from({ length: 100 }, (_, i) => 100 - i)
  expect(quantileInterval(values, 0.5)).toEqual([40, 61])
  expect(quantileInterval([3, 1, 2], 0.5)).toEqual([NaN, NaN])
})

describe('rows that follow one another', () => {
  /** Of 300 worlds of so many rows, each carrying so much of the one before, how often the interval holds the truth. */
  const covers = (
    isIn: (x: Float64Array, y: Float64Array) => boolean,
    { rows = 2_000, carried = 0.9 } = {}
  ): number => {
    let covered = 0
    for (let world = 0; world < 300; world++) {
      const chance = new Chance(world, 'intervals')
      const series = (): Float64Array => {
        let last = 0
        return Float64Array.from({ length: rows }, () => {
          const noise = Math.sqrt(-2 * Math.log(chance.next())) * Math.cos(2 * Math.PI * chance.next())
          return (last = carried * last + noise)
        })
      }
      if (isIn(series(), series())) covered++
    }
    return covered / 300
  }
  const holds = (truth: number, [low, high]: readonly [number, number]) => low <= truth && truth <= high

  test('95 % of the intervals of a mean and of a slope hold the truth, within 5 %', () => {
    const mean = covers((x) => holds(0, meanInterval(x)))
    expect(mean).toBeGreaterThan(0.9)
    expect(mean).toBeLessThan(0.98)
    const slope = covers((x, y) => holds(0, slopeInterval(x, y)))
    expect(slope).toBeGreaterThan(0.9)
    expect(slope).toBeLessThan(0.98)
  })

  /** Above this come one in ten of independent rows, and the area is 0.95 of those moved up by so many deviations. */
  const [tenth, moved] = [1.2815515655, 2.3261743073]
  const isHigh = (x: Float64Array) => x.map((it) => (it > tenth ? 1 : 0))

  test('so it is of a share of a tenth and of an area of 0.95, from 200 rows with twenty of one label', () => {
    const few = { rows: 200, carried: 0 }
    const share = covers((x, y) => holds(0.1, weightShareInterval(isHigh(x), y.map(Math.exp))), few)
    expect(share).toBeGreaterThan(0.9)
    expect(share).toBeLessThan(0.98)
    const area = covers((x, y) => {
      const labels = isHigh(x)
      return holds(
        0.95,
        areaInterval(
          y.map((it, row) => it + moved * labels[row]!),
          labels
        )
      )
    }, few)
    expect(area).toBeGreaterThan(0.9)
    expect(area).toBeLessThan(0.98)
  })

  describe('whose rarer label comes in long runs', () => {
    /** Moved up by one deviation where the label is 1, scores of label 1 are above the others in Φ(1 / √2) of pairs. */
    const truth = 0.7602499389
    /** How often a known interval holds it, of 300 worlds; the scores carry 0.9 of the row before. */
    const covered = (labelsOf: (chance: Chance, slow: Float64Array) => Uint8Array, rows: number): number => {
      let [known, held] = [0, 0]
      const chance = new Chance(5, 'runs')
      covers(
        (slow, fast) => {
          const labels = labelsOf(chance, slow)
          const scores = fast.map((it, row) => it * Math.sqrt(1 - 0.9 ** 2) + labels[row]!)
          const interval = areaInterval(scores, labels)
          if (!Number.isNaN(interval[0])) known++
          if (holds(truth, interval)) held++
          return true
        },
        { rows, carried: 0.9 }
      )
      expect(known).toBeGreaterThan(100)
      return held / known
    }
    /** Label 1 is a `share` of the rows, in runs of so many on average. */
    const switching =
      (share: number, run: number) =>
      (chance: Chance, { length }: Float64Array): Uint8Array => {
        let label = 0
        return Uint8Array.from({ length }, () => {
          const leaves = label === 1 ? 1 / run : share / (1 - share) / run
          return (label = chance.coin(leaves) ? 1 - label : label)
        })
      }

    test.each([
      [0.1, 10, 1_000],
      [0.1, 30, 2_000],
      [0.3, 30, 1_000]
    ])('an area holds the truth in 92 of 100 at least: %s of the rows, in runs of %s', (share, run, rows) => {
      expect(covered(switching(share, run), rows)).toBeGreaterThan(0.92)
    })
  })
})
