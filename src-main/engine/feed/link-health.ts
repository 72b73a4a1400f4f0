import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { FeedLane } from './lane'

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
