import type { InstrumentId } from '../../src-shared/instrument'
import type { Group, Watchlists } from '../../src-shared/watchlist'
import type { Window } from './window'

/** Who wants what of the engine. */
export interface Wishers {
  readonly windows: Iterable<Pick<Window, 'wanted' | 'metricsOf'>>
  /** Pairs instrument and metric that rules need, whether or not a window shows them. */
  readonly rules: Iterable<readonly [instrument: InstrumentId, metric: string]>
  readonly watchlists: Watchlists | undefined
}

/**
 * The union of what windows show, rules judge and watchlists hold: instruments (what windows show comes first) and, of each, the metrics. Watchlists
 * alone ask for no more than what is always computed, and so do groups of their members.
 */
export function wishesOf({ windows, rules, watchlists }: Wishers): Map<InstrumentId, Set<string>> {
  const wishes = new Map<InstrumentId, Set<string>>()
  const of = (id: InstrumentId): Set<string> => {
    const known = wishes.get(id) ?? new Set()
    wishes.set(id, known)
    return known
  }
  for (const window of windows)
    for (const id of window.wanted) {
      const metrics = of(id)
      for (const metric of window.metricsOf(id)) metrics.add(metric)
    }
  for (const [id, metric] of rules) of(id).add(metric)
  for (const list of watchlists?.lists ?? []) for (const id of list.instruments) of(id)
  // Members run with their group: somebody who asks for one later is to find it live, and a feed tells of a book only when something changes.
  for (const { id, members } of watchlists?.groups ?? [])
    if (wishes.has(id)) for (const member of members) of(member)
  return wishes
}

/** The instruments of venues behind what is wanted: a group stands for its members. */
export function instrumentsOf(wanted: Iterable<InstrumentId>, groups: readonly Group[]): Set<InstrumentId> {
  const ids = new Set<InstrumentId>()
  for (const id of wanted) {
    const group = groups.find((it) => it.id === id)
    for (const member of group?.members ?? [id]) ids.add(member)
  }
  return ids
}
