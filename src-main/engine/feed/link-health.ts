import type { LinkHealth } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import type { Venue } from '../venues/venue'
import type { Catalogue } from './catalogue'
import type { InterestPolls } from './interest-polls'
import type { FeedLane } from './lane'
import type { Rest } from './rest'

/** Counts of the books on one link. */
export type LinkBooks = Pick<LinkHealth, 'gaps' | 'resyncs' | 'checksumsOk' | 'checksumsBad'>

/** Of a link that carries no books. */
export const noBooks: LinkBooks = { gaps: NaN, resyncs: NaN, checksumsOk: NaN, checksumsBad: NaN }

/** What is said of a link on which no stream comes in. */
export const unheard = {
  lagMs: NaN,
  lagP50Ms: NaN,
  lagP99Ms: NaN,
  clockOffsetMs: NaN,
  framesPerSecond: 0,
  instruments: 0,
  attempts: 0,
  ...noBooks
}

export function countsOf(lanes: readonly FeedLane[]): LinkBooks {
  const sums = { gaps: 0, resyncs: 0, checksumsOk: 0, checksumsBad: 0 }
  for (const { counters } of lanes) {
    sums.gaps += counters.gaps
    sums.resyncs += counters.resyncs
    sums.checksumsOk += counters.checksumsOk
    sums.checksumsBad += counters.checksumsBad
  }
  return sums
}

/** A venue's requests, told as a link of their own. */
export function restHealth(
  venue: Venue,
  { ban, weightUsed }: Rest,
  catalogue: Catalogue,
  { lastError }: InterestPolls
): LinkHealth {
  const reason = ban?.reason ?? catalogue.reason
  const next = ban?.until ?? (catalogue.reason ? catalogue.health().nextAttemptAt : undefined)
  return {
    venue: venue.spec.id,
    leg: 'rest',
    state: ban ? 'banned' : reason ? 'waiting' : 'open',
    since: millis(NaN),
    reason,
    ...(next === undefined ? {} : { nextAttemptAt: next }),
    ...(lastError && { lastError }),
    ...unheard,
    weightUsed
  }
}
