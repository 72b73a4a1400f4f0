import { auc } from '../../engine/math/auc'
import { lastAt } from '../../engine/math/last-at'
import type { Quotes } from './market'

/** One imbalance and what the mid did next. */
interface Case {
  readonly row: number
  readonly isUp: boolean
}

/** How well the imbalance of the queues at the touch tells the direction of the next move: of every row, and of one row a move. */
export function queueImbalance(quotes: Quotes) {
  const rows = everyRow(quotes)
  const changes = changesOf(quotes)
  const sampled = halfway(quotes, changes)
  const tight = ({ row }: Case) => quotes.ask[row]! - quotes.bid[row]! === quotes.step
  return {
    rows_auc: areaOf(quotes, rows),
    rows_n: rows.length,
    rows_auc_spread1: areaOf(quotes, rows.filter(tight)),
    n_mid_changes: changes.length,
    midpoint_sampled_auc: areaOf(quotes, sampled),
    n: sampled.length,
    midpoint_sampled_auc_spread1: areaOf(quotes, sampled.filter(tight)),
    n_spread1: sampled.filter(tight).length
  }
}

/** Every row with a later move. */
function everyRow({ count, mid2 }: Quotes): Case[] {
  const cases: Case[] = []
  let ahead: boolean | undefined
  for (let row = count - 2; row >= 0; row--) {
    if (mid2[row + 1] !== mid2[row]) ahead = mid2[row + 1]! > mid2[row]!
    if (ahead !== undefined) cases.push({ row, isUp: ahead })
  }
  return cases
}

/** Rows at which the mid is not what it was in the row before. */
function changesOf({ count, mid2 }: Quotes): number[] {
  const changes: number[] = []
  for (let row = 1; row < count; row++) if (mid2[row] !== mid2[row - 1]) changes.push(row)
  return changes
}

/** The row that stood halfway between two moves, in time (after Gould and Bonart 2016); never the row of the move itself. */
function halfway({ at, mid2 }: Quotes, changes: readonly number[]): Case[] {
  return changes.slice(1).map((to, j) => {
    const from = changes[j]!
    const row = Math.min(lastAt(at, (at[from]! + at[to]!) / 2), to - 1)
    return { row, isUp: mid2[to]! > mid2[from]! }
  })
}

function areaOf(quotes: Quotes, cases: readonly Case[]): number {
  const { imbalances, ups } = columnsOf(quotes, cases)
  return auc(imbalances, ups)
}

function columnsOf({ bidSize, askSize }: Quotes, cases: readonly Case[]) {
  const imbalance = ({ row }: Case) => (bidSize[row]! - askSize[row]!) / (bidSize[row]! + askSize[row]!)
  return { imbalances: cases.map(imbalance), ups: cases.map(({ isUp }) => (isUp ? 1 : 0)) }
}

/** Imbalances and what came of them, of every row and of those halfway between moves. */
export const queueColumns = (quotes: Quotes) => ({
  rows: columnsOf(quotes, everyRow(quotes)),
  halfway: columnsOf(quotes, halfway(quotes, changesOf(quotes)))
})
