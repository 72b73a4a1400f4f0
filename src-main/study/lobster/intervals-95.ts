import { lastAt } from '../../engine/math/last-at'
import { shareInterval } from '../../engine/math/share-interval'
import { areaInterval, meanInterval, slopeInterval } from '../../engine/math/stretch-interval'
import { changes, everySeconds } from './intervals'
import { cumulativeOrderFlow, cumulativeSignedVolume } from './order-flow'
import { orderOutcomes } from './order-outcomes'
import { queueColumns } from './queue-imbalance'
import { closing, executed, isTrade, priceUnitsPerTick, type Session, ticksPerUsd } from './session'

/** Between which values the figures of the same names lie with 95 % confidence; how it is found is told by `stretchInterval`. */
export function intervalsOf(session: Session) {
  const { rows, pairs } = queueColumns(session)
  return {
    spread_ticks_time_weighted: spread(session),
    ofi: slopes(session, cumulativeOrderFlow(session, 0), [1, 10, 60], 1),
    kyle: slopes(session, cumulativeSignedVolume(session, isTrade), [10, 60, 300], ticksPerUsd),
    rows_auc: areaInterval(rows.imbalances, rows.ups),
    midpoint_sampled_auc: areaInterval(pairs.imbalances, pairs.ups),
    ...paid(session),
    executed: Object.fromEntries(
      Object.entries(orderOutcomes(session)).map(([place, { exec, cancel, open }]) => [
        place,
        shareInterval(exec, exec + cancel + open)
      ])
    )
  }
}

function slopes(session: Session, running: Float64Array, spans: readonly number[], ticks: number) {
  return Object.fromEntries(
    spans.map((span) => {
      const intervals = everySeconds(session, span)
      const moves = changes(intervals, session.mids).map((it) => it / ticks)
      return [`${span}s`, slopeInterval(changes(intervals, running), moves)]
    })
  )
}

function spread({ times, bids, asks }: Session) {
  const [bid, ask] = [bids.prices[0]!, asks.prices[0]!]
  return meanInterval(
    bid.map((it, row) => (ask[row]! - it) / priceUnitsPerTick),
    times.map((at, row) => (times[row + 1] ?? closing) - at)
  )
}

/** What visible trades paid, and what was left of it after 5 s, in ticks by shares. */
function paid({ times, types, sizes, prices, directions, mids, rows }: Session) {
  const at: number[] = []
  for (let row = 1; row < rows; row++) if (types[row] === executed) at.push(row)
  const against = (mid: (row: number) => number) =>
    meanInterval(
      at.map((row) => -2 * directions[row]! * (prices[row]! / priceUnitsPerTick - mid(row))),
      at.map((row) => sizes[row]!)
    )
  return {
    effective_ticks_volw: against((row) => mids[row - 1]!),
    realized_5s_volw: against((row) => mids[lastAt(times, Math.min(times[row]! + 5, closing))]!)
  }
}
