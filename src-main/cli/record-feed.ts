import type { InstrumentId } from '../../src-shared/instrument'
import { venueOf } from '../../src-shared/instrument'
import type { Settings } from '../../src-shared/settings'
import { plain } from '../../src-shared/format'
import type { BookStatus } from '../../src-shared/status'
import type { Clock } from '../engine/feed/clock'
import { Feed } from '../engine/feed/hub'
import type { HttpGet, Transport } from '../engine/feed/transport'
import { CaptureTap } from '../engine/tape/capture-tap'
import type { ReplaySummary } from '../engine/tape/summary'
import { summarise } from '../engine/tape/summary'
import { CaptureWriter } from '../engine/tape/capture-writer'
import { venues } from '../engine/venues/index'
import { nobody } from '../engine/feed/nobody'

export interface RecordParts {
  /** All of one venue. */
  readonly ids: readonly InstrumentId[]
  readonly path: string
  readonly settings: Settings
  readonly transports: readonly Transport[]
  readonly http: HttpGet
  readonly clock: Clock
  readonly chance: () => number
  /** What the user may want to know while it runs. */
  readonly say: (words: string) => void
  readonly onBook?: (id: InstrumentId) => void
  /** The recording ends when this does. */
  readonly until: Promise<void>
}

export type RecordEnd =
  { readonly ok: true; readonly summary: ReplaySummary } | { readonly ok: false; readonly reason: string }

/** Watches instruments over the same feed as the app and writes down all that passes. The summary is that of the live books: a replay comes to the same. */
export async function recordFeed(parts: RecordParts): Promise<RecordEnd> {
  let broke: (reason: string) => void = () => undefined
  const broken = new Promise<void>((resolve) => {
    broke = () => {
      resolve()
    }
  })
  const writer = await CaptureWriter.create(parts.path, parts.clock, (reason) => {
    broke(reason)
  })
  if ('reason' in writer) return { ok: false, reason: writer.reason }
  parts.say(`recording ${parts.ids.length} to ${parts.path}; Ctrl+C ends`)
  const tap = new CaptureTap({
    clock: parts.clock,
    write: (line) => {
      writer.write(line)
    },
    isTicket: ticketsOf(parts.settings)
  })
  const feed = feedOver(parts, tap)
  feed.watch(new Set(parts.ids))
  await Promise.race([parts.until, broken])
  const venue = venueOf(parts.ids[0]!)
  const summary = summarise(venue, feed.lanes(), feed.rejected(venue))
  feed.stop()
  const trouble = await writer.finish()
  if (trouble !== undefined) return { ok: false, reason: trouble }
  if (tap.frames === 0) return { ok: false, reason: `nothing came from ${venue}; the tape is empty` }
  parts.say(`${tap.frames} frames, ${(writer.bytes / 2 ** 20).toFixed(1)} MB of text`)
  return { ok: true, summary }
}

function feedOver({ transports, http, say, onBook, ...parts }: RecordParts, tap: CaptureTap): Feed {
  return new Feed({
    ...parts,
    venues,
    transports: transports.map((it) => tap.transport(it)),
    http: tap.http(http),
    bans: [],
    onBan: (ban) => {
      say(ban.reason)
    },
    listener: {
      ...nobody,
      onBook: (id) => onBook?.(id),
      onStatus: (id, status) => {
        say(`${id} ${inWords(status)}`)
      }
    }
  })
}

const inWords = ({ state, reason }: BookStatus): string =>
  reason === '' ? state : `${state}: ${plain(reason, 120)}`

/** Whether an address is one where a venue hands out tokens. */
function ticketsOf(settings: Settings): (url: string) => boolean {
  const tickets = new Set(
    venues.flatMap(({ spec, legs }) =>
      legs.flatMap(
        ({ ticket }) =>
          ticket?.request({ ...spec.endpoints, ...settings.venues[spec.id]?.endpoints }).url ?? []
      )
    )
  )
  return (url) => tickets.has(url)
}
