import type { SequenceRule } from '../../book/sequence'

/** The rule of both futures venues; its words and sources stand in their READMEs. */
export const futuresSequence: SequenceRule = {
  joins({ first, last, previous }, snapshot) {
    if (last < snapshot) return 'stale'
    return (first <= snapshot && snapshot <= last) || previous === snapshot ? 'next' : 'gap'
  },
  follows({ last, previous }, applied) {
    if (previous === applied) return 'next'
    return last <= applied ? 'stale' : 'gap'
  }
}
