import type { Series } from '../../../state/market'
import type { Cover } from './cover'

/** A figure's past as points of a 100 × 100 square; it breaks where nothing is known. */
export interface FigureLine {
  readonly parts: readonly string[]
  /** Where its levels and zero stand, 0 the top. */
  readonly levels: readonly number[]
  readonly zero: number | undefined
}
export const noLine: FigureLine = { parts: [], levels: [], zero: undefined }

interface Wish {
  readonly series: Series
  readonly column: number
  readonly cover: Cover
  readonly levels: readonly number[]
  readonly range: readonly [number, number] | undefined
}
const buckets = 600

/** The lowest and the highest of each of 600 stretches, in the order they came. */
export function lineOf({ series, column, cover, levels, range }: Wish): FigureLine {
  // A read of it redraws when rows come in.
  if (series.version < 0 || column < 0) return noLine
  const found = bucketed(series, column, cover)
  const values = [...found.flatMap(([, low, high]) => [low, high]), ...levels].filter(Number.isFinite)
  if (found.length === 0) return noLine
  const [low, high] = range ?? [Math.min(...values), Math.max(...values)]
  const pad = high > low ? (high - low) * 0.06 : 1
  const y = (value: number): number => Math.round(((high + pad - value) / (high - low + 2 * pad)) * 1e4) / 100
  const parts: string[] = []
  let part: string[] = []
  let before = NaN
  for (const [bucket, from, to] of found) {
    // A stretch or two without a row is the pace of a table of seconds; more is a hole.
    if (bucket - before > 3 && part.length > 0) {
      parts.push(part.join(' '))
      part = []
    }
    before = bucket
    const x = Math.round((bucket / buckets) * 1e4) / 100
    part.push(`${x},${y(from)}`, `${x},${y(to)}`)
  }
  parts.push(part.join(' '))
  const isIn = (value: number): boolean => value >= low - pad && value <= high + pad
  return { parts, levels: levels.filter(isIn).map(y), zero: isIn(0) ? y(0) : undefined }
}

function bucketed(
  series: Series,
  column: number,
  { from, to }: Cover
): [bucket: number, low: number, high: number][] {
  const found: [number, number, number][] = []
  for (let row = series.find(from); row < series.length; row++) {
    const at = series.at(row)
    if (at > to) break
    const value = series.value(row, column)
    if (!Number.isFinite(value)) continue
    const bucket = Math.floor(((at - from) / (to - from)) * buckets)
    const last = found.at(-1)
    if (last?.[0] !== bucket) found.push([bucket, value, value])
    else {
      last[1] = Math.min(last[1], value)
      last[2] = Math.max(last[2], value)
    }
  }
  return found
}
