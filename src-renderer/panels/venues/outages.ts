import type { DiaryEntry } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import { lookOf } from '../../ui/status-look'

/** From, to (ms). */
export type Outage = readonly [from: number, to: number]

/** Spans of [from, now] in which at least one of the entries' books was not live, oldest first. A book counts once it was live. */
export function outagesOf(entries: readonly DiaryEntry[], from: number, now: number): Outage[] {
  const down = new Set<InstrumentId>()
  const known = new Set<InstrumentId>()
  const spans: [number, number][] = []
  for (const { instrument, at, state } of entries) {
    if (lookOf(state).tone === 'plain') {
      known.add(instrument)
      down.delete(instrument)
      const open = spans.at(-1)
      if (down.size === 0 && open?.[1] === Infinity) open[1] = at
    } else if (known.has(instrument) && !down.has(instrument)) {
      if (down.size === 0) spans.push([at, Infinity])
      down.add(instrument)
    }
  }
  return spans
    .map(([start, end]): Outage => [Math.max(start, from), Math.min(end, now)])
    .filter(([start, end]) => end > from && end >= start)
}
