import { lastAt } from '../../engine/math/last-at'
import type { Market, Quotes } from '../microstructure/market'
import { ceilSecond, floorSecond, nanos, sizeUnit } from '../microstructure/market'

/** Points a second. */
export const pointsASecond = 10
const step = nanos / pointsASecond

/** Figures on a grid of 100 ms, everything read from the last row at or before its point. */
export interface Grid {
  readonly count: number
  /** Queue imbalance at the touch, -1 to 1. */
  readonly imbalance: Float64Array
  /** Order-flow imbalance and signed traded size over the second before, in what the venue counts. */
  readonly flow: Float64Array
  readonly traded: Float64Array
  /** Mean size of a side of the touch over every row up to this point, in what the venue counts. */
  readonly depth: Float64Array
  /** The same over the whole file: a look ahead, as the reference does it; not for live use. */
  readonly fileDepth: number
  /** Mids now, a second later, a second before, in half points of the price grid. */
  readonly mid2: Float64Array
  readonly mid2After: Float64Array
  readonly mid2Before: Float64Array
  /** Half the spread over the mid, bps. */
  readonly halfSpread: Float64Array
}

/** The grid of a market: from two seconds after its first whole second to one second before its last. */
export function gridOf(market: Market): Grid {
  const { quotes, prints } = market
  const from = ceilSecond(quotes.at[0]!) + 2 * nanos
  const to = floorSecond(quotes.at[quotes.count - 1]!) - nanos
  const count = Math.max(0, Math.round((to - from) / step))
  const at = Float64Array.from({ length: count }, (_, k) => from + step * k)
  const now = at.map((it) => lastAt(quotes.at, it))
  const before = at.map((it) => lastAt(quotes.at, it - nanos))
  const after = at.map((it) => lastAt(quotes.at, it + nanos))
  const flow = flowUpTo(quotes)
  const depths = cumulativeDepth(market)
  const traded = tradedUpTo(market)
  const printsUpTo = (time: number) =>
    prints.count === 0 || prints.at[0]! > time ? 0 : lastAt(prints.at, time) + 1
  return {
    count,
    imbalance: now.map((row) => {
      const [bid, ask] = [quotes.bidSize[row]!, quotes.askSize[row]!]
      return (bid - ask) / (bid + ask)
    }),
    flow: now.map((row, k) => flow[row]! - flow[before[k]!]!),
    traded: at.map((time) => traded[printsUpTo(time)]! - traded[printsUpTo(time - nanos)]!),
    depth: now.map((row) => depths[row]! / (row + 1)),
    fileDepth: depths[quotes.count - 1]! / quotes.count,
    mid2: now.map((row) => quotes.mid2[row]!),
    mid2After: after.map((row) => quotes.mid2[row]!),
    mid2Before: before.map((row) => quotes.mid2[row]!),
    halfSpread: now.map((row) => ((quotes.ask[row]! - quotes.bid[row]!) / quotes.mid2[row]!) * 10_000)
  }
}

/**
 * Order-flow imbalance at the touch, summed in decimal units and in the reference's own order: its AUC of a single flow feature counts sums that differ by
 * rounding alone as no ties.
 */
function flowUpTo({ count, bid, ask, bidSize, askSize }: Quotes): Float64Array {
  const flow = new Float64Array(count)
  for (let k = 1; k < count; k++) {
    const [bidBefore, bidNow] = [bidSize[k - 1]! / sizeUnit, bidSize[k]! / sizeUnit]
    const [askBefore, askNow] = [askSize[k - 1]! / sizeUnit, askSize[k]! / sizeUnit]
    const bought = bid[k]! >= bid[k - 1]! ? bidNow : 0
    const left = bid[k]! <= bid[k - 1]! ? bidBefore : 0
    const offered = ask[k]! <= ask[k - 1]! ? askNow : 0
    const taken = ask[k]! >= ask[k - 1]! ? askBefore : 0
    flow[k] = flow[k - 1]! + (bought - left - offered + taken)
  }
  return flow
}

function cumulativeDepth({ quotes }: Market): Float64Array {
  const sums = new Float64Array(quotes.count)
  let sum = 0
  for (let row = 0; row < quotes.count; row++)
    sums[row] = sum += (quotes.bidSize[row]! + quotes.askSize[row]!) / (2 * sizeUnit)
  return sums
}

/** Signed traded size before each print. */
function tradedUpTo({ prints }: Market): Float64Array {
  const sums = new Float64Array(prints.count + 1)
  for (let i = 0; i < prints.count; i++) sums[i + 1] = sums[i]! + prints.aggressor[i]! * prints.size[i]!
  return sums
}
