import type { Instrument, VenueId } from '../../src-shared/instrument'

/** What traders call an instrument's kind: dated contracts apart from perpetual ones. */
export type Kind = 'spot' | 'perp' | 'future' | 'option' | 'combo'

/** What the search is narrowed to; what is absent is not asked. */
export interface Filter {
  readonly venue?: VenueId
  readonly kind?: Kind
  readonly base?: string
  readonly quote?: string
  /** Delivery time, ms. */
  readonly expiry?: number
  readonly strike?: number
  readonly side?: 'call' | 'put'
}
export type FilterKey = keyof Filter

/** Left to right, as they are shown. */
export const filterKeys: readonly FilterKey[] = ['venue', 'kind', 'base', 'quote', 'expiry', 'strike', 'side']

export function kindOf({ product, expiresAt }: Instrument): Kind {
  if (product === 'spot' || product === 'option' || product === 'combo') return product
  return expiresAt === undefined ? 'perp' : 'future'
}

/** An instrument's value under a filter; undefined where it has none, so that no choice of that filter fits it. */
export function valueFor(instrument: Instrument, key: FilterKey): string | number | undefined {
  switch (key) {
    case 'venue':
      return instrument.venue
    case 'kind':
      return kindOf(instrument)
    case 'base':
      return instrument.base
    case 'quote':
      return instrument.quote
    case 'expiry':
      return instrument.expiresAt
    case 'strike':
      return instrument.option?.strike
    case 'side':
      return instrument.option?.kind
  }
}

export function passes(instrument: Instrument, filter: Filter, except?: FilterKey): boolean {
  for (const key of filterKeys) {
    const wanted = filter[key]
    if (wanted !== undefined && key !== except && valueFor(instrument, key) !== wanted) return false
  }
  return true
}

export interface Choice {
  readonly value: string | number
  readonly count: number
}

/** Bases and strikes come by the hundred; a menu shows this many, the words find the rest. */
const mostChoices = 120

/**
 * What `key` may be narrowed to, given the other filters: the most common first, times and strikes rising. `left`: how many of the rarest are not among them.
 */
export function choicesOf(
  instruments: readonly Instrument[],
  filter: Filter,
  key: FilterKey
): { readonly choices: readonly Choice[]; readonly left: number } {
  const counts = new Map<string | number, number>()
  for (const instrument of instruments) {
    const value = valueFor(instrument, key)
    if (value === undefined || !passes(instrument, filter, key)) continue
    counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const choices = [...counts].map(([value, count]): Choice => ({ value, count }))
  choices.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  const kept = choices.slice(0, mostChoices)
  if (key === 'expiry' || key === 'strike') kept.sort((a, b) => Number(a.value) - Number(b.value))
  return { choices: kept, left: choices.length - kept.length }
}

/** With one filter set, or taken away. */
export function narrowed(filter: Filter, key: FilterKey, value: string | number | undefined): Filter {
  const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key))
  return value === undefined ? rest : { ...rest, [key]: value }
}
