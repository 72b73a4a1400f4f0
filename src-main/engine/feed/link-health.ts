import type { LinkHealth } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import type { Venue } from '../venues/venue'
import type { Catalogue } from './catalogue'
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

/** What has gone wrong last somewhere, in words. */
export interface Troubled {
  readonly lastError: LinkHealth['lastError'] | undefined
}

/** A venue's requests, told as a link of their own; what concerns the venue as a whole is told here too. */
export function restHealth(
  venue: Venue,
  { ban, weightUsed }: Rest,
  catalogue: Catalogue,
  troubles: readonly Troubled[]
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
    ...latest(troubles),
    ...unheard,
    weightUsed
  }
}

function latest(troubles: readonly Troubled[]): Pick<LinkHealth, 'lastError'> {
  const known = troubles.flatMap(({ lastError }) => lastError ?? [])
  const [lastError] = known.sort((a, b) => b.at - a.at)
  return lastError ? { lastError } : {}
}
