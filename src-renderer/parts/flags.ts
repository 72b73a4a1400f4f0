import type { EventKindSpec, MetricSpec } from '../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../src-shared/contract/frames'

/** A flag is at least as wide, px: what lies nearer together shares one. */
export const flagWidth = 24
/** A flag shows on less than its width, so it may stand so far from the middle of its stretch, px. */
const leeway = 3

/** Events that share a place on the time axis. */
export interface Flag {
  /** Which stretch of time it stands for: the same as long as the scale is. */
  readonly key: number
  /** Px from the left edge, the middle of the flag. */
  readonly x: number
  /** Oldest first. */
  readonly events: readonly MarketEvent[]
}

/** Flags of what was seen in [from, to] on `width` px. Stretches hang on the clock, not on the edges, so that flags do not regroup while time passes. */
export function flagsOf(
  events: readonly MarketEvent[],
  [from, to]: readonly [from: number, to: number],
  width: number
): Flag[] {
  const each = ((to - from) / Math.max(1, width)) * flagWidth
  const groups = new Map<number, MarketEvent[]>()
  for (const event of events) {
    if (event.at < from || event.at > to) continue
    const key = Math.floor(event.at / each)
    const group = groups.get(key)
    if (group) group.push(event)
    else groups.set(key, [event])
  }
  return [...groups].map(([key, group]) => {
    const x = (at: number) => ((at - from) / (to - from)) * width
    const middle = x((key + 0.5) * each)
    const mean = x(group.reduce((sum, event) => sum + event.at, 0) / group.length)
    // As near to its events as the neighbours leave room, and never cut off at an end.
    const near = Math.min(middle + leeway, Math.max(middle - leeway, mean))
    return { key, x: Math.min(width - flagWidth / 2, Math.max(flagWidth / 2, near)), events: group }
  })
}

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
