import { median, quantile, slope } from './statistics'
import type { Columns, Tape } from './tape'

const NEAR_BPS = 10
const WALKED_USD = [5e4, 2e5, 1e6, 5e6]
const LOOK_MS = 2000

type Book = Map<number, number>

export interface BookFacts {
  /** Of the size that leaves levels within 10 bps, the share that no trade took. */
  readonly cancelShare: number
  /** Of the cost of walking the book, in bps, against the money walked, in logarithms. */
  readonly walkExponent: number
  /** Median quote money on one side within 10 bps. */
  readonly depthUsd: number
}

/** Levels changed per 100 ms, a level once. Diffs are 100 ms apart, so each is one such span. */
export function changesPer100Ms({ diffs }: Tape): { readonly p50: number; readonly p99: number } {
  const counts = diffs.map((it) => it.bids.prices.length + it.asks.prices.length)
  return { p50: quantile(counts, 0.5), p99: quantile(counts, 0.99) }
}

/** Replays the tape's diffs on its snapshot. */
export function bookFacts(tape: Tape): BookFacts {
  const bids = bookOf(tape.book.bids)
  const asks = bookOf(tape.book.asks)
  const costs = WALKED_USD.map(() => [] as number[])
  const depths: number[] = []
  const mids = midsAt(tape)
  let removed = 0
  let nextLook = tape.diffs[0]!.at + LOOK_MS / 2
  tape.diffs.forEach((diff, i) => {
    removed += apply(bids, diff.bids, mids[i]!) + apply(asks, diff.asks, mids[i]!)
    if (diff.at < nextLook) return
    nextLook += LOOK_MS
    for (const side of [sorted(bids, -1), sorted(asks, 1)]) {
      depths.push(depthOf(tape, side, mids[i]!))
      WALKED_USD.forEach((usd, k) => costs[k]!.push(walkCost(tape, side, mids[i]!, usd)))
    }
  })
  const traded = tape.trades.reduce((total, it) => total + it.lots, 0)
  return {
    cancelShare: 1 - traded / removed,
    walkExponent: exponentOf(costs.map((it) => it.filter((cost) => !Number.isNaN(cost)))),
    depthUsd: median(depths)
  }
}

function bookOf({ prices, lots }: Columns): Book {
  return new Map(Array.from(prices, (price, i) => [price, lots[i]!]))
}

/** The quoted mid at every diff, in ticks. */
function midsAt({ quotes, diffs }: Tape): number[] {
  let i = 0
  return diffs.map(({ at }) => {
    while (i + 1 < quotes.length && quotes[i + 1]!.at <= at) i++
    return (quotes[i]!.bid + quotes[i]!.ask) / 2
  })
}

/** Answers the size removed within 10 bps of the mid. */
function apply(book: Book, { prices, lots }: Columns, mid: number): number {
  let removed = 0
  prices.forEach((price, i) => {
    const before = book.get(price) ?? 0
    const after = lots[i]!
    if (Math.abs(price / mid - 1) * 1e4 < NEAR_BPS) removed += Math.max(0, before - after)
    if (after === 0) book.delete(price)
    else book.set(price, after)
  })
  return removed
}

/** Prices and sizes, best first. */
function sorted(book: Book, direction: 1 | -1): [price: number, lots: number][] {
  return [...book].sort(([a], [b]) => direction * (a - b))
}

function depthOf(tape: Tape, side: readonly [number, number][], mid: number): number {
  let usd = 0
  for (const [price, lots] of side) {
    if (Math.abs(price / mid - 1) * 1e4 > NEAR_BPS) break
    usd += tape.notional(lots, price)
  }
  return usd
}

/** Mean distance from the mid in bps at which so much money is done; NaN where the book has not so much. */
function walkCost(tape: Tape, side: readonly [number, number][], mid: number, usd: number): number {
  let left = usd
  let cost = 0
  for (const [price, lots] of side) {
    const part = Math.min(left, tape.notional(lots, price))
    cost += part * Math.abs(price / mid - 1) * 1e4
    left -= part
    if (left <= 0) return cost / usd
  }
  return NaN
}

function exponentOf(costs: readonly (readonly number[])[]): number {
  const known = costs.flatMap((it, k) => (it.length > 20 ? [[WALKED_USD[k]!, median(it)] as const] : []))
  return slope(
    known.map(([usd]) => Math.log(usd)),
    known.map(([, bps]) => Math.log(bps))
  )
}
