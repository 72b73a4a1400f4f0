import { Feed } from '../../../src-main/engine/feed/hub'
import type { Venue } from '../../../src-main/engine/venues/venue'
import type { Ban } from '../../../src-shared/contract/control'
import { instrumentId } from '../../../src-shared/instrument'
import { defaultSettings } from '../../../src-shared/settings'
import { chanceOf } from './chance'
import type { Dialect, Listing } from './dialect'
import { SimNetwork } from './network'
import { Oracle } from './oracle'
import { SimVenue } from './sim-venue'
import { VirtualClock } from './virtual-clock'

export interface SimDeskOptions {
  readonly seed?: number
  readonly paceMs?: number
  readonly listings?: readonly Listing[]
  readonly bans?: readonly Ban[]
  /** The adapter under test; the dialect's own when left out. */
  readonly venue?: Venue
}

/** A feed, a venue and the network between them on one virtual clock, under the oracle's eyes. */
export function simDesk(dialect: Dialect, options: SimDeskOptions = {}) {
  const { seed = 1, paceMs, listings = dialect.listings, bans = [], venue = dialect.venue } = options
  const clock = new VirtualClock()
  const made = { dialect, clock, seed, listings, ...(paceMs === undefined ? {} : { paceMs }) }
  const sim = new SimVenue(made)
  const network = new SimNetwork(sim, clock, chanceOf(seed + 1))
  const oracle = new Oracle(sim, clock)
  const told: Ban[] = []
  const feed = new Feed({
    venues: [venue],
    transports: [network],
    http: network.get,
    clock,
    chance: chanceOf(seed + 2),
    listener: oracle,
    settings: defaultSettings,
    bans,
    onBan: (ban) => told.push(ban)
  })
  oracle.feed = feed
  const ids = listings.map(({ symbol }) => instrumentId(venue.spec.id, symbol))
  return {
    ...{ clock, sim, network, oracle, feed, ids, bans: told },
    /** Watches everything and lets time pass until all books are live; false when they are not after `ms`. */
    async goLive(ms = 15_000): Promise<boolean> {
      feed.watch(new Set(ids))
      return this.until(() => ids.every((id) => feed.lane(id)?.isLive), ms)
    },
    /** Passes time in steps of 100 ms until `holds`; false when it does not within `ms`. */
    async until(holds: () => boolean, ms: number): Promise<boolean> {
      for (let left = ms; left > 0 && !holds(); left -= 100) await clock.pass(100)
      return holds()
    },
    status: (at = 0) => feed.lane(ids[at]!)!.status,
    lane: (at = 0) => feed.lane(ids[at]!)!,
    stop(): void {
      feed.stop()
      sim.stop()
    }
  }
}
export type SimDesk = ReturnType<typeof simDesk>
