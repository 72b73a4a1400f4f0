import type { TableRows } from '../../state/market'

/** What one side usually holds within a distance of the mid, quote money: P10, median and P90 of the hour; NaN until enough of it was seen. */
export interface UsualPoint {
  readonly bps: number
  readonly low: number
  readonly median: number
  readonly high: number
  /** How much of the hour it stands on, [0, 1]. */
  readonly seen: number
}
export interface Usual {
  readonly bid: readonly UsualPoint[]
  readonly ask: readonly UsualPoint[]
}

/** The hour's P10, median and P90 out of the liquidity metric's table, by its column names; only distances of which they are known. */
export function usualOf(table: TableRows | undefined): Usual {
  if (!table) return { bid: [], ask: [] }
  const { columns, rows } = table
  const place = (name: string) => columns.indexOf(name)
  const side = (name: 'bid' | 'ask'): UsualPoint[] => {
    const points: UsualPoint[] = []
    for (let at = 0; at + columns.length <= rows.length; at += columns.length) {
      const value = (column: string) => rows[at + place(column)] ?? NaN
      const point = {
        bps: value('bps'),
        low: value(`${name}Low`),
        median: value(`${name}Usual`),
        high: value(`${name}High`),
        seen: value(`${name}Seen`)
      }
      if (Object.values(point).every(Number.isFinite)) points.push(point)
    }
    return points
  }
  return { bid: side('bid'), ask: side('ask') }
}

/** How much of the hour stands behind what is usual up to `reach` bps, [0, 1]: the least of all that is shown. NaN where nothing is. */
export function seenOf({ bid, ask }: Usual, reach: number): number {
  const shares = [...bid, ...ask].filter(({ bps }) => bps <= reach).map(({ seen }) => seen)
  return shares.length > 0 ? Math.min(...shares) : NaN
}
