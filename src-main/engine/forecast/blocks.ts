import { quantile } from '../math/quantile'

/** Rows from `from` up to and without `to`, made within one stretch of time: they are not independent. */
export interface Block {
  readonly from: number
  readonly to: number
}

const blockMs = 30_000
const resamples = 200
const tenths = 10

export function blocksOf(at: Float64Array): Block[] {
  const blocks: Block[] = []
  let from = 0
  for (let i = 1; i <= at.length; i++) {
    if (i < at.length && Math.floor(at[i]! / blockMs) === Math.floor(at[from]! / blockMs)) continue
    blocks.push({ from, to: i })
    from = i
  }
  return blocks
}

/** 95 % of the means of resampled blocks (block bootstrap, Künsch 1989); NaN from fewer than two. */
export function interval(values: Float64Array, blocks: readonly Block[], chance: () => number) {
  if (blocks.length < 2) return { low: NaN, high: NaN }
  const sums = blocks.map(({ from, to }) => {
    let sum = 0
    for (let i = from; i < to; i++) sum += values[i]!
    return sum
  })
  const means = Float64Array.from({ length: resamples }, () => {
    let sum = 0
    let n = 0
    for (let draw = 0; draw < blocks.length; draw++) {
      const i = Math.floor(chance() * blocks.length)
      sum += sums[i]!
      n += blocks[i]!.to - blocks[i]!.from
    }
    return sum / n
  })
  return { low: quantile(means, 0.025), high: quantile(means, 0.975) }
}

/**
 * The calibration error that 19 of 20 perfectly calibrated forecasts of these blocks stay below: what is between said and came in each block gets its sign
 * by chance (wild bootstrap, Wu 1986). NaN from fewer than two blocks.
 */
export function errorByChance(
  p: Float64Array,
  up: Float64Array,
  blocks: readonly Block[],
  chance: () => number
): number {
  if (blocks.length < 2) return NaN
  const gaps = gapsOf(p, up, blocks)
  const errors = new Float64Array(resamples)
  const sum = new Float64Array(tenths)
  for (let sample = 0; sample < resamples; sample++) {
    sum.fill(0)
    for (let from = 0; from < gaps.length; from += tenths) {
      const sign = chance() < 0.5 ? -1 : 1
      for (let tenth = 0; tenth < tenths; tenth++) sum[tenth]! += sign * gaps[from + tenth]!
    }
    let error = 0
    for (let tenth = 0; tenth < tenths; tenth++) error += Math.abs(sum[tenth]!)
    errors[sample] = error / p.length
  }
  return quantile(errors, 0.95)
}

/** What came less what was said, by block and tenth of what was said. */
function gapsOf(p: Float64Array, up: Float64Array, blocks: readonly Block[]): Float64Array {
  const gaps = new Float64Array(blocks.length * tenths)
  for (const [block, { from, to }] of blocks.entries())
    for (let i = from; i < to; i++)
      gaps[block * tenths + Math.min(tenths - 1, Math.floor(p[i]! * tenths))]! += up[i]! - p[i]!
  return gaps
}
