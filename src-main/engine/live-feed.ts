import type { Ban } from '../../src-shared/contract/control'
import type { Settings } from '../../src-shared/settings'
import type { EngineFeed } from './engine-parts'
import { systemClock } from './feed/clock'
import { httpGet } from './feed/http-get'
import { Feed } from './feed/hub'
import type { FeedListener } from './feed/listener'
import { SimulatedTransport, simulationOf } from './feed/simulated-transport'
import { webSocketTransport } from './feed/web-socket-transport'
import type { Recording } from './tape/recording'
import { venues } from './venues/index'

export interface LiveFeedParts {
  readonly listener: FeedListener
  readonly settings: Settings
  readonly bans: readonly Ban[]
  readonly onBan: (ban: Ban) => void
  /** What is heard is recorded here, where anything is. */
  readonly recording?: Recording
}

/** The feed on real time and real sockets, with the simulated market behind `sim:` addresses. */
export function liveFeed({ settings, recording, ...parts }: LiveFeedParts): EngineFeed {
  let current = settings
  const simulated = new SimulatedTransport(systemClock, () => simulationOf(current))
  const feed = new Feed({
    ...parts,
    ...(recording && {
      listener: recording.listener(parts.listener),
      tap: (venue, lines) => recording.tap(venue, lines)
    }),
    settings,
    venues,
    transports: [webSocketTransport, simulated],
    http: (url, options) => (url.startsWith('sim:') ? simulated.get() : httpGet(url, options)),
    clock: systemClock,
    chance: () => Math.random()
  })
  recording?.follow(() => feed.lanes())
  return {
    watch: (ids, focused) => {
      feed.watch(ids, focused)
    },
    configure: (changed) => {
      // Before the feed acts on it: the simulated market asks for its seed when it is opened anew.
      current = changed
      feed.configure(changed)
    },
    retry: (venue) => {
      feed.retry(venue)
    },
    askInstruments: (venue) => {
      feed.askInstruments(venue)
    },
    links: () => feed.links(),
    catalogues: () => feed.catalogues(),
    counts: () => feed.counts(),
    pace: () => feed.pace(),
    suspend: () => {
      feed.suspend()
    },
    resume: () => {
      feed.resume()
    },
    stop: () => {
      feed.stop()
    }
  }
}
