import type { SequenceRule } from '../../book/sequence'

export const sequence: SequenceRule = {
  joins({ last, previous }, snapshot) {
    if (last <= snapshot) return 'stale'
    return previous === snapshot ? 'next' : 'gap'
  },
  follows({ last, previous }, applied) {
    if (previous === applied) return 'next'
    return last <= applied ? 'stale' : 'gap'
  }
}
