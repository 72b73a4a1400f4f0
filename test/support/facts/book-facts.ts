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

/** Levels changed per 100 ms of the clock, a level once, however often the venue publishes; spans without a diff left out. */
export function changesPer100Ms({ diffs }: Tape): { readonly p50: number; readonly p99: number } {
  const spans = new Map<number, Set<number>>()
  for (const { at, bids, asks } of diffs) {
    const span = Math.floor(at / 100)
    const changed = spans.get(span) ?? new Set()
    spans.set(span, changed)
    for (const price of bids.prices) changed.add(price)
    // Below nought, so that the sides do not meet.
    for (const price of asks.prices) changed.add(-price)
  }
  const counts = Array.from(spans.values(), (it) => it.size)
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
  let nextLook = Math.ceil(tape.diffs[0]!.at / 1000) * 1000 + LOOK_MS / 2
  tape.diffs.forEach((diff, i) => {
    removed += apply(bids, diff.bids, mids[i]!) + apply(asks, diff.asks, mids[i]!)
    if (diff.at < nextLook) return
    nextLook += LOOK_MS
    const sides = [sorted(bids, -1), sorted(asks, 1)] as const
    // Diffs come later than quotes: a book is walked from its own middle.
    const mid = (sides[0][0]![0] + sides[1][0]![0]) / 2
    for (const side of sides) {
      depths.push(depthOf(tape, side, mid))
      WALKED_USD.forEach((usd, k) => costs[k]!.push(walkCost(tape, side, mid, usd)))
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
