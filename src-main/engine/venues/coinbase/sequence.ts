import type { SequenceRule } from '../../book/sequence'

/** Level 2 messages carry no numbers: what comes is all that can be known, and doubts come from other channels. */
export const sequence: SequenceRule = {
  joins: () => 'next',
  follows: () => 'next'
}
