import type { VenueSpec } from '../../src-shared/contract/catalogue'
import type { Ban, EngineReport } from '../../src-shared/contract/control'
import type { Spread } from '../../src-shared/contract/frames'
import type { RecordingState } from '../../src-shared/contract/recording'
import type { RecordingSettings, Settings } from '../../src-shared/settings'
import type { RuleEstimator } from './estimate/estimator'
import type { Clock } from './feed/clock'
import type { Feed } from './feed/hub'
import type { FeedListener } from './feed/listener'
import type { Metric } from './metrics/metric'
import type { Seconds } from './tape/seconds'

/** What the engine asks of the feed; `feed/hub.ts` is the real one. */
export type EngineFeed = Pick<
  Feed,
  | 'watch'
  | 'configure'
  | 'retry'
  | 'askInstruments'
  | 'links'
  | 'catalogues'
  | 'counts'
  | 'suspend'
  | 'resume'
  | 'stop'
> &
  Partial<Pick<Feed, 'pace'>>

/** What the process says of itself, over the span since it was last asked. */
export interface Probe {
  /** Share of one core. */
  cpu(): number
  /** Resident bytes. */
  memory(): number
  /** How late timers were. */
  loopDelay(): Spread
}

export interface EngineParts {
  readonly clock: Clock
  readonly metrics: readonly Metric[]
  readonly venues: readonly VenueSpec[]
  /** Called once, with the first configuration. */
  readonly feed: (listener: FeedListener, settings: Settings, bans: readonly Ban[]) => EngineFeed
  readonly probe: Probe
  /** The tape of what is watched; an engine without one records nothing. */
  readonly recording?: {
    readonly state: RecordingState
    configure(settings: RecordingSettings): void
  }
  /** The figures of each second, kept over restarts. */
  readonly seconds?: Pick<Seconds, 'configure' | 'keep' | 'keepEvents' | 'past'>
  /** What rules would have done over the tape. */
  readonly estimator?: Pick<RuleEstimator, 'estimate'>
  readonly report: (report: EngineReport) => void
}

/** A window's line to the engine. */
export interface Connection {
  /** Untrusted: anything that is no command is refused with a fault. */
  command(input: unknown): void
  close(): void
}

/** A line that ends in an engine whose time may stand still. */
export interface EngineConnection extends Connection {
  /** What the window wants and was not told yet of the moment at which time stands. */
  tell(): void
}
