import type { BookState } from '../../src-shared/status'

const words: Readonly<Record<BookState, string>> = {
  connecting: 'connecting',
  syncing: 'syncing',
  live: 'live',
  unverified: 'unverified',
  stale: 'stale',
  gap: 'resync',
  overloaded: 'late',
  'rate-limited': 'limited',
  halted: 'halted',
  delisted: 'delisted',
  refused: 'refused'
}

/** The one word for a book's state in rows and heads. */
export const wordOf = (state: BookState): string => words[state]

/** Yellow: a book that was there is not whole, or not proven, now. */
export const isWarning = (state: BookState): boolean => warnings.has(state)
const warnings: ReadonlySet<BookState> = new Set<BookState>([
  'gap',
  'stale',
  'syncing',
  'unverified',
  'overloaded',
  'rate-limited'
])
