import { sampleHead, type DiaryEntry, type LinkHealth } from '../../../src-shared/contract/frames'
import type { VenueSpec } from '../../../src-shared/contract/catalogue'
import { span } from '../../../src-shared/format'
import type { InstrumentId } from '../../../src-shared/instrument'
import { venueOf } from '../../../src-shared/instrument'
import { isLive, type BookStatus } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import { instrumentsInUse, venuesInUse } from '../../parts/in-use'
import { venueHealth, type VenueHealth } from '../../parts/venue-health'
import type { Desk } from '../../state/desk'
import { lookOf } from '../../ui/status-look'
import { outagesOf, type Outage } from './outages'

const hourMs = 3_600_000

/** One venue as the table shows it. Numbers are NaN where unknown. */
export interface VenueRow {
  readonly venue: VenueSpec
  readonly inUse: boolean
  readonly health: VenueHealth
  /** State of the book that is worst off, or of the link; a state's name for its glyph and colour. */
  readonly state: string
  readonly words: string
  readonly ageMs: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly perSecond: number
  readonly gaps: number
  readonly resyncs: number
  readonly checksOk: number
  readonly checksBad: number
  /** Share of the request weight, [0, 1]. */
  readonly weight: number
  /** Since the youngest of its live books became live. */
  readonly inSequenceMs: number
  /** Of the clock that is farthest off. */
  readonly clockOffsetMs: number
  readonly links: readonly LinkHealth[]
  readonly entries: readonly DiaryEntry[]
  /** In the last hour, as shares of it from the left, [0, 1]. */
  readonly outages: readonly Outage[]
  /** Share of the last hour before anything was known. */
  readonly unknown: number
}

/** Venues in use first, those in trouble before all; the others by their titles. */
export function rowsOf(desk: Desk, now: Millis): VenueRow[] {
  const inUse = venuesInUse(desk)
  const books = [...instrumentsInUse(desk)]
  return desk.market.venues
    .map((venue) =>
      rowOf(
        desk,
        venue,
        inUse.has(venue.id),
        books.filter((id) => venueOf(id) === venue.id),
        now
      )
    )
    .sort((a, b) => rank(a) - rank(b))
}

const rank = ({ inUse, health }: VenueRow): number => (inUse ? 0 : health.state === 'off' ? 2 : 1)

function rowOf(
  desk: Desk,
  venue: VenueSpec,
  inUse: boolean,
  books: readonly InstrumentId[],
  now: Millis
): VenueRow {
  const { market, settings } = desk
  const links = (market.health?.links ?? []).filter((link) => link.venue === venue.id)
  const health = venueHealth(links, settings.venues[venue.id]?.enabled ?? true)
  const statuses = books.map((id) => market.status(id))
  const live = statuses.filter(isLive)
  const entries = market.diary.filter(({ instrument }) => venueOf(instrument) === venue.id)
  const from = now - hourMs
  const share = (at: number) => (at - from) / hourMs
  const sum = (of: (link: LinkHealth) => number) => sumOf(links.map(of))
  return {
    ...{ venue, inUse, health, links, entries },
    ...stateOf(health, statuses, live.length, now),
    ageMs: live.length < books.length ? NaN : mostOf(books.map((id) => ageOf(desk, id, now))),
    p50Ms: mostOf(links.map(({ lagP50Ms }) => lagP50Ms)),
    p99Ms: mostOf(links.map(({ lagP99Ms }) => lagP99Ms)),
    perSecond: links.length > 0 ? health.framesPerSecond : NaN,
    gaps: sum(({ gaps }) => gaps),
    resyncs: sum(({ resyncs }) => resyncs),
    checksOk: sum(({ checksumsOk }) => checksumsOk),
    checksBad: sum(({ checksumsBad }) => checksumsBad),
    weight: mostOf(links.map(({ weightUsed }) => weightUsed)),
    inSequenceMs: live.length > 0 ? now - Math.max(...live.map(({ since }) => since)) : NaN,
    clockOffsetMs: farthestOf(links.map(({ clockOffsetMs }) => clockOffsetMs)),
    outages: outagesOf(entries, from, now).map(([start, end]): Outage => [share(start), share(end)]),
    unknown: Math.min(1, Math.max(0, share(entries.find(({ state }) => state === 'live')?.at ?? now)))
  }
}

/** Of those that are known. */
function sumOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite)
  return known.length > 0 ? known.reduce((total, value) => total + value, 0) : NaN
}

/** The largest that is known. */
function mostOf(values: readonly number[]): number {
  const known = values.filter(Number.isFinite)
  return known.length > 0 ? Math.max(...known) : NaN
}

/** The farthest from 0 that is known, with its sign: a clock five seconds behind is further off than one that is 6 ms ahead. */
function farthestOf(values: readonly number[]): number {
  const [farthest = NaN] = values.filter(Number.isFinite).sort((a, b) => Math.abs(b) - Math.abs(a))
  return farthest
}

function ageOf({ market }: Desk, id: InstrumentId, now: Millis): number {
  const row = market.row(id)
  return row ? Math.max(now, row[sampleHead.at]!) - row[sampleHead.heardAt]! : NaN
}

function stateOf(
  health: VenueHealth,
  statuses: readonly BookStatus[],
  live: number,
  now: Millis
): Pick<VenueRow, 'state' | 'words'> {
  if (health.state === 'off') return { state: 'off', words: 'off' }
  if (health.state === 'waiting')
    return { state: health.word === 'connecting' ? 'connecting' : 'refused', words: health.word }
  const down = statuses.filter((status) => !isLive(status))
  const worst = down.find(({ state }) => lookOf(state).tone === 'warn') ?? down[0]
  if (!worst) {
    if (statuses.length === 0)
      return { state: 'connecting', words: health.state === 'ok' ? 'connected' : 'not in use' }
    return { state: 'live', words: statuses.length === 1 ? 'live' : `${live} live` }
  }
  const lasted = worst.since > 0 ? ` ${span(now - worst.since)}` : ''
  const words = `${lookOf(worst.state).word}${lasted}`
  return {
    state: worst.state,
    words: statuses.length > 1 ? `${words}, ${live} of ${statuses.length} live` : words
  }
}
