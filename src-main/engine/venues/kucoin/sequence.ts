import type { SequenceRule } from '../../book/sequence'

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
