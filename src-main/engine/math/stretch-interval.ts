import { mean } from './mean'

export type Interval = readonly [low: number, high: number]

/** Into how many stretches rows are cut, and from how few no interval is claimed. */
const most = 20
const fewest = 5
const unknown: Interval = [NaN, NaN]

/**
 * 95 % interval of a figure from what each row, in the order of time, contributed to it (its influence; all of them sum to nothing). Rows that follow one
 * another are not independent: they are cut into up to 20 stretches of as many rows each, whose sums are held to be, and Student's t has as many degrees of
 * freedom as there are stretches less one (batch means: Conway 1963; of rows in clusters: Liang and Zeger 1986). NaN from fewer than five rows.
 */
export function stretchInterval(value: number, influences: ArrayLike<number>): Interval {
  const count = Math.min(most, influences.length)
  if (count < fewest || Number.isNaN(value)) return unknown
  const sums = new Float64Array(count)
  for (let row = 0; row < influences.length; row++)
    sums[Math.floor((row * count) / influences.length)]! += influences[row]!
  const middle = mean(sums)
  const squares = sums.reduce((sum, it) => sum + (it - middle) ** 2, 0)
  const reach = studentReach(count - 1) * Math.sqrt((count / (count - 1)) * squares)
  return [value - reach, value + reach]
}

/** Of a mean, each value weighing its part of `weights` (all alike where these are left out). */
export function meanInterval(values: ArrayLike<number>, weights?: ArrayLike<number>): Interval {
  const n = values.length
  let [sum, total] = [0, 0]
  for (let row = 0; row < n; row++) {
    const weight = weights?.[row] ?? 1
    sum += weight * values[row]!
    total += weight
  }
  const middle = sum / total
  return stretchInterval(
    middle,
    Float64Array.from({ length: n }, (_, row) => ((weights?.[row] ?? 1) * (values[row]! - middle)) / total)
  )
}

/** Of the slope of y on x with an intercept, by ordinary least squares. */
export function slopeInterval(x: ArrayLike<number>, y: ArrayLike<number>): Interval {
  const n = y.length
  const [middleX, middleY] = [mean(x), mean(y)]
  let [xx, xy] = [0, 0]
  for (let row = 0; row < n; row++) {
    xx += (x[row]! - middleX) ** 2
    xy += (x[row]! - middleX) * (y[row]! - middleY)
  }
  const slope = xy / xx
  return stretchInterval(
    slope,
    Float64Array.from({ length: n }, (_, row) => {
      const from = x[row]! - middleX
      return (from * (y[row]! - middleY - slope * from)) / xx
    })
  )
}

/** Of the area under the ROC curve, from how many rows of the other label each row beats (DeLong, DeLong and Clarke-Pearson 1988; in clusters, Obuchowski 1997). */
export function areaInterval(scores: ArrayLike<number>, labels: ArrayLike<number>): Interval {
  const n = scores.length
  const [ups, downs] = [1, 0].map((label) =>
    Float64Array.from(Array.from(scores).filter((_, row) => (labels[row] === 1 ? 1 : 0) === label)).sort()
  ) as [Float64Array, Float64Array]
  if (ups.length === 0 || downs.length === 0) return unknown
  const won = Float64Array.from({ length: n }, (_, row) =>
    labels[row] === 1 ? shareBelow(downs, scores[row]!) : 1 - shareBelow(ups, scores[row]!)
  )
  let area = 0
  for (let row = 0; row < n; row++) if (labels[row] === 1) area += won[row]! / ups.length
  return stretchInterval(
    area,
    won.map((it, row) => (it - area) / (labels[row] === 1 ? ups.length : downs.length))
  )
}

/**
 * Of the `share` quantile of independent values: between the order statistics that it lies between with 95 % confidence, by the normal limit of the binomial.
 * NaN where these lie beyond the values.
 */
export function quantileInterval(values: ArrayLike<number>, share: number): Interval {
  const sorted = new Float64Array(values).sort()
  const n = sorted.length
  const reach = studentReach(Infinity) * Math.sqrt(n * share * (1 - share))
  const low = Math.floor(n * share - reach) - 1
  const high = Math.ceil(n * share + reach)
  return [sorted[low] ?? NaN, sorted[high] ?? NaN]
}

/** Of ascending values those below `score`, ties counting half, as a share. */
function shareBelow(sorted: Float64Array, score: number): number {
  const below = firstFrom(sorted, (it) => it >= score)
  const notAbove = firstFrom(sorted, (it) => it > score)
  return (below + notAbove) / 2 / sorted.length
}

function firstFrom(sorted: Float64Array, isThere: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (isThere(sorted[middle]!)) high = middle
    else low = middle + 1
  }
  return low
}

/** 97.5 % of Student's distribution lie below: Fisher's expansion around the normal one, to 0.3 % from 4 degrees of freedom on. */
export function studentReach(freedom: number): number {
  const z = 1.959963984540054
  const [z3, z5, z7] = [z ** 3, z ** 5, z ** 7]
  return (
    z +
    (z3 + z) / (4 * freedom) +
    (5 * z5 + 16 * z3 + 3 * z) / (96 * freedom ** 2) +
    (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * freedom ** 3)
  )
}
