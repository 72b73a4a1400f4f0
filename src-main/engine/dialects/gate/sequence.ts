import type { SequenceRule } from '../../book/sequence'

/** The rule of both markets; its words and sources stand in their READMEs. */
export const sequence: SequenceRule = {
  joins({ first, last }, snapshot) {
    if (last <= snapshot) return 'stale'
    return first <= snapshot + 1 ? 'next' : 'gap'
  },
  follows({ first, last }, applied) {
    if (first === applied + 1) return 'next'
    return last <= applied ? 'stale' : 'gap'
  }
}
