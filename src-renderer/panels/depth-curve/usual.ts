import type { TableRows } from '../../state/market'

/** What one side usually holds within a distance of the mid, quote money; NaN until enough of the hour was seen. */
export interface UsualPoint {
  readonly bps: number
  readonly low: number
  readonly median: number
  readonly high: number
}
export interface Usual {
  readonly bid: readonly UsualPoint[]
  readonly ask: readonly UsualPoint[]
}

/** The hour's quarters out of the liquidity metric's table, by its column names; only distances of which they are known. */
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
        high: value(`${name}High`)
      }
      if (Object.values(point).every(Number.isFinite)) points.push(point)
    }
    return points
  }
  return { bid: side('bid'), ask: side('ask') }
}
