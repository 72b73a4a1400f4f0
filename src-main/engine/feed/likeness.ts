import type { Instrument } from '../../../src-shared/instrument'

const letters = (symbol: string): string => symbol.toUpperCase().replace(/[^A-Z0-9]/g, '')

/**
 * What somebody may have meant by a symbol that a venue does not list, or what it may be called now: the same letters written otherwise, else one of the same
 * base. Undefined when there is no such.
 */
export function likeOf(wanted: string, list: readonly Instrument[]): Instrument | undefined {
  const meant = letters(wanted)
  const open = list.filter(({ trading }) => trading === 'trading')
  const same = open.find(({ symbol }) => letters(symbol) === meant)
  if (same) return same
  const ofBase = open.filter(({ base }) => base.length > 1 && meant.startsWith(letters(base)))
  return ofBase.reduce<Instrument | undefined>(
    (best, it) => (best && closeness(best, meant) >= closeness(it, meant) ? best : it),
    undefined
  )
}

/** Letters in common from the start. */
function closeness({ symbol }: Instrument, meant: string): number {
  const own = letters(symbol)
  let shared = 0
  while (shared < own.length && own[shared] === meant[shared]) shared++
  return shared
}
