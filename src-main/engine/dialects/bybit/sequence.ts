import type { Changes } from '../../book/changes'
import type { SequenceRule, Succession } from '../../book/sequence'

/**
 * `u` counts the messages of one topic. A smaller one is a gap and no repetition: the count starts anew when the service restarts, so a lost
 * beginning would otherwise look like old news for hours.
 */
function follows({ last }: Changes, applied: number): Succession {
  if (last === applied + 1) return 'next'
  return last === applied ? 'stale' : 'gap'
}

export const sequence: SequenceRule = { joins: follows, follows }
