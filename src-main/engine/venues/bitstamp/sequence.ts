import type { SequenceRule } from '../../book/sequence'

/** Ids are the venue's microseconds: they rise and tell nothing of what is missing. */
export const sequence: SequenceRule = {
  joins: ({ last }, snapshot) => (last <= snapshot ? 'stale' : 'next'),
  follows: ({ last }, applied) => (last <= applied ? 'stale' : 'next')
}
