import type { Changes } from '../../book/changes'
import type { SequenceRule, Succession } from '../../book/sequence'

/**
 * By identity, never by size: a message follows when it names the id that the book stands at. Steps are arbitrary, a keepalive repeats its id, and after
 * maintenance ids start lower than those they follow.
 */
function follows({ last, previous, checksum }: Changes, applied: number): Succession {
  if (previous === applied) return 'next'
  if (last === applied) return 'stale'
  // Before 2023 there were no ids: then the checksum alone says whether something is missing, and without one nothing does.
  const hasNoIds = Number.isNaN(last) && Number.isNaN(previous) && Number.isNaN(applied)
  return hasNoIds && !Number.isNaN(checksum) ? 'next' : 'gap'
}

/**
 * A snapshot from REST may stand between two messages of the stream: the one that begins at it or before and ends after it joins. One from the stream itself is
 * met by its id. Where ids begin anew in between, they do not tell which of the two was first, but the venue's times do.
 */
function joins(next: Changes, snapshot: number, at = NaN): Succession {
  const succession = follows(next, snapshot)
  if (succession !== 'gap') return succession
  if (next.last < next.previous) return next.at > at ? 'gap' : 'stale'
  if (next.last <= snapshot) return 'stale'
  return next.previous <= snapshot ? 'next' : 'gap'
}

export const sequence: SequenceRule = { joins, follows }
