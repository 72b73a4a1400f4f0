import { calibrationError, reliability } from '../../engine/math/probability-scores'
import { scoreOf, sigmoid } from '../../engine/math/ridge-logistic'
import type { Grid } from './grid'
import { pointsASecond } from './grid'
import { scoresOf, signAccuracy } from './moved-model'

const RATE = 0.1
/** Forecasts before this point are not scored: the model knows nothing yet. */
const WARM_UP = 300

/**
 * The reference of online learning: AdaGrad on a logistic model of queue imbalance and order flow, each label learned only once its second has passed
 * (Duchi, Hazan and Singer 2011). A straight line to hold the app's own model against, not that model.
 */
export function onlineModel(grid: Grid) {
  const rows = Array.from({ length: grid.count }, (_, k) => featuresOf(grid, k))
  const weights = [0, 0, 0]
  const squares = [0, 0, 0]
  const learned = { ups: 0, n: 0 }
  const scored = { points: [] as number[], ups: [] as number[], p: [] as number[], running: [] as number[] }
  let zeros = 0
  for (let k = 0; k < grid.count; k++) {
    const due = k - pointsASecond
    const label = due < 0 ? undefined : labelOf(grid, due)
    if (label !== undefined) {
      learn(weights, squares, rows[due]!, label)
      learned.ups += label
      learned.n++
    }
    const outcome = labelOf(grid, k)
    if (outcome === undefined) zeros++
    if (k < WARM_UP || outcome === undefined) continue
    scored.points.push(k)
    scored.ups.push(outcome)
    scored.p.push(sigmoid(scoreOf(weights, rows[k]!)))
    scored.running.push((learned.ups + 1) / (learned.n + 2))
  }
  const bins = reliability(scored.p, scored.ups)
  return {
    grid_points: grid.count,
    zero_moves: zeros,
    final_weights: weights,
    online_logit: scoresOf(scored.p, scored.ups),
    running_base_rate: scoresOf(scored.running, scored.ups),
    reliability_bin_n_meanp_freq: bins.map(({ bin, n, meanP, shareUp }) => [bin, n, meanP, shareUp]),
    ece10: calibrationError(bins),
    sign_I_acc: signAccuracy(grid, scored)
  }
}

/** 1 for up, 0 for down, undefined where the mid stood. */
function labelOf({ mid2, mid2After }: Grid, k: number): number | undefined {
  return mid2After[k] === mid2[k] ? undefined : mid2After[k]! > mid2[k]! ? 1 : 0
}

function featuresOf({ imbalance, flow, depth }: Grid, k: number): number[] {
  return [imbalance[k]!, Math.tanh(flow[k]! / (10 * depth[k]!))]
}

function learn(weights: number[], squares: number[], row: readonly number[], label: number): void {
  const error = sigmoid(scoreOf(weights, row)) - label
  for (let i = 0; i < weights.length; i++) {
    const slope = error * (i === 0 ? 1 : row[i - 1]!)
    squares[i]! += slope * slope
    weights[i]! -= (RATE * slope) / Math.sqrt(squares[i]! + 1e-8)
  }
}
