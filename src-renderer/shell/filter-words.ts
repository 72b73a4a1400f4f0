import { clock, decimal, plain } from '../../src-shared/format'
import { dayOf } from '../../src-shared/instrument'
import type { CatalogueHealth } from '../../src-shared/contract/frames'
import { millis } from '../../src-shared/units'
import type { FilterKey } from './instrument-filter'

/** What a filter is called while nothing is chosen. */
export const filterNames: Readonly<Record<FilterKey, string>> = {
  venue: 'Venue',
  kind: 'Product',
  base: 'Base',
  quote: 'Quote',
  expiry: 'Expiry',
  strike: 'Strike',
  side: 'Call or put'
}

/** A choice in words. `venueTitle` names a venue by its id. */
export function choiceWords(
  key: FilterKey,
  value: string | number,
  venueTitle: (id: string) => string
): string {
  if (key === 'venue') return venueTitle(String(value))
  if (key === 'expiry') return dayOf(millis(Number(value)))
  if (key === 'strike') return strikeWords(Number(value))
  return plain(String(value), 24)
}

const strikeWords = (strike: number): string =>
  decimal(strike, Number.isInteger(strike) ? 0 : strike < 1 ? 4 : 2)

/** Why a venue's instruments are not all there: `no list yet, no route to host, next attempt 12:03:07`; empty when they are. */
export function listTrouble({ state, reason, lacks, nextAttemptAt }: CatalogueHealth): string {
  if (state === 'ready') return lacks === undefined ? '' : plain(lacks, 120)
  if (state === 'unasked') return 'not asked for yet'
  if (state === 'reading') return 'reading its list'
  const next = nextAttemptAt === undefined ? '' : `, next attempt ${clock(nextAttemptAt)}`
  return `no list yet, ${plain(reason, 120)}${next}`
}
