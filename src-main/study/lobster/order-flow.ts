import { askFlow, bidFlow } from '../../engine/math/order-flow'
import type { Session } from './session'

/**
 * Order flow imbalance of one level, summed up row by row, in shares (Cont, Kukanov and Stoikov 2014; level by rank, Xu, Gould and Howison 2019). The
 * flow between two rows is the difference of their values.
 */
export function cumulativeOrderFlow({ rows, bids, asks }: Session, level: number): Float64Array {
  const [pb, qb] = [bids.prices[level]!, bids.sizes[level]!]
  const [pa, qa] = [asks.prices[level]!, asks.sizes[level]!]
  const out = new Float64Array(rows)
  for (let row = 1; row < rows; row++) {
    const was = row - 1
    out[row] =
      out[was]! +
      bidFlow(pb[was]!, qb[was]!, pb[row]!, qb[row]!) +
      askFlow(pa[was]!, qa[was]!, pa[row]!, qa[row]!)
  }
  return out
}

/** Bought less sold shares up to each row, of the trades `counts` accepts. */
export function cumulativeSignedVolume(
  { rows, types, sizes, directions }: Session,
  counts: (type: number) => boolean
): Float64Array {
  const out = new Float64Array(rows)
  let sum = 0
  for (let row = 0; row < rows; row++) {
    if (counts(types[row]!)) sum -= directions[row]! * sizes[row]!
    out[row] = sum
  }
  return out
}
