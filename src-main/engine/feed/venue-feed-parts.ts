import type { Ban } from '../../../src-shared/contract/control'
import type { Endpoints, Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { HostLimits } from './host-limits'
import type { FeedLane } from './lane'
import type { FeedListener } from './listener'
import type { HttpGet, Transport } from './transport'

/** What one venue's feed is made of from outside. */
export interface VenueFeedParts {
  readonly venue: Venue
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  readonly chance: () => number
  readonly listener: FeedListener
  readonly onBan: (ban: Ban) => void
  readonly endpoints: Endpoints
  /** What the hosts allow, shared by the venues that ask them. */
  readonly hosts: HostLimits
  /** Smaller is more urgent. */
  readonly rank: (lane: FeedLane) => number
  /** False when time has jumped since the last look: what comes now is backlog. Everything is made anew in that very call. */
  readonly isAwake: () => boolean
}
