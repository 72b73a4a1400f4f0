import { lastAt } from '../../engine/math/last-at'
import { mean } from '../../engine/math/mean'
import type { MicropriceTable } from '../../engine/math/microprice-table'
import { imbalanceBins, MicropriceFit, quoteState, widestSpread } from '../../engine/math/microprice-table'
import type { Market, Quotes } from './market'
import { ceilSecond, floorSecond, nanos } from './market'

const stepsASecond = 10
const longest = 10

/** Stoikov's micro-price fitted on these quotes, and its error against the mid 1 and 10 s later, beside those of the mid and the weighted mid. */
export function microprice({ quotes, tick }: Market) {
  const table = fit(quotes)
  // A table of no transition at all is no table of zeros.
  const tables = [1, 2].map((spread) =>
    table.transitions > 0 ? table.all(spread) : Array<number>(imbalanceBins).fill(NaN)
  )
  const micro = (row: number): number => {
    const state = stateAt(quotes, row)
    if (table.transitions === 0) return NaN
    return quotes.mid2[row]! / 2 / quotes.step + (state ? tables[state.spread - 1]![state.bin]! : 0)
  }
  return {
    bins: imbalanceBins,
    max_spread_ticks: widestSpread,
    transitions: table.transitions,
    G1_ticks_spread1: table.transitions > 0 ? table.first(1) : tables[0]!,
    Gstar_ticks_spread1: tables[0]!,
    Gstar_ticks_spread2: tables[1]!,
    mse_h1s_grid100ms: errorsOf(quotes, 1, tick, micro),
    mse_h10s_grid100ms: errorsOf(quotes, 10, tick, micro)
  }
}

function fit(quotes: Quotes): MicropriceTable {
  const fitting = new MicropriceFit()
  let from = stateAt(quotes, 0)
  for (let row = 1; row < quotes.count; row++) {
    const to = stateAt(quotes, row)
    if (from && to) fitting.add(from, to, (quotes.mid2[row]! - quotes.mid2[row - 1]!) / 2 / quotes.step)
    from = to
  }
  return fitting.solve()
}

/** By the spread alone: a mid between ticks is in no state's way. */
const stateAt = ({ bid, ask, step, bidSize, askSize }: Quotes, row: number) =>
  quoteState(0, (ask[row]! - bid[row]!) / step, bidSize[row]!, askSize[row]!)

/** Mean squared errors in quote money squared, on a grid of 100 ms that leaves room for the longest horizon. */
function errorsOf(quotes: Quotes, horizon: number, tick: number, micro: (row: number) => number) {
  const { at, bid, ask, step, bidSize, askSize, mid2 } = quotes
  const from = ceilSecond(at[0]!)
  const seconds = (floorSecond(at[quotes.count - 1]!) - from) / nanos - longest
  const times = Array.from(
    { length: Math.max(0, stepsASecond * seconds) },
    (_, k) => from + (nanos / stepsASecond) * k
  )
  const rows = times.map((time) => lastAt(at, time))
  const later = times.map((time) => mid2[lastAt(at, time + horizon * nanos)]! / 2 / step)
  const error = (guess: (row: number) => number) =>
    mean(rows.map((row, i) => ((guess(row) - later[i]!) * tick) ** 2))
  const weighted = (row: number) =>
    (bidSize[row]! * ask[row]! + askSize[row]! * bid[row]!) / (bidSize[row]! + askSize[row]!) / step
  return {
    n: times.length,
    mid: error((row) => mid2[row]! / 2 / step),
    weighted_mid: error(weighted),
    micro_in_sample: error(micro)
  }
}
