import type { InstrumentId } from '../../src-shared/instrument'
import type { Want } from './desk'

/** At most this many instruments are asked for; the engine refuses longer lists. */
export const mostWanted = 500

/** What several owners want, as one list: of each instrument the most levels, and trades if anyone needs them. */
export function unionOf(wants: Iterable<readonly Want[]>): Want[] {
  const all = new Map<InstrumentId, Want>()
  for (const list of wants) {
    for (const { id, levels, trades } of list) {
      const known = all.get(id)
      all.set(id, {
        id,
        levels: Math.max(levels, known?.levels ?? 0),
        trades: trades || (known?.trades ?? false)
      })
    }
  }
  return [...all.values()].slice(0, mostWanted)
}

export function sameWants(a: readonly Want[], b: readonly Want[]): boolean {
  return (
    a.length === b.length &&
    a.every((want, i) => {
      const other = b[i]!
      return want.id === other.id && want.levels === other.levels && want.trades === other.trades
    })
  )
}
