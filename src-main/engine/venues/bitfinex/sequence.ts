import type { SequenceRule } from '../../book/sequence'

/** The counter runs over the whole line, not over a book: the reader watches it and tells what it missed, so what comes here follows. */
export const sequence: SequenceRule = {
  joins: () => 'next',
  follows: () => 'next'
}
