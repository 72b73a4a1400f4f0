import type { AlertEntry } from '../../src-shared/alerts/record'
import type { EventKindSpec, MetricSpec } from '../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../src-shared/contract/frames'

/** A flag is at least as wide, px: what lies nearer together shares one. */
export const flagWidth = 24
/** A flag shows on less than its width, so it may stand so far from the middle of its stretch, px. */
const leeway = 3

/** Events and alerts that share a place on the time axis. */
export interface Flag {
  /** Which stretch of time it stands for: the same as long as the scale is. */
  readonly key: number
  /** Px from the left edge, the middle of the flag. */
  readonly x: number
  /** Oldest first. */
  readonly events: readonly MarketEvent[]
  readonly alerts: readonly AlertEntry[]
}

/** Flags of what was seen, and of what fired, in [from, to] on `width` px. Stretches hang on the clock, not on the edges, so that flags do not regroup while time passes. */
export function flagsOf(
  events: readonly MarketEvent[],
  [from, to]: readonly [from: number, to: number],
  width: number,
  alerts: readonly AlertEntry[] = []
): Flag[] {
  const each = ((to - from) / Math.max(1, width)) * flagWidth
  const groups = new Map<number, { events: MarketEvent[]; alerts: AlertEntry[] }>()
  const groupAt = (at: number): { events: MarketEvent[]; alerts: AlertEntry[] } | undefined => {
    if (at < from || at > to) return undefined
    const key = Math.floor(at / each)
    const group = groups.get(key) ?? { events: [], alerts: [] }
    groups.set(key, group)
    return group
  }
  for (const event of events) groupAt(event.at)?.events.push(event)
  for (const entry of alerts) groupAt(entry.alert.at)?.alerts.push(entry)
  const x = (at: number): number => ((at - from) / (to - from)) * width
  return [...groups]
    .sort(([one], [other]) => one - other)
    .map(([key, group]) => {
      const times = [...group.events.map(({ at }) => at), ...group.alerts.map(({ alert }) => alert.at)]
      const middle = x((key + 0.5) * each)
      const mean = x(times.reduce((sum, at) => sum + at, 0) / times.length)
      // As near to its events as the neighbours leave room, and never cut off at an end.
      const near = Math.min(middle + leeway, Math.max(middle - leeway, mean))
      return { key, x: Math.min(width - flagWidth / 2, Math.max(flagWidth / 2, near)), ...group }
    })
}

/** Alerts that a chart flags: those that fired, each on its own instrument. */
export const flagged = (entries: readonly AlertEntry[]): readonly AlertEntry[] =>
  entries.filter(
    ({ alert }) => (alert.notice === 'FIRE' || alert.notice === 'FIRE_DEFERRED') && !alert.instruments
  )

/** Ids of the metrics that see events: a panel that shows flags wants them. */
export const seers = (metrics: readonly MetricSpec[]): string[] =>
  metrics.filter(({ events }) => events !== undefined).map(({ id }) => id)

export const kindOf = (metrics: readonly MetricSpec[], event: MarketEvent): EventKindSpec | undefined =>
  metrics.find(({ id }) => id === event.metric)?.events?.find(({ id }) => id === event.kind)

/** One or two letters for a flag: the first letters of the kind's title. */
export function letters(title: string): string {
  const words = title.split(' ').filter((word) => word !== 'suspected')
  return words
    .slice(0, 2)
    .map((word, place) => (place === 0 ? word.slice(0, 1).toUpperCase() : word.slice(0, 1)))
    .join('')
}
