import { auc } from '../../engine/math/auc'
import { lastAt } from '../../engine/math/last-at'
import { fitLogistic, logistic } from '../../engine/math/logistic'
import { mean } from '../../engine/math/mean'
import type { Session } from './session'

const bins = 10
const clip = 1e-12

/** How well the imbalance of the best queues tells the next move of the mid (Gould and Bonart 2016). */
export function queueImbalance(session: Session) {
  const moved = movesOf(session)
  const rows = nextMoves(session, moved)
  const pairs = betweenMoves(session, moved)
  return {
    rows_auc: auc(rows.imbalances, rows.ups),
    rows_n: rows.ups.length,
    rows_up: mean(rows.ups),
    n_mid_changes: moved.length,
    midpoint_sampled_auc: auc(pairs.imbalances, pairs.ups),
    midpoint_sampled_n: pairs.ups.length,
    ...halfAndHalf(pairs),
    p_up_by_imbalance_decile_bins: deciles(session, pairs)
  }
}

/** Imbalances and what came of them, of every row and of one row between moves. */
export function queueColumns(session: Session) {
  const moved = movesOf(session)
  return { rows: nextMoves(session, moved), pairs: betweenMoves(session, moved) }
}

function movesOf({ mids }: Session): number[] {
  const moved: number[] = []
  for (let row = 1; row < mids.length; row++) if (mids[row] !== mids[row - 1]) moved.push(row)
  return moved
}

interface Samples {
  readonly rows: readonly number[]
  /** -1..1 */
  readonly imbalances: Float64Array
  /** 1 where the mid went up next. */
  readonly ups: Uint8Array
}

/** Every row that still has a move before it. */
function nextMoves(session: Session, moved: readonly number[]): Samples {
  const { mids } = session
  const last = moved.at(-1) ?? 0
  const rows = Array.from({ length: last }, (_, row) => row)
  let next = 0
  const ups = rows.map((row) => {
    while (moved[next]! <= row) next++
    // The mid at the next change differs from the mid before it, which is this row's.
    return mids[moved[next]!]! > mids[row]! ? 1 : 0
  })
  return samples(session, rows, ups)
}

/** One row between each two moves, the last at half time; never the row of the later move itself, which may carry the same time. */
function betweenMoves(session: Session, moved: readonly number[]): Samples {
  const { times, mids } = session
  const pairs = moved.slice(1).map((to, i) => [moved[i]!, to] as const)
  const rows = pairs.map(([from, to]) => Math.min(lastAt(times, (times[from]! + times[to]!) / 2), to - 1))
  return samples(
    session,
    rows,
    pairs.map(([from, to]) => (mids[to]! > mids[from]! ? 1 : 0))
  )
}

function samples({ bids, asks }: Session, rows: readonly number[], ups: readonly number[]): Samples {
  const imbalances = Float64Array.from(rows, (row) => {
    const [bid, ask] = [bids.sizes[0]![row]!, asks.sizes[0]![row]!]
    return (bid - ask) / (bid + ask)
  })
  return { rows, imbalances, ups: Uint8Array.from(ups) }
}

function halfAndHalf({ imbalances, ups }: Samples) {
  const half = Math.floor(ups.length / 2)
  const fit = fitLogistic(imbalances.subarray(0, half), ups.subarray(0, half))
  const labels = Array.from(ups.subarray(half))
  const p = Array.from(imbalances.subarray(half), (it) =>
    Math.min(1 - clip, Math.max(clip, logistic(fit, it)))
  )
  return {
    midpoint_logit_fit_firsthalf: [fit.intercept, fit.slope],
    midpoint_logit_test_secondhalf: {
      logloss: mean(labels.map((up, i) => -Math.log(up === 1 ? p[i]! : 1 - p[i]!))),
      brier: mean(labels.map((up, i) => (p[i]! - up) ** 2)),
      acc: mean(labels.map((up, i) => (p[i]! > 0.5 === (up === 1) ? 1 : 0))),
      auc: auc(p, labels),
      n: labels.length,
      base_rate: mean(labels)
    }
  }
}

/** Pairs and share of ups for every tenth of the bid's part of both queues; no share where there is no pair. */
function deciles({ bids, asks }: Session, { rows, ups }: Samples): [n: number, up: number | null][] {
  const counts = Array.from({ length: bins }, () => ({ n: 0, up: 0 }))
  for (const [i, row] of rows.entries()) {
    const [bid, ask] = [bids.sizes[0]![row]!, asks.sizes[0]![row]!]
    // Whole shares on both sides of the fraction: 60 against 40 is bin 6, not 5.999.
    const bin = counts[Math.min(bins - 1, Math.floor((bins * bid) / (bid + ask)))]
    if (!bin) continue
    bin.n++
    bin.up += ups[i]!
  }
  return counts.map(({ n, up }) => [n, n === 0 ? null : up / n])
}
