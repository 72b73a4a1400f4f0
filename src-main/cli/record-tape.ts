import type { InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { Settings } from '../../src-shared/settings'
import { plain } from '../../src-shared/format'
import type { Clock } from '../engine/feed/clock'
import { Feed } from '../engine/feed/hub'
import type { HttpGet, Transport } from '../engine/feed/transport'
import { Recording } from '../engine/tape/recording'
import type { ReplaySummary } from '../engine/tape/summary'
import { summarise } from '../engine/tape/summary'
import { venues } from '../engine/venues/index'
import { nobody } from '../engine/feed/nobody'

export interface RecordTapeParts {
  readonly ids: readonly InstrumentId[]
  readonly folder: string
  readonly settings: Settings
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  readonly chance: () => number
  readonly say: (words: string) => void
  readonly until: Promise<void>
}

export type RecordTapeEnd =
  | { readonly ok: true; readonly summaries: readonly ReplaySummary[] }
  | { readonly ok: false; readonly reason: string }

/** Nobody asked for anything to be removed. */
const unlimited = { enabled: true, days: 36_500, gigabytes: 1e6 }

/** Watches instruments, of several venues too, over the same feed as the app and by its recorder. What is in the folder already stays, and is gone on with. */
export async function recordTape(parts: RecordTapeParts): Promise<RecordTapeEnd> {
  const { ids, folder, clock, say, until } = parts
  const recording = new Recording({ folder, clock })
  recording.configure(unlimited)
  // Its first words belong on the tape too.
  await recording.begun
  say(`recording ${ids.length} to the tape in ${folder}; Ctrl+C ends`)
  const feed = feedOver(parts, recording)
  recording.follow(() => feed.lanes())
  feed.watch(new Set(ids))
  await until
  const wanted = [...new Set(ids.map(venueOf))]
  const summaries = wanted.map((venue) => {
    const lanes = feed.lanes().filter(({ id }) => venueOf(id) === venue)
    return summarise(venue, lanes, feed.rejected(venue))
  })
  const { frames } = feed.counts()
  // Before the lines are closed: the last books of the tape stand.
  await recording.stop()
  feed.stop()
  const { state, reason } = recording.last
  if (state === 'trouble') return { ok: false, reason: `${folder}: ${reason}` }
  if (frames === 0) return { ok: false, reason: `nothing came from ${wanted.join(' and ')}` }
  say(`${frames} frames`)
  return { ok: true, summaries }
}

function feedOver({ say, ...parts }: RecordTapeParts, recording: Recording): Feed {
  const { clock, settings, transports, http, chance } = parts
  return new Feed({
    ...{ venues, clock, settings, transports, http, chance, bans: [] },
    tap: (venue, lines) => recording.tap(venue, lines),
    onBan: (ban) => {
      say(ban.reason)
    },
    listener: recording.listener({
      ...nobody,
      onStatus: (id, { state, reason }) => {
        say(`${id} ${state}${reason === '' ? '' : `: ${plain(reason, 120)}`}`)
      }
    })
  })
}
