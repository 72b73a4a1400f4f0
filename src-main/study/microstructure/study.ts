import { mean } from '../../engine/math/mean'
import type { Source } from '../capture/source'
import { nameOf as sourceName } from '../capture/source'
import type { Finding } from '../finding'
import { arrivals } from './arrivals'
import { intervalsOf } from './intervals'
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

/** Quotes and trades of one instrument, measured. */
export async function studyMicrostructure(source: Source): Promise<Finding<Microstructure>> {
  const read = await readMarket(source)
  if (!read.ok) return read
  return { ok: true, figures: figuresOf(nameOf(sourceName(source)), read.figures) }
}

/** The file's own name, without its folders and `.gz`. */
const nameOf = (path: string): string => path.replace(/^.*[/\\](?=.)/, '').replace(/\.gz$/, '')

/** In words, what the source cannot tell; nothing of an ordinary capture. */
function lacksOf({ idsRise, isOfBook, stretches, prints }: Market) {
  const lacks = {
    ...(idsRise === null && { update_ids_nondecreasing: 'the quotes carry no ids of the venue' }),
    ...(prints.madeAt.some(Number.isNaN) && {
      hawkes_exp_unique_ms_trade_times: 'the venue does not say when its trades were made'
    })
  }
  return {
    ...(isOfBook && { rows: 'touch of the rebuilt book' as const }),
    ...(stretches > 1 && { stretches }),
    ...(Object.keys(lacks).length > 0 && { does_not_apply: lacks as Readonly<Record<string, string>> })
  }
}

function figuresOf(file: string, market: Market) {
  const { quotes, prints, unit, tick, second } = market
  const { count, at, bid, ask, mid2, bidSize, askSize } = quotes
  const unix = (time: number) => second + time / nanos
  return {
    file,
    ...lacksOf(market),
    tick,
    book_ticker_rows: count,
    trades_used: prints.count,
    trades_excluded_non_market: market.excluded,
    t0: unix(at[0]!),
    t1: unix(at[count - 1]!),
    update_ids_nondecreasing: market.idsRise,
    frac_spread_1tick: mean(bid.map((it, i) => (ask[i]! - it === quotes.step ? 1 : 0))),
    mean_spread_bps: mean(bid.map((it, i) => ((ask[i]! - it) / (mid2[i]! / 2)) * 10_000)),
    first_mid: (mid2[0]! / 2) * unit,
    last_mid: (mid2[count - 1]! / 2) * unit,
    mean_best_depth: mean(bidSize.map((it, i) => (it + askSize[i]!) / 2)) / sizeUnit,
    ...orderFlow(market),
    queue_imbalance: queueImbalance(quotes),
    stoikov_microprice: microprice(market),
    spreads: spreads(market),
    vpin_true_signs_200buckets_window50: vpin(market),
    vwap: vwap(market),
    trade_buy_fraction_volume: buyShare(market),
    hawkes_exp_unique_ms_trade_times: prints.madeAt.some(Number.isNaN) ? null : arrivals(market),
    intervals_95: intervalsOf(market)
  }
}
