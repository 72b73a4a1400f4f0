import type { Changes } from '../../book/changes'
import type { SequenceRule, Succession } from '../../book/sequence'

/** Each message of a product is one more than the last. */
const follows = ({ last }: Changes, applied: number): Succession => {
  if (last === applied + 1) return 'next'
  return last <= applied ? 'stale' : 'gap'
}

export const krakenFuturesSequence: SequenceRule = { joins: follows, follows }
