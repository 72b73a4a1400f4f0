import type { Condition, Leaf } from '../../../../src-shared/alerts/condition'
import { innerOf, leavesOf } from '../../../../src-shared/alerts/condition-tree'
import type { MetricSpec } from '../../../../src-shared/contract/catalogue'
import { newFigure } from './draft'

/** Every kind of condition, in the words of the menu. */
export const kinds = [
  { kind: 'figure', title: 'A figure beyond a level' },
  { kind: 'band', title: 'A figure inside or outside of a band' },
  { kind: 'flip', title: 'A figure that turns over' },
  { kind: 'event', title: 'Something seen in the flow' },
  { kind: 'silence', title: 'Silence: no trade, no change' },
  { kind: 'data', title: 'The data itself: lost, old, gaps' },
  { kind: 'all', title: 'All of several' },
  { kind: 'any', title: 'Any of several' },
  { kind: 'not', title: 'Not' },
  { kind: 'among', title: 'On several instruments' },
  { kind: 'sequence', title: 'One, then another' },
  { kind: 'repeated', title: 'Again and again' },
  { kind: 'divergence', title: 'One without another' }
] as const satisfies readonly { readonly kind: Condition['kind']; readonly title: string }[]

/** A condition of another kind that keeps what it can of the old one: its figure, its instrument, its parts. */
export function turned(old: Condition, kind: Condition['kind'], metrics: readonly MetricSpec[]): Condition {
  if (old.kind === kind) return old
  const leaf = leavesOf(old)[0] ?? newFigure()
  const parts = innerOf(old) ?? [old]
  const first = parts[0] ?? leaf
  const second = parts[1] ?? newFigure()
  const own = leaf.instrument === undefined ? {} : { instrument: leaf.instrument }
  const figure =
    'field' in leaf ? { metric: leaf.metric, field: leaf.field } : { metric: 'imbalance', field: 'bps10' }
  const smoothMs = 'smoothMs' in leaf ? leaf.smoothMs : 2_000
  switch (kind) {
    case 'figure':
      return { ...newFigure(figure.metric, figure.field, 0), ...own, smoothMs }
    case 'band':
      return {
        kind,
        ...own,
        ...figure,
        by: 'percentile',
        low: 5,
        high: 95,
        margin: 2,
        inside: false,
        smoothMs,
        window: '24h'
      }
    case 'flip':
      return { kind, ...own, ...figure, on: 0.5, off: 0.2, smoothMs, withinMs: 30_000 }
    case 'event':
      return { kind, ...own, ...firstEvent(metrics), atLeast: 1, withinMs: 60_000, confidence: 0.5 }
    case 'silence':
      return { kind, ...own, what: 'trades', forMs: 60_000 }
    case 'data':
      return { kind, ...own, what: 'down', forMs: 20_000 }
    case 'all':
    case 'any':
      return { kind, of: innerOf(old) ? parts : [old, newFigure()] }
    case 'not':
      return { kind, of: innerOf(old) && parts.length === 1 ? first : old }
    case 'among':
      return {
        kind,
        instruments: old.kind === 'figure' && old.instrument !== undefined ? [old.instrument] : [],
        atLeast: 1,
        when: ownless(first)
      }
    case 'sequence':
      return { kind, first, then: second, withinMs: 30_000 }
    case 'repeated':
      return { kind, when: first, atLeast: 3, withinMs: 60_000 }
    case 'divergence':
      return { kind, when: first, from: second, withinMs: 30_000 }
    default:
      return kind satisfies never
  }
}

/** Beside another one: joined to an `all` or `any` that is there already. */
export function joined(old: Condition, kind: 'all' | 'any'): Condition {
  return { kind, of: old.kind === kind ? [...old.of, newFigure()] : [old, newFigure()] }
}

/** Without some of its keys: an optional part that is not wanted is not there. */
export function without<T extends object>(it: T, key: keyof T): T {
  return Object.fromEntries(Object.entries(it).filter(([name]) => name !== key)) as T
}

function ownless(condition: Condition): Condition {
  return 'instrument' in condition ? without(condition, 'instrument') : condition
}

function firstEvent(
  metrics: readonly MetricSpec[]
): Pick<Extract<Leaf, { kind: 'event' }>, 'metric' | 'event'> {
  const metric = metrics.find(({ events = [] }) => events.length > 0)
  return { metric: metric?.id ?? 'flow-reading', event: metric?.events?.[0]?.id ?? 'absorption' }
}
