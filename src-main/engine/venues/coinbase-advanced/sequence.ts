import type { SequenceRule } from '../../book/sequence'

/** The number is the connection's, not the book's: the reader watches it and tells what it missed, so what comes here follows. */
export const sequence: SequenceRule = {
  joins: () => 'next',
  follows: () => 'next'
}
