import { flowImpact } from './flow-impact'
import { tradeSequence } from './merged-trades'
import { microprice } from './microprice'
import { orderOutcomes } from './order-outcomes'
import { intervalsOf } from './intervals-95'
import { kyle } from './price-impact'
import { queueImbalance } from './queue-imbalance'
import { neverReseeded, stepByStep } from './reconstruction'
import { closing, executed, executedHidden, opening, priceUnitsPerTick, type Session } from './session'
import { bulkVpin, trueSignVpin } from './toxicity'
import { tradeSpreads } from './trade-spreads'
import { amihud, vwap } from './traded-value'

export type LobsterFigures = ReturnType<typeof figuresOf>

/** Everything the study of one LOBSTER day tells. Prices in ticks of a cent and volumes in shares unless a name says USD. */
export function figuresOf(session: Session) {
  const counts = typeCounts(session)
  return {
    symbol: session.symbol,
    levels: session.levels,
    rows: session.rows,
    type_counts: counts,
    ...quotes(session),
    one_step_reconstruction: stepByStep(session),
    cumulative_reconstruction: neverReseeded(session),
    trades: trades(session),
    ofi: flowImpact(session),
    kyle: kyle(session),
    queue_imbalance: queueImbalance(session),
    microprice: microprice(session),
    spreads: tradeSpreads(session),
    ...tradeSequence(session),
    vpin_true_signs_50buckets: trueSignVpin(session, 50),
    vpin_true_signs_200buckets: trueSignVpin(session, 200),
    vpin_bvc_1min_200buckets: bulkVpin(session),
    amihud_5min_per_million_usd: amihud(session),
    vwap_all_exec_usd: vwap(session),
    limit_order_first_terminal_outcome: orderOutcomes(session),
    event_rates_per_s: Object.fromEntries(
      Object.entries(counts).map(([type, count]) => [type, count / (closing - opening)])
    ),
    intervals_95: intervalsOf(session)
  }
}

function typeCounts({ types }: Session): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const type of types) counts[type] = (counts[type] ?? 0) + 1
  return counts
}

function quotes({ rows, times, bids, asks, mids }: Session) {
  let [spreads, lasting, depths] = [0, 0, 0]
  for (let row = 0; row < rows; row++) {
    const spread = (asks.prices[0]![row]! - bids.prices[0]![row]!) / priceUnitsPerTick
    spreads += spread
    lasting += spread * ((times[row + 1] ?? closing) - times[row]!)
    depths += (asks.sizes[0]![row]! + bids.sizes[0]![row]!) / 2
  }
  return {
    spread_ticks_mean_rowweighted: spreads / rows,
    first_mid: mids[0]!,
    last_mid: mids[rows - 1]!,
    spread_ticks_time_weighted: lasting / (closing - times[0]!),
    mean_best_depth_rowweighted: depths / rows
  }
}

function trades({ rows, types, sizes, directions }: Session) {
  const [visible, hidden] = [
    { count: 0, volume: 0 },
    { count: 0, volume: 0 }
  ]
  let net = 0
  for (let row = 0; row < rows; row++) {
    const kind = types[row] === executed ? visible : types[row] === executedHidden ? hidden : undefined
    if (!kind) continue
    kind.count++
    kind.volume += sizes[row]!
    if (kind === visible) net -= directions[row]! * sizes[row]!
  }
  return {
    n_type4: visible.count,
    n_type5: hidden.count,
    vol_type4: visible.volume,
    vol_type5: hidden.volume,
    net_signed_vol_type4: net
  }
}
