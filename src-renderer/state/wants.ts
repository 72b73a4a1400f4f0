import type { InstrumentId } from '../../src-shared/instrument'
import type { Want } from './market'

/** At most this many instruments are asked for; the engine refuses longer lists. */
export const mostWanted = 500

/** What several owners want, as one list: of each instrument the most levels, and trades, metrics, tables and readiness if anyone needs them. */
export function unionOf(wants: Iterable<readonly Want[]>): Want[] {
  const all = new Map<InstrumentId, Want>()
  for (const list of wants) {
    for (const { id, levels, trades, metrics = [], tables = [], readiness = false } of list) {
      const known = all.get(id)
      const allMetrics = both(known?.metrics, metrics)
      const allTables = both(known?.tables, tables)
      all.set(id, {
        id,
        levels: Math.max(levels, known?.levels ?? 0),
        trades: trades || (known?.trades ?? false),
        ...(allMetrics.length > 0 && { metrics: allMetrics }),
        ...(allTables.length > 0 && { tables: allTables }),
        ...((readiness || known?.readiness) && { readiness: true })
      })
    }
  }
  return [...all.values()].slice(0, mostWanted)
}

const both = (known: readonly string[] = [], more: readonly string[]): string[] =>
  [...new Set([...known, ...more])].sort()

export function sameWants(a: readonly Want[], b: readonly Want[]): boolean {
  return a.length === b.length && a.every((want, i) => JSON.stringify(want) === JSON.stringify(b[i]))
}
