/** A bin of forecasts: how many, what they said on average, and how often it came true. */
export interface ReliabilityBin {
  /** 0 holds probabilities below 0.1, 9 those from 0.9 on. */
  readonly bin: number
  readonly n: number
  readonly meanP: number
  readonly shareUp: number
}

const BINS = 10

/** Mean of -ln P(what happened), in nats. `clip` bounds the probabilities away from 0 and 1: the figure depends on it. NaN without rows. */
export function logLoss(p: ArrayLike<number>, labels: ArrayLike<number>, clip = 1e-12): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) {
    const bounded = Math.min(1 - clip, Math.max(clip, p[i]!))
    sum -= Math.log(labels[i] === 1 ? bounded : 1 - bounded)
  }
  return sum / (p.length || NaN)
}

/** Mean squared difference between probability and outcome (Brier 1950), 0 to 1. NaN without rows. */
export function brier(p: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < p.length; i++) sum += (p[i]! - labels[i]!) ** 2
  return sum / (p.length || NaN)
}

/** Share of rows in which `p > 0.5` says what happened. NaN without rows. */
export function accuracy(p: ArrayLike<number>, labels: ArrayLike<number>): number {
  let right = 0
  for (let i = 0; i < p.length; i++) if (p[i]! > 0.5 === (labels[i] === 1)) right++
  return right / (p.length || NaN)
}

/** Forecasts by tenths of probability; empty bins are left out. */
export function reliability(p: ArrayLike<number>, labels: ArrayLike<number>): ReliabilityBin[] {
  const n = new Float64Array(BINS)
  const sumP = new Float64Array(BINS)
  const ups = new Float64Array(BINS)
  for (let i = 0; i < p.length; i++) {
    const bin = Math.min(BINS - 1, Math.floor(p[i]! * BINS))
    n[bin]!++
    sumP[bin]! += p[i]!
    ups[bin]! += labels[i]!
  }
  return Array.from(n, (count, bin) => ({
    bin,
    n: count,
    meanP: sumP[bin]! / count,
    shareUp: ups[bin]! / count
  })).filter((it) => it.n > 0)
}

/** Expected calibration error: mean distance between what was said and what came true, over the bins by their size, 0 to 1. NaN without rows. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, { n }) => sum + n, 0)
  return bins.reduce((sum, { n, meanP, shareUp }) => sum + n * Math.abs(meanP - shareUp), 0) / (total || NaN)
}
