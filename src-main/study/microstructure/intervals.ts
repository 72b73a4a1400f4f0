import type { Interval } from '../../engine/math/stretch-interval'
import {
  areaInterval,
  meanInterval,
  slopeInterval,
  weightShareInterval
} from '../../engine/math/stretch-interval'
import type { Market } from './market'
import { cumulativeFlow, spanColumns, spans } from './order-flow'
import { queueColumns } from './queue-imbalance'
import { spreadColumns } from './spreads'

/** Between which values the figures of the same names lie with 95 % confidence; how it is found is told by `stretchInterval`. */
export function intervalsOf(market: Market) {
  const { quotes, prints, tick } = market
  const { bid, ask, mid2 } = quotes
  const flow = cumulativeFlow(quotes)
  const bySpan = spans.map((span) => ({ name: `${span}s`, columns: spanColumns(market, flow, span) }))
  const { rows, halfway } = queueColumns(quotes)
  const { effective, realized } = spreadColumns(market)
  const weighted = (paid: typeof effective): Interval =>
    meanInterval(
      paid.map(({ value }) => value),
      paid.map(({ size }) => size)
    )
  return {
    mean_spread_bps: meanInterval(bid.map((it, i) => ((ask[i]! - it) / (mid2[i]! / 2)) * 10_000)),
    trade_buy_fraction_volume: weightShareInterval(
      prints.aggressor.map((it) => (it > 0 ? 1 : 0)),
      prints.size
    ),
    ofi: Object.fromEntries(
      bySpan.map(({ name, columns }) => [name, slopeInterval(columns.flow, columns.moves)])
    ),
    kyle: Object.fromEntries(
      bySpan.map(({ name, columns: { traded, moves } }) => [
        name,
        slopeInterval(
          traded,
          moves.map((it) => it * tick)
        )
      ])
    ),
    rows_auc: areaInterval(rows.imbalances, rows.ups),
    midpoint_sampled_auc: areaInterval(halfway.imbalances, halfway.ups),
    effective_bps_volw: weighted(effective),
    realized_bps_volw: realized.map(weighted)
  }
}
