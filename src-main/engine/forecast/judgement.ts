import { auc } from '../math/auc'
import { mean } from '../math/mean'
import type { ReliabilityBin } from '../math/probability-scores'
import { brier, calibrationError, logLoss, reliability } from '../math/probability-scores'
import { quantile } from '../math/quantile'
import { blocksOf, errorByChance, interval } from './blocks'
import type { Scored } from './scored'

/** What a forecast is worth, of everything scored in the window. Shares and probabilities 0 to 1, money in bps; NaN what cannot be told yet. */
export interface Judgement {
  readonly n: number
  /** Stretches of 30 s in which they were made: what counts as independent. */
  readonly blocks: number
  readonly logLoss: number
  readonly brier: number
  readonly auc: number
  /** Expected calibration error over tenths. */
  readonly ece: number
  /** What `ece` may come to by chance alone: 19 of 20 perfectly calibrated forecasts stay below. */
  readonly eceByChance: number
  /** Murphy's split of the Brier score: reliability - resolution + uncertainty. */
  readonly murphy: {
    readonly reliability: number
    readonly resolution: number
    readonly uncertainty: number
  }
  readonly bins: readonly ReliabilityBin[]
  readonly baseRate: number
  readonly baselines: {
    readonly baseRateLogLoss: number
    readonly contDeLarrardLogLoss: number
    readonly imbalanceAuc: number
    readonly lastMoveAuc: number
  }
  /** Log-loss saved against the best of base rate, Cont and de Larrard and a coin, nats, with its 95 % interval from resampled blocks. */
  readonly gain: { readonly value: number; readonly low: number; readonly high: number }
  /** The surest tenth: how sure that is, and what it brings before and after costs. */
  readonly money: Money
  readonly verdict: Verdict
}

export interface Money {
  readonly n: number
  readonly sureness: number
  readonly grossBps: number
  readonly halfSpreadBps: number
  /** Taking both ways, net of spread and fees, with the order arriving 50, 100 and 250 ms after the forecast. */
  readonly takingBps: readonly [number, number, number]
  /** Placing at the touch and taking the way out, net, an order that was not filled counting 0. */
  readonly placingBps: number
  readonly fillShare: number
}

/** `edge`: better than every baseline beyond chance and well calibrated. It says nothing of money: that stands beside it. */
export type Verdict = 'edge' | 'no-edge' | 'too-little'

export interface JudgementSettings {
  /** Bps a side. */
  readonly takerFeeBps: number
  readonly makerFeeBps: number
  /** Uniform in [0, 1). */
  readonly chance: () => number
}

/** Fewer forecasts or fewer blocks tell nothing. */
const fewest = { n: 500, blocks: 6 } as const
const mostEce = 0.05
/** An error beyond this is too large to be shown, however much of it chance explains. */
const mostNoise = 0.1

export function judge(scored: Scored, settings: JudgementSettings): Judgement {
  const columns = {
    at: scored.column('at'),
    p: scored.column('p'),
    up: scored.column('up'),
    imbalance: scored.column('imbalance'),
    baseRate: scored.column('baseRate'),
    lastMove: scored.column('lastMove'),
    contDeLarrard: scored.column('contDeLarrard')
  }
  const { p, up } = columns
  const bins = reliability(p, up)
  const baseRate = mean(up)
  const baselines = {
    baseRateLogLoss: logLoss(columns.baseRate, up),
    contDeLarrardLogLoss: logLoss(columns.contDeLarrard, up, 1e-3),
    imbalanceAuc: auc(columns.imbalance, up),
    lastMoveAuc: auc(columns.lastMove, up)
  }
  const best = bestOf(columns.baseRate, columns.contDeLarrard, baselines)
  const savings = new Float64Array(p.length)
  for (let i = 0; i < p.length; i++) savings[i] = surprise(best[i]!, up[i]!) - surprise(p[i]!, up[i]!)
  const blocks = blocksOf(columns.at)
  const gain = { value: mean(savings), ...interval(savings, blocks, settings.chance) }
  const ece = calibrationError(bins)
  const eceByChance = errorByChance(p, up, blocks, settings.chance)
  const area = auc(p, up)
  return {
    n: p.length,
    blocks: blocks.length,
    logLoss: logLoss(p, up),
    brier: brier(p, up),
    auc: area,
    ece,
    eceByChance,
    murphy: murphyOf(bins, baseRate, p.length),
    bins,
    baseRate,
    baselines,
    gain,
    money: moneyOf(scored, p, settings),
    verdict: verdictOf(p.length, blocks.length, gain.low, area, baselines, ece, eceByChance)
  }
}

/** A base rate that runs after chance is worse than a coin: whoever beats it alone has shown nothing. */
function bestOf(
  baseRate: Float64Array,
  contDeLarrard: Float64Array,
  { baseRateLogLoss, contDeLarrardLogLoss }: Judgement['baselines']
): Float64Array {
  if (Math.min(baseRateLogLoss, contDeLarrardLogLoss) > Math.LN2)
    return new Float64Array(baseRate.length).fill(0.5)
  return contDeLarrardLogLoss < baseRateLogLoss ? contDeLarrard : baseRate
}

function verdictOf(
  n: number,
  blocks: number,
  surely: number,
  area: number,
  { imbalanceAuc, lastMoveAuc }: Judgement['baselines'],
  ece: number,
  eceByChance: number
): Verdict {
  if (n < fewest.n || blocks < fewest.blocks) return 'too-little'
  const ranks = area >= Math.max(imbalanceAuc, 1 - imbalanceAuc, lastMoveAuc, 1 - lastMoveAuc) - 0.01
  // A short history is noisy: what chance alone explains is not held against the model.
  const isCalibrated = ece <= Math.max(mostEce, Math.min(eceByChance, mostNoise))
  return surely > 0 && ranks && isCalibrated ? 'edge' : 'no-edge'
}

function surprise(p: number, up: number): number {
  const said = up === 1 ? p : 1 - p
  return -Math.log(Math.min(1 - 1e-3, Math.max(1e-3, said)))
}

/** Murphy 1973, over the same tenths as the calibration error. */
function murphyOf(bins: readonly ReliabilityBin[], baseRate: number, n: number): Judgement['murphy'] {
  const over = (of: (bin: ReliabilityBin) => number) =>
    bins.reduce((sum, bin) => sum + bin.n * of(bin), 0) / (n || NaN)
  return {
    reliability: over(({ meanP, shareUp }) => (meanP - shareUp) ** 2),
    resolution: over(({ shareUp }) => (shareUp - baseRate) ** 2),
    uncertainty: baseRate * (1 - baseRate)
  }
}

function moneyOf(scored: Scored, p: Float64Array, { takerFeeBps, makerFeeBps }: JudgementSettings): Money {
  const sureness = p.map((it) => Math.abs(it - 0.5))
  const floor = quantile(sureness, 0.9)
  const chosen: number[] = []
  for (let i = 0; i < sureness.length; i++) if (sureness[i]! >= floor) chosen.push(i)
  const of = (name: Parameters<Scored['some']>[0]) => scored.some(name, chosen)
  const side = chosen.map((i) => (p[i]! > 0.5 ? 1 : -1))
  const earned = (moves: readonly number[]) => mean(moves.map((move, i) => move * side[i]!))
  const half = mean(of('halfSpread'))
  const taken = 2 * half + 2 * takerFeeBps
  const filled = mean(of('filled'))
  return {
    n: chosen.length,
    sureness: floor + 0.5,
    grossBps: earned(of('move')),
    halfSpreadBps: half,
    takingBps: [
      earned(of('moveAfter50')) - taken,
      earned(of('moveAfter100')) - taken,
      earned(of('moveAfter250')) - taken
    ],
    placingBps: mean(of('placed')) - filled * (makerFeeBps + takerFeeBps + half),
    fillShare: filled
  }
}
