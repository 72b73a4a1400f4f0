import { mean } from '../../engine/math/mean'
import { ols } from '../../engine/math/ols'
import type { Bar } from './bar'

const wilder = 14

/** Wilder's average directional index (1978) of hours: above 25 a trend, below 20 none. */
export function adx(bars: readonly Bar[]) {
  const moves = bars.slice(1).map((bar, i) => directional(bar, bars[i]!))
  const smooth = (of: (move: ReturnType<typeof directional>) => number): number[] => {
    let sum = moves.slice(0, wilder).reduce((total, it) => total + of(it), 0)
    return [sum, ...moves.slice(wilder).map((it) => (sum += of(it) - sum / wilder))]
  }
  const [range, up, down] = [smooth((it) => it.range), smooth((it) => it.up), smooth((it) => it.down)]
  const [plus, minus] = [up, down].map((side) => side.map((it, i) => (100 * it) / range[i]!)) as [
    number[],
    number[]
  ]
  const dx = plus.map((it, i) => {
    const both = it + minus[i]!
    return both === 0 ? 0 : (100 * Math.abs(it - minus[i]!)) / both
  })
  let value = mean(dx.slice(0, wilder))
  const values =
    dx.length < wilder
      ? []
      : [value, ...dx.slice(wilder).map((it) => (value = ((wilder - 1) * value + it) / wilder))]
  return {
    last_adx: values.at(-1) ?? NaN,
    first_adx: values[0] ?? NaN,
    last_pdi: plus.at(-1) ?? NaN,
    last_ndi: minus.at(-1) ?? NaN,
    n_adx: values.length,
    mean_adx: mean(values)
  }
}

function directional(bar: Bar, before: Bar) {
  const [rise, fall] = [bar.high - before.high, before.low - bar.low]
  return {
    up: rise > fall && rise > 0 ? rise : 0,
    down: fall > rise && fall > 0 ? fall : 0,
    range: Math.max(bar.high - bar.low, Math.abs(bar.high - before.close), Math.abs(bar.low - before.close))
  }
}

/** Kaufman's efficiency ratio over 10 bars: the way made over the way gone, 0..1. */
export function efficiency(closes: readonly number[]) {
  const ratios = closes.slice(10).map((close, i) => {
    let gone = 0
    for (let t = i; t < i + 10; t++) gone += Math.abs(closes[t + 1]! - closes[t]!)
    return gone === 0 ? 0 : Math.abs(close - closes[i]!) / gone
  })
  return { last: ratios.at(-1) ?? NaN, mean: mean(ratios) }
}

/** Hurst's exponent by the first structure function: the slope of ln mean |change| on ln lag, lags 1 to 64. A random walk has 0.5. */
export function hurst(logs: Float64Array): number {
  const lags = [1, 2, 4, 8, 16, 32, 64]
  const sizes = lags.map((lag) => mean(logs.subarray(lag).map((it, i) => Math.abs(it - logs[i]!))))
  return ols([lags.map(Math.log)], sizes.map(Math.log)).betas[0]!
}

const noise = { level: 1e-6, slope: 1e-8, seen: 1e-6, start: 1e-2 } as const

/** A level that moves on by a slope that wanders, seen with noise (Kalman 1960). */
export function localTrend(logs: readonly number[]) {
  let [level, slope] = [logs[0] ?? NaN, 0]
  let [p00, p01, p11]: [number, number, number] = [noise.start, 0, noise.start]
  for (const seen of logs.slice(1)) {
    level += slope
    ;[p00, p01, p11] = [p00 + 2 * p01 + p11 + noise.level, p01 + p11, p11 + noise.slope]
    const [gainLevel, gainSlope] = [p00 / (p00 + noise.seen), p01 / (p00 + noise.seen)]
    const surprise = seen - level
    level += gainLevel * surprise
    slope += gainSlope * surprise
    ;[p00, p01, p11] = [(1 - gainLevel) * p00, (1 - gainLevel) * p01, p11 - gainSlope * p01]
  }
  return {
    Q: [noise.level, noise.slope],
    R: noise.seen,
    P0: '1e-2*I',
    x0: '[ln C0, 0]',
    level,
    slope,
    slope_se: Math.sqrt(p11)
  }
}
