import type { SequenceRule } from '../../book/sequence'

/** Every message is the whole window: there are no diffs to follow one another. */
export const sequence: SequenceRule = {
  joins: () => 'next',
  follows: () => 'next'
}
