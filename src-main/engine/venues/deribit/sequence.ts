import type { Changes } from '../../book/changes'
import type { SequenceRule, Succession } from '../../book/sequence'

/** Ids jump by any amount, since all instruments share them and a channel of 100 ms gathers many: only the chain counts. */
const follows = ({ last, previous }: Changes, applied: number): Succession => {
  if (previous === applied) return 'next'
  return last <= applied ? 'stale' : 'gap'
}

export const deribitSequence: SequenceRule = { joins: follows, follows }
