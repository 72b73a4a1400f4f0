import type { VenueId } from '../../../src-shared/instrument'
import { mean } from '../../engine/math/mean'
import type { Finding } from '../finding'
import { arrivals } from './arrivals'
import type { Market } from './market'
import { nanos, sizeUnit } from './market'
import { microprice } from './microprice'
import { orderFlow } from './order-flow'
import { queueImbalance } from './queue-imbalance'
import { readMarket } from './read-market'
import { spreads } from './spreads'
import { buyShare, vpin, vwap } from './traded'

/** Figures of a capture under the names of the golden ones. Prices in quote money, sizes in base units or contracts, times in Unix seconds; NaN where not enough was seen. */
export type Microstructure = ReturnType<typeof figuresOf>

/** Quotes and trades of one Binance capture, measured. */
export async function studyMicrostructure(path: string, venue?: VenueId): Promise<Finding<Microstructure>> {
  const read = await readMarket(path, venue)
  if (!read.ok) return read
  return { ok: true, figures: figuresOf(nameOf(path), read.figures) }
}

/** The file's own name, without its folders and `.gz`. */
const nameOf = (path: string): string => path.replace(/^.*[/\\]/, '').replace(/\.gz$/, '')

function figuresOf(file: string, market: Market) {
  const { quotes, prints, tick, second } = market
  const { count, at, bid, ask, mid2, bidSize, askSize } = quotes
  const unix = (time: number) => second + time / nanos
  return {
    file,
    tick,
    book_ticker_rows: count,
    trades_used: prints.count,
    trades_excluded_non_market: market.excluded,
    t0: unix(at[0]!),
    t1: unix(at[count - 1]!),
    update_ids_nondecreasing: market.idsRise,
    frac_spread_1tick: mean(bid.map((it, i) => (ask[i]! - it === 1 ? 1 : 0))),
    mean_spread_bps: mean(bid.map((it, i) => ((ask[i]! - it) / (mid2[i]! / 2)) * 10_000)),
    first_mid: (mid2[0]! / 2) * tick,
    last_mid: (mid2[count - 1]! / 2) * tick,
    mean_best_depth: mean(bidSize.map((it, i) => (it + askSize[i]!) / 2)) / sizeUnit,
    ...orderFlow(market),
    queue_imbalance: queueImbalance(quotes),
    stoikov_microprice: microprice(market),
    spreads: spreads(market),
    vpin_true_signs_200buckets_window50: vpin(market),
    vwap: vwap(market),
    trade_buy_fraction_volume: buyShare(market),
    hawkes_exp_unique_ms_trade_times: arrivals(market)
  }
}
