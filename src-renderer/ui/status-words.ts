import type { BookState } from '../../src-shared/status'

const words: Readonly<Record<BookState, string>> = {
  connecting: 'connecting',
  syncing: 'syncing',
  live: 'live',
  stale: 'stale',
  gap: 'resync',
  halted: 'halted',
  refused: 'refused'
}

/** The one word for a book's state in rows and heads. */
export const wordOf = (state: BookState): string => words[state]
