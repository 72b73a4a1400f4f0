import type { Alert } from '../../../src-shared/alert'
import type { VenueSpec } from '../../../src-shared/contract/catalogue'
import type { EngineControl } from '../../../src-shared/contract/control'
import type { InstrumentId } from '../../../src-shared/instrument'
import { venueOf } from '../../../src-shared/instrument'
import type { EngineParts } from '../engine-parts'
import { Engine } from '../engine'
import type { Clock } from '../feed/clock'
import { noSpread } from '../math/durations'
import type { Metric } from '../metrics/metric'
import type { Seconds } from '../tape/seconds'
import { uniformVenue } from '../tape/uniform/uniform-venue'
import type { Venue } from '../venues/venue'
import { TapeFeed } from './tape-feed'

export type Configuration = Extract<EngineControl, { kind: 'configure' }>

export interface TapeEngineParts {
  readonly venues: readonly Venue[]
  readonly metrics: readonly Metric[]
  readonly configuration: Configuration
  /** The figures of each second that were kept beside the tape: what a chart shows of before. */
  readonly past?: Seconds['past'] | undefined
}

/** An engine that knows nothing yet, and the feed that gives it a tape. Alerts come here and go nowhere else. */
export function tapeEngine(
  { venues, metrics, configuration, past }: TapeEngineParts,
  instruments: readonly InstrumentId[],
  clock: Clock,
  onAlert: (alert: Alert) => void
): { readonly engine: Engine; readonly feed: TapeFeed | undefined } {
  let feed: TapeFeed | undefined
  const engine = new Engine({
    ...{ clock, metrics },
    venues: [...venues.map(({ spec }) => spec), ...strangers(venues, instruments)],
    feed: (listener) => (feed = new TapeFeed({ clock, listener, venues, instruments: new Set(instruments) })),
    ...(past && { seconds: pastUntil(past, clock) }),
    probe: { cpu: () => NaN, memory: () => NaN, loopDelay: () => noSpread },
    report: (report) => {
      if (report.kind === 'alert') onAlert(report.alert)
    }
  })
  engine.control(unkept(configuration))
  return { engine, feed }
}

/** Without a folder: a replay keeps no history of alerts, and must never write into the live one. */
const unkept = ({ kind, settings, watchlists, rules, policy }: Configuration): Configuration => ({
  ...{ kind, settings, watchlists, rules, bans: [] },
  ...(policy && { policy })
})

/** Venues of what was imported that the app itself does not speak to. */
function strangers(known: readonly Venue[], instruments: readonly InstrumentId[]): VenueSpec[] {
  const ids = new Set(instruments.map(venueOf))
  for (const { spec } of known) ids.delete(spec.id)
  return [...ids].map((id) => uniformVenue(id).spec)
}

const nothing = (): void => undefined

/** What was kept of before, and nothing of what comes: a replay knows no more than its time does. */
const pastUntil = (past: Seconds['past'], clock: Clock): NonNullable<EngineParts['seconds']> => ({
  ...{ configure: nothing, keep: nothing, keepEvents: nothing },
  past: (instrument, from, to) => past(instrument, from, Math.min(to, clock.now()))
})
