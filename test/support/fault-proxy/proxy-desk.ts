import { httpGet } from '../../../src-main/engine/feed/http-get'
import { Feed } from '../../../src-main/engine/feed/hub'
import { webSocketTransport } from '../../../src-main/engine/feed/web-socket-transport'
import type { InstrumentId } from '../../../src-shared/instrument'
import { instrumentId } from '../../../src-shared/instrument'
import { defaultSettings } from '../../../src-shared/settings'
import type { BookStatus } from '../../../src-shared/status'
import { chanceOf } from '../sim-venue/chance'
import type { Dialect } from '../sim-venue/dialect'
import { Oracle } from '../sim-venue/oracle'
import { SimVenue } from '../sim-venue/sim-venue'
import { FaultProxy } from './fault-proxy'
import { quickClock } from './quick-clock'
import { SimServer } from './sim-server'

/** The clock's speed: ten seconds of patience are one, and the machine may still be busy elsewhere for a moment. */
const SPEED = 10

/** A feed on the product's own sockets and requests, a venue on real servers, and the fault proxy between them, under the oracle's eyes. */
export async function proxyDesk(dialect: Dialect, seed = 1, paceMs = 200) {
  const { venue, listings } = dialect
  const clock = quickClock(SPEED)
  const sim = new SimVenue({ dialect, clock, seed, paceMs })
  const oracle = new Oracle(sim, clock)
  const server = await SimServer.start(sim, clock)
  const waiting = new Set<() => void>()
  const wake = () => {
    for (const resume of waiting) resume()
    waiting.clear()
  }
  const proxy = await FaultProxy.start({
    ...{ upstream: server.port, clock, chance: chanceOf(seed + 1), onChange: wake },
    bookOf: (text) => server.bookOf(text)
  })
  server.publicPort = proxy.port
  const feed = new Feed({
    ...{ venues: [venue], transports: [webSocketTransport], http: httpGet, clock },
    ...{ chance: chanceOf(seed + 2), bans: [], onBan: () => undefined },
    settings: {
      ...defaultSettings,
      venues: { [venue.spec.id]: { enabled: true, endpoints: server.endpoints } }
    },
    listener: {
      ...oracle,
      onBook: (id: InstrumentId) => {
        oracle.onBook(id)
        wake()
      },
      onStatus: (id: InstrumentId, status: BookStatus) => {
        oracle.onStatus(id, status)
        wake()
      }
    }
  })
  oracle.feed = feed
  const ids = listings.map(({ symbol }) => instrumentId(venue.spec.id, symbol))
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => waiting.add(resolve))
  }
  const said = (holds: (status: BookStatus) => boolean, from = 0) => until(() => hasSaid(holds, from))
  const hasSaid = (holds: (status: BookStatus) => boolean, from: number) =>
    oracle.statuses.slice(from).some(({ id, status }) => id === ids[0] && holds(status))
  return {
    ...{ dialect, clock, sim, oracle, server, proxy, feed, ids, until },
    symbol: listings[0]!.symbol,
    lane: (at = 0) => feed.lane(ids[at]!)!,
    /** Resolves when every book is live and has been told once more. */
    async live(): Promise<void> {
      feed.watch(new Set(ids))
      await until(() => ids.every((id) => feed.lane(id)?.isLive === true))
      const { looks } = oracle
      await until(() => oracle.looks > looks + 2 && ids.every((id) => feed.lane(id)?.isLive === true))
    },
    /** Resolves when the books have moved often enough for the feed to know their pace. */
    async paced(): Promise<void> {
      const { looks } = oracle
      await until(() => oracle.looks > looks + 20 * ids.length)
    },
    /** Resolves when the first book has gone through a status since `from` that `holds`. */
    said,
    /**
     * Strikes until it has. On a machine that is busy elsewhere the feed asks for a whole book now and then, and one that comes just then heals what was lost
     * before anything tells of it.
     */
    async struck(strike: () => void, holds: (status: BookStatus) => boolean, from: number): Promise<void> {
      const { counters } = feed.lane(ids[0]!)!
      while (!hasSaid(holds, from)) {
        const { snapshots } = counters
        strike()
        await until(() => hasSaid(holds, from) || counters.snapshots > snapshots)
      }
    },
    async stop(): Promise<void> {
      feed.stop()
      sim.stop()
      await proxy.stop()
      await server.stop()
    }
  }
}
export type ProxyDesk = Awaited<ReturnType<typeof proxyDesk>>
