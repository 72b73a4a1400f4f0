import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { DepthHistory, stepFor } from '../../charts/depth-history'
import type { Market, Series } from '../../state/market'

/** Five megabytes each; the one not looked at for longest goes. */
export const mostKept = 4

interface Kept {
  readonly id: InstrumentId
  readonly history: DepthHistory
}

const ofMarkets = new WeakMap<Market, Map<string, Kept>>()
/** What a replay shows of one place on the tape: neither live, nor what another place shows. */
const ofReplays = new WeakMap<Series, Map<string, Kept>>()

/** The history of an instrument's depth, which outlives the panel: a tab that comes back finds its past. A refined grid begins anew, and so does each replay. */
export function historyOf(market: Market, instrument: Instrument, mid: number): DepthHistory {
  const { id, price, size } = instrument
  const histories =
    market.replayed === true ? roomIn(ofReplays, market.series(id)) : roomIn(ofMarkets, market)
  const key = [id, price.decimals, price.step, size.decimals, size.step].join(' ')
  const kept = histories.get(key) ?? { id, history: new DepthHistory(stepFor(mid, instrument.tickSize)) }
  histories.delete(key)
  histories.set(key, kept)
  if (histories.size > mostKept) histories.delete(histories.keys().next().value!)
  return kept.history
}

/** Whose live depth is kept, the latest looked at first. */
export const keptOf = (market: Market): readonly InstrumentId[] => [
  ...new Set([...roomIn(ofMarkets, market).values()].map(({ id }) => id).reverse())
]

function roomIn<Of extends object>(all: WeakMap<Of, Map<string, Kept>>, of: Of): Map<string, Kept> {
  const room = all.get(of) ?? new Map<string, Kept>()
  all.set(of, room)
  return room
}
