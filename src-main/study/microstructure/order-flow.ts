import { lastAt } from '../../engine/math/last-at'
import { askFlow, bidFlow } from '../../engine/math/order-flow'
import { ols } from '../../engine/math/ols'
import type { Market, Quotes } from './market'
import { ceilSecond, floorSecond, gridOf, nanos, sizeUnit } from './market'

export const spans = [1, 5, 10] as const
const eventsAStep = 100

/** Rows to compare, one after the other, with the net volume of trades between them where it is asked. */
interface Steps {
  readonly rows: readonly number[]
  readonly traded: readonly number[]
}

/** A line of moves of the mid (ticks) on order flow (one unit of what the venue counts). */
interface FlowFit {
  readonly n: number
  readonly beta_ticks_per_unit: number
  readonly alpha: number
  readonly r2: number
  /** Of trades alone; absent where spans are counted in events. */
  readonly trade_imbalance_r2?: number
}

/** Kyle's lambda: moves of the mid in quote money on net volume bought. */
interface KyleFit {
  readonly lambda_: number
  readonly r2: number
  readonly n: number
  readonly units: string
}

export interface OrderFlow {
  /** By span: `1s`, `5s`, `10s`, `100events`. */
  readonly ofi: Readonly<Record<string, FlowFit>>
  readonly kyle: Readonly<Record<string, KyleFit>>
}

/** How far order flow at the touch, and trades alone, explain the moves of the mid over the same span. */
export function orderFlow(market: Market): OrderFlow {
  const { quotes, tick } = market
  const flow = cumulativeFlow(quotes)
  const moves = ({ rows }: Steps) => movesOver(quotes, rows)
  const bySpan = spans.map((span) => {
    const steps = timeSteps(market, span)
    const signed = differences(steps.traded)
    const traded = ols([signed], moves(steps))
    const inMoney = ols(
      [signed],
      moves(steps).map((it) => it * tick)
    )
    return {
      name: `${span}s`,
      ofi: { ...line(flow, steps, moves(steps)), trade_imbalance_r2: traded.r2 },
      kyle: { lambda_: inMoney.betas[0]!, r2: inMoney.r2, n: inMoney.n, units }
    }
  })
  const events = eventSteps(quotes)
  return {
    ofi: {
      ...Object.fromEntries(bySpan.map(({ name, ofi }) => [name, ofi])),
      [`${eventsAStep}events`]: line(flow, events, moves(events))
    },
    kyle: Object.fromEntries(bySpan.map(({ name, kyle }) => [name, kyle]))
  }
}

const units = 'quote per base unit (or per contract for cm)'

function line(flow: Float64Array, { rows }: Steps, moves: readonly number[]): FlowFit {
  const fit = ols([differences(rows.map((row) => flow[row]! / sizeUnit))], moves)
  return { n: fit.n, beta_ticks_per_unit: fit.betas[0]!, alpha: fit.alpha, r2: fit.r2 }
}

/** Order-flow imbalance at the touch from the first row to each row (Cont, Kukanov and Stoikov 2014), in the unit of the sizes. */
export function cumulativeFlow({ count, bid, ask, bidSize, askSize }: Quotes): Float64Array {
  const flow = new Float64Array(count)
  for (let k = 1; k < count; k++) {
    flow[k] =
      flow[k - 1]! +
      bidFlow(bid[k - 1]!, bidSize[k - 1]!, bid[k]!, bidSize[k]!) +
      askFlow(ask[k - 1]!, askSize[k - 1]!, ask[k]!, askSize[k]!)
  }
  return flow
}

/** Of one span, by interval: order flow at the touch, net volume traded, and the move of the mid in ticks. */
export function spanColumns(market: Market, flow: Float64Array, span: number) {
  const { rows, traded } = timeSteps(market, span)
  return {
    flow: differences(rows.map((row) => flow[row]! / sizeUnit)),
    traded: differences(traded),
    moves: movesOver(market.quotes, rows)
  }
}

function timeSteps({ quotes, prints }: Market, span: number): Steps {
  const [first, last] = [quotes.at[0]!, quotes.at[quotes.count - 1]!]
  const grid = gridOf(ceilSecond(first), floorSecond(last), span * nanos)
  const sums = new Float64Array(prints.count + 1)
  for (let i = 0; i < prints.count; i++) sums[i + 1] = sums[i]! + prints.aggressor[i]! * prints.size[i]!
  const upTo = (at: number) => (prints.at[0]! > at ? 0 : lastAt(prints.at, at) + 1)
  return {
    rows: grid.map((at) => lastAt(quotes.at, at)),
    traded: grid.map((at) => sums[upTo(at)]!)
  }
}

function eventSteps({ count }: Quotes): Steps {
  const steps = Math.floor((count - 1) / eventsAStep)
  return { rows: Array.from({ length: steps + 1 }, (_, k) => k * eventsAStep), traded: [] }
}

/** Of the mid from each row to the next, ticks. */
const movesOver = ({ mid2, step }: Quotes, rows: readonly number[]): number[] =>
  differences(rows.map((row) => mid2[row]!)).map((it) => it / 2 / step)

const differences = (values: readonly number[]): number[] =>
  values.slice(1).map((value, i) => value - values[i]!)
