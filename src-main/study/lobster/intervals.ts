import { lastAt } from '../../engine/math/last-at'
import { closing, opening, type Session } from './session'

/** Stretches of the day as rows: stretch i goes from `edges[i]` to `edges[i + 1]`. */
export interface Intervals {
  readonly edges: Uint32Array
  readonly count: number
}

/** The session cut every `seconds`; an edge is the last row at or before it, row 0 before all. */
export function everySeconds({ times }: Session, seconds: number): Intervals {
  const count = Math.floor((closing - opening) / seconds)
  const edges = Uint32Array.from({ length: count + 1 }, (_, i) => lastAt(times, opening + i * seconds))
  return { edges, count }
}

/** Rows 0, n, 2n and so on. */
export function everyRows({ rows }: Session, n: number): Intervals {
  const count = Math.floor((rows - 1) / n)
  return { edges: Uint32Array.from({ length: count + 1 }, (_, i) => i * n), count }
}

/** How much a running total (or a level such as the mid) changed over each interval. */
export function changes({ edges, count }: Intervals, running: Float64Array): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => running[edges[i + 1]!]! - running[edges[i]!]!)
}
