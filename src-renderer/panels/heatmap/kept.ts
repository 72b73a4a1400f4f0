import type { Instrument } from '../../../src-shared/instrument'
import { DepthHistory, stepFor } from '../../charts/depth-history'
import type { Market } from '../../state/desk'

/** Five megabytes each; the one not looked at for longest goes. */
const most = 4

const kept = new WeakMap<Market, Map<string, DepthHistory>>()

/** The history of an instrument's depth, which outlives the panel: a tab that comes back finds its past. A refined grid begins anew. */
export function historyOf(market: Market, instrument: Instrument, mid: number): DepthHistory {
  const histories = kept.get(market) ?? new Map<string, DepthHistory>()
  kept.set(market, histories)
  const { id, price, size } = instrument
  const key = [id, price.decimals, price.step, size.decimals, size.step].join(' ')
  const history = histories.get(key) ?? new DepthHistory(stepFor(mid, instrument.tickSize))
  histories.delete(key)
  histories.set(key, history)
  if (histories.size > most) histories.delete(histories.keys().next().value!)
  return history
}
