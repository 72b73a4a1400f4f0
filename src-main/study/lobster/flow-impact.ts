import { mean } from '../../engine/math/mean'
import { ols } from '../../engine/math/ols'
import { changes, everyRows, everySeconds, type Intervals } from './intervals'
import { integratedFlow, levelByLevel } from './level-flow'
import { cumulativeOrderFlow, cumulativeSignedVolume } from './order-flow'
import { executed, type Session } from './session'

const halfHourOf10s = 180

/** Change of the mid (ticks) explained by order flow at the touch and by visible trades (shares), in the same interval: explanation, no forecast. */
export function flowImpact(session: Session) {
  const flows = Array.from({ length: session.levels }, (_, level) => cumulativeOrderFlow(session, level))
  const traded = cumulativeSignedVolume(session, (type) => type === executed)
  const at = (seconds: number) => timed(session, everySeconds(session, seconds), flows, traded)
  const ten = at(10)
  return {
    '1s': at(1),
    '10s': { ...ten, ...halfHours(session, flows[0]!) },
    '60s': at(60),
    '50events': counted(session, 50, flows[0]!),
    '100events': counted(session, 100, flows[0]!)
  }
}

function timed(
  session: Session,
  intervals: Intervals,
  cumulative: readonly Float64Array[],
  cumulativeTrades: Float64Array
) {
  const moves = changes(intervals, session.mids)
  const flows = cumulative.map((it) => changes(intervals, it))
  const trades = changes(intervals, cumulativeTrades)
  const fit = ols([flows[0]!], moves)
  return {
    n: fit.n,
    beta: fit.betas[0]!,
    alpha: fit.alpha,
    t_beta: fit.t[1]!,
    r2: fit.r2,
    trade_imbalance_r2: ols([trades], moves).r2,
    both_r2: ols([flows[0]!, trades], moves).r2,
    ...(session.levels === 1
      ? {}
      : {
          ...levelByLevel(flows, moves),
          integrated_ofi: integratedFlow(session, intervals, flows, moves)
        })
  }
}

function halfHours(session: Session, cumulative: Float64Array) {
  const intervals = everySeconds(session, 10)
  const moves = changes(intervals, session.mids)
  const flow = changes(intervals, cumulative)
  const fits = Array.from({ length: moves.length / halfHourOf10s }, (_, window) => {
    const [from, to] = [window * halfHourOf10s, (window + 1) * halfHourOf10s]
    return ols([flow.subarray(from, to)], moves.subarray(from, to))
  })
  return {
    half_hour_r2: fits.map((fit) => fit.r2),
    half_hour_r2_mean: mean(fits.map((fit) => fit.r2)),
    half_hour_beta_mean: mean(fits.map((fit) => fit.betas[0]!))
  }
}

function counted(session: Session, events: number, cumulative: Float64Array) {
  const intervals = everyRows(session, events)
  const fit = ols([changes(intervals, cumulative)], changes(intervals, session.mids))
  return { n: fit.n, beta: fit.betas[0]!, alpha: fit.alpha, r2: fit.r2 }
}
