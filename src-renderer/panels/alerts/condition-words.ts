import type { Condition, DataCondition, FigureCondition } from '../../../src-shared/alerts/condition'
import { decimal, plain } from '../../../src-shared/format'

/** What names a figure, and an instrument other than the rule's own. */
export interface Names {
  figure(metric: string, field: string): string
  instrument(id: string): string
}

/** A condition as a clause: "Imbalance within 10 bps in its highest 0.5 % of 24h, smoothed over 2 s". */
export function conditionWords(condition: Condition, names: Names): string {
  const words = (it: Condition): string => conditionWords(it, names)
  const where = 'instrument' in condition ? ` of ${names.instrument(condition.instrument)}` : ''
  switch (condition.kind) {
    case 'figure':
      return `${names.figure(condition.metric, condition.field)}${where} ${levelWords(condition)}`
    case 'band': {
      const unit = condition.by === 'percentile' ? ' % of its history' : ''
      const place = condition.inside ? 'between' : 'outside of'
      return `${names.figure(condition.metric, condition.field)}${where} ${place} ${decimal(condition.low, 2)} and ${decimal(condition.high, 2)}${unit}`
    }
    case 'flip':
      return `${names.figure(condition.metric, condition.field)}${where} turned over, beyond ${decimal(condition.on, 2)} on both sides within ${secondsText(condition.withinMs)}`
    case 'event':
      return `${condition.atLeast} × ${plain(condition.event, 40)}${where} within ${secondsText(condition.withinMs)}`
    case 'silence':
      return `${condition.what === 'trades' ? 'no trade' : 'no change of the book'}${where} for ${secondsText(condition.forMs)}`
    case 'data':
      return `${dataWords(condition)}${where}`
    case 'all':
    case 'any':
      return condition.of.map(words).join(condition.kind === 'all' ? ' and ' : ' or ')
    case 'not':
      return `not (${words(condition.of)})`
    case 'among':
      return `on ${condition.atLeast} of ${condition.instruments.length} instruments: ${words(condition.when)}`
    case 'sequence':
      return `${words(condition.first)}, then within ${secondsText(condition.withinMs)} ${words(condition.then)}`
    case 'repeated':
      return `${condition.atLeast} times within ${secondsText(condition.withinMs)}: ${words(condition.when)}`
    case 'divergence':
      return `${words(condition.when)} for ${secondsText(condition.withinMs)} without ${words(condition.from)}`
    default:
      return condition satisfies never
  }
}

function levelWords(figure: FigureCondition): string {
  const { op, by, on, smoothMs, change, window = '24h' } = figure
  const low = op === 'below'
  const moved = change ? `moved over ${secondsText(change.overMs)} ` : ''
  const smoothed = smoothMs > 0 ? `, smoothed over ${secondsText(smoothMs)}` : ''
  const levels = {
    level: `at ${decimal(on, 2)} or ${low ? 'less' : 'more'}`,
    percentile: low
      ? `in its lowest ${decimal(on, 1)} % of ${window}`
      : `in its highest ${decimal(100 - on, 1)} % of ${window}`,
    deviation: `${decimal(on, 1)} robust deviations from its median of ${window}`,
    median: `at ${decimal(on, 2)} × its median of ${window} or ${low ? 'less' : 'more'}`,
    rank: `among the ${low ? 'lowest' : 'highest'} ${decimal(on, 0)} of its watchlist`
  } as const
  return `${moved}${levels[by]}${smoothed}`
}

function dataWords({ what, forMs, atLeast = 1 }: DataCondition): string {
  switch (what) {
    case 'down':
      return `the book is not live for ${secondsText(forMs)}`
    case 'stale':
      return `nothing is heard of the book for ${secondsText(forMs)}`
    case 'gaps':
      return `the book is lost ${atLeast} times within ${secondsText(forMs)}`
    default:
      return what satisfies never
  }
}

/** `3 s`, `1.5 s`, `60 s`: as the editor shows them. */
export const secondsText = (ms: number): string => `${decimal(ms / 1_000, ms % 1_000 === 0 ? 0 : 1)}\u00a0s`
