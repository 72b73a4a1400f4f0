import { episodeOf, type Alert } from '../../../src-shared/alert'
import type { AlertEntry, DeliveryResult } from '../../../src-shared/alerts/record'
import type { HistoryWish } from '../../../src-shared/alerts/state'
import { millis } from '../../../src-shared/units'
import type { Place } from './journal'
import { inOrder } from './order'
import type { HistoryRecord } from './record'

interface Kept {
  entry: AlertEntry
  readonly segment: number
  /** As it was told, by alert. */
  readonly told: Map<string, Alert>
  toldAt: number
  evidence: Place | undefined
  after: Place | undefined
}

/** Every episode that is kept, in the order of its beginning; records in, entries out. */
export class Entries {
  readonly #kept = new Map<string, Kept>()
  /** By rule, instrument and side. */
  readonly #toldAt = new Map<string, number>()

  get size(): number {
    return this.#kept.size
  }

  /** The entry that a record changed; undefined when there is none (any more). */
  take(record: HistoryRecord, place: Place | undefined): AlertEntry | undefined {
    if (record.k === 'fired') return this.#begin(record.alert, place)
    const kept = this.#kept.get(episodeIn(record))
    if (!kept) return undefined
    apply(kept, record, place)
    if (record.k === 'told' && record.alert.channels.length > 0) this.#noteTold(record.alert, record.at)
    return kept.entry
  }

  get(episode: string): AlertEntry | undefined {
    return this.#kept.get(episode)?.entry
  }

  places(
    episode: string
  ): { readonly evidence: Place | undefined; readonly after: Place | undefined } | undefined {
    return this.#kept.get(episode)
  }

  /** Meant to be told, and never heard of again: what a crash left between. A webhook's is not given up, see `unsent`. */
  *unheard(): Iterable<DeliveryResult> {
    for (const { entry, told, toldAt } of this.#kept.values()) {
      const at = Number.isNaN(toldAt) ? entry.alert.at : millis(toldAt)
      for (const { id, channels } of told.size > 0 ? told.values() : [entry.alert])
        for (const channel of channels)
          if (!(told.size > 0 && isRetried(channel)) && latest(entry, id, channel) === undefined)
            yield { alert: id, channel, at, outcome: 'lost', detail: 'fired while the app was closing' }
    }
  }

  /** Told by webhook, and no word of how that ended: receivers know a repetition by its key, so it goes out again. */
  *unsent(): Iterable<Alert> {
    for (const { entry, told } of this.#kept.values())
      for (const alert of told.values()) {
        const channels = alert.channels.filter(
          (channel) => isRetried(channel) && [undefined, 'waiting'].includes(latest(entry, alert.id, channel))
        )
        if (channels.length > 0) yield { ...alert, channels }
      }
  }

  /** Wall clock of the latest told notice of a rule, instrument and side. */
  toldAt(ruleHash: string, instrument: string, side: Alert['side']): number | undefined {
    return this.#toldAt.get(`${ruleHash} ${instrument} ${side}`)
  }

  /** One page, newest first unless the wish says otherwise. */
  list(wish: HistoryWish, most: number): { readonly entries: readonly AlertEntry[]; readonly more: boolean } {
    if (wish.episode !== undefined) {
      const entry = this.get(wish.episode)
      return { entries: entry ? [entry] : [], more: false }
    }
    const all = inOrder([...this.all()], wish)
    const start = wish.before === undefined ? 0 : 1 + all.findIndex((it) => it.alert.episode === wish.before)
    // A page's last entry may be gone by now, with its segment: what was beside it is not known any more.
    if (wish.before !== undefined && start === 0) return { entries: [], more: false }
    const fitting = all.slice(start).filter((entry) => fits(entry, wish))
    return { entries: fitting.slice(0, most), more: fitting.length > most }
  }

  *all(): Iterable<AlertEntry> {
    for (const { entry } of this.#kept.values()) yield entry
  }

  /** Those that began in a segment go with it. */
  removeSegment(segment: number): void {
    for (const [episode, kept] of this.#kept) if (kept.segment === segment) this.#kept.delete(episode)
  }

  /** When the newest entry of a segment began; -Infinity of none. */
  newestIn(segment: number): number {
    let newest = -Infinity
    for (const { entry, segment: own } of this.#kept.values())
      if (own === segment) newest = Math.max(newest, entry.alert.at)
    return newest
  }

  #noteTold({ ruleHash, instrument, side }: Alert, at: number): void {
    const key = `${ruleHash} ${instrument} ${side}`
    this.#toldAt.set(key, Math.max(at, this.#toldAt.get(key) ?? at))
  }

  #begin(alert: Alert, place: Place | undefined): AlertEntry {
    const known = this.#kept.get(alert.episode)
    // A late notice of an episode that was held back takes its place, and keeps what is known of it.
    if (known) {
      known.entry = { ...known.entry, alert }
      return known.entry
    }
    const entry: AlertEntry = {
      ...{ alert, peak: alert.peak, lastedMs: NaN, endedUnknown: false, deliveries: [], note: '', tag: '' }
    }
    this.#kept.set(alert.episode, {
      ...{ entry, segment: place?.segment ?? NaN, told: new Map(), toldAt: NaN },
      ...{ evidence: undefined, after: undefined }
    })
    return entry
  }
}

/** `sound:2` is told by the channel `sound`. */
const channelOf = (channel: string): string => channel.split(':')[0]!
const isRetried = (channel: string): boolean => channelOf(channel) === 'webhook'

/** What is known last of an alert on a channel. */
const latest = (
  { deliveries }: AlertEntry,
  alert: string,
  channel: string
): DeliveryResult['outcome'] | undefined =>
  deliveries.filter((it) => it.alert === alert && channelOf(it.channel) === channelOf(channel)).at(-1)
    ?.outcome

function episodeIn(record: Exclude<HistoryRecord, { k: 'fired' }>): string {
  if (record.k === 'told') return record.alert.episode
  if (record.k === 'result') return episodeOf(record.result.alert)
  return record.id
}

function apply(kept: Kept, record: Exclude<HistoryRecord, { k: 'fired' }>, place: Place | undefined): void {
  const { entry } = kept
  switch (record.k) {
    case 'told': {
      const { channels, withheld, desktop, id } = record.alert
      if (channels.length > 0) kept.toldAt = record.at
      kept.told.set(id, record.alert)
      kept.entry = { ...entry, alert: { ...entry.alert, channels, withheld, desktop } }
      break
    }
    case 'result':
      kept.entry = { ...entry, deliveries: [...entry.deliveries, record.result].slice(-50) }
      break
    case 'evidence':
      kept.evidence = place
      break
    case 'after':
      kept.after = place
      break
    case 'outcome':
      kept.entry = { ...entry, outcome: record.outcome }
      break
    case 'ended':
      kept.entry = { ...entry, peak: record.peak, lastedMs: record.lastedMs, endedUnknown: record.unknown }
      break
    case 'ack':
      kept.entry = { ...entry, ack: { at: millis(record.at), by: record.by } }
      break
    case 'note':
      kept.entry = { ...entry, note: record.text }
      break
    case 'tag':
      kept.entry = { ...entry, tag: record.tag }
      break
    default:
      record satisfies never
  }
}

function fits({ alert, note, tag }: AlertEntry, wish: HistoryWish): boolean {
  const text = wish.text?.toLowerCase()
  return (
    (wish.rule === undefined || alert.ruleId === wish.rule) &&
    (wish.instrument === undefined || alert.instrument === wish.instrument) &&
    (wish.severity === undefined || alert.severity === wish.severity) &&
    (wish.tag === undefined || tag === wish.tag) &&
    (wish.from === undefined || alert.at >= wish.from) &&
    (wish.to === undefined || alert.at <= wish.to) &&
    (text === undefined || `${alert.ruleName} ${alert.instrument} ${note}`.toLowerCase().includes(text))
  )
}
