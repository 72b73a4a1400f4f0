import { auc } from '../../engine/math/auc'
import { mean } from '../../engine/math/mean'
import { accuracy, brier, logLoss } from '../../engine/math/probability-scores'
import { quantile } from '../../engine/math/quantile'
import { fitRidgeLogistic, scoreOf, sigmoid } from '../../engine/math/ridge-logistic'
import type { Grid } from './grid'

const PENALTY = 1
/** A taker's fee for the way in and the way out, bps. */
const ROUND_TRIP_BPS = 10

/** The points of a grid whose mid is another a second later, and whether it is higher. */
interface Moves {
  readonly points: readonly number[]
  readonly ups: readonly number[]
}

/**
 * A logistic model of the next second's move, fitted on one day and carried to another: what that does to its probabilities, against what needs no
 * model, and what its boldest tenth would have earned after costs.
 */
export function movedModel(train: Grid, test: Grid) {
  const learned = movesOf(train)
  const raw = learned.points.map((k) => featuresOf(train, k))
  const center = columns(raw).map(mean)
  const spread = columns(raw).map((column, i) => Math.sqrt(mean(column.map((it) => (it - center[i]!) ** 2))))
  const scaled = (row: readonly number[]) => row.map((it, i) => (it - center[i]!) / spread[i]!)
  const weights = fitRidgeLogistic(raw.map(scaled), learned.ups, PENALTY)
  const forecast = (k: number) => sigmoid(scoreOf(weights, scaled(featuresOf(test, k))))
  const moves = movesOf(test)
  const p = moves.points.map(forecast)
  const baseRate = mean(learned.ups)
  const flat = moves.points.map(() => baseRate)
  return {
    weights,
    feature_mean: center,
    feature_std: spread,
    train_n: learned.points.length,
    test: scoresOf(p, moves.ups),
    ablation_single_feature_auc: ablation(test, moves),
    baseline_base_rate: { logloss: logLoss(flat, moves.ups), brier: brier(flat, moves.ups) },
    baseline_sign_of_past_1s_return_auc: auc(
      moves.points.map((k) => Math.sign(test.mid2[k]! - test.mid2Before[k]!)),
      moves.ups
    ),
    baseline_sign_I_accuracy: signAccuracy(test, moves),
    economics_top_decile_confidence: economics(
      test,
      Array.from({ length: test.count }, (_, k) => forecast(k))
    )
  }
}

export function movesOf({ count, mid2, mid2After }: Grid): Moves {
  const points = Array.from({ length: count }, (_, k) => k).filter((k) => mid2After[k] !== mid2[k])
  return { points, ups: points.map((k) => (mid2After[k]! > mid2[k]! ? 1 : 0)) }
}

export function scoresOf(p: readonly number[], ups: readonly number[]) {
  return {
    logloss: logLoss(p, ups),
    brier: brier(p, ups),
    acc: accuracy(p, ups),
    auc: auc(p, ups),
    n: p.length,
    base_rate: mean(ups)
  }
}

/** How often the side with the larger queue is where the mid goes. */
export function signAccuracy({ imbalance }: Grid, { points, ups }: Moves): number {
  return mean(points.map((k, i) => (imbalance[k]! > 0 === (ups[i] === 1) ? 1 : 0)))
}

function featuresOf({ imbalance, flow, traded, fileDepth }: Grid, k: number): number[] {
  return [imbalance[k]!, flow[k]! / fileDepth, traded[k]! / fileDepth]
}

function columns(rows: readonly (readonly number[])[]): number[][] {
  return (rows[0] ?? []).map((_, i) => rows.map((row) => row[i]!))
}

function ablation(grid: Grid, { points, ups }: Moves) {
  const [I, ofi1s, ti1s] = [0, 1, 2].map((i) =>
    auc(
      points.map((k) => featuresOf(grid, k)[i]!),
      ups
    )
  )
  return { I, ofi1s, ti1s }
}

/** Of the tenth of all points (moves or not) at which the model was surest. */
function economics({ mid2, mid2After, halfSpread }: Grid, p: readonly number[]) {
  const sureness = p.map((it) => Math.abs(it - 0.5))
  const floor = quantile(sureness, 0.9)
  const chosen = p.map((_, k) => k).filter((k) => sureness[k]! >= floor)
  const gross = mean(
    chosen.map((k) => (Math.sign(p[k]! - 0.5) * (mid2After[k]! - mid2[k]!) * 10_000) / mid2[k]!)
  )
  const half = mean(chosen.map((k) => halfSpread[k]!))
  return {
    n: chosen.length,
    mean_gross_move_bps: gross,
    half_spread_bps: half,
    round_trip_taker_fee_bps_at_5: ROUND_TRIP_BPS,
    net_after_spread_and_taker_fees_bps: gross - 2 * half - ROUND_TRIP_BPS
  }
}
