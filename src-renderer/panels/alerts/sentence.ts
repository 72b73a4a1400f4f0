import type { FieldSpec } from '../../../src-shared/contract/catalogue'
import { decimal, plain } from '../../../src-shared/format'
import type { Rule } from '../../../src-shared/rule'
import type { Desk } from '../../state/desk'
import { nameOf } from '../../parts/names'

/** A figure that a rule may watch. */
export interface Watchable {
  /** `metric.field`. */
  readonly id: string
  readonly metric: string
  readonly field: FieldSpec
  /** `Imbalance, 10 bps`. */
  readonly title: string
}

/** The catalogue's figures with a side: ratios. Levels of other units differ too much between instruments. */
export const watchables = ({ market }: Desk): readonly Watchable[] =>
  market.metrics.flatMap((metric) =>
    metric.fields
      .filter((field) => field.unit === 'ratio')
      .map((field) => ({
        id: `${metric.id}.${field.id}`,
        metric: metric.id,
        field,
        title: `${metric.title}, ${field.title}`
      }))
  )

const sides: Readonly<Record<Rule['side'], string>> = {
  bid: 'on the bid side',
  ask: 'on the ask side',
  both: 'on either side'
}

/** A rule as one sentence: what, where, how long, how told. */
export function sentenceOf(desk: Desk, rule: Rule): string {
  const watchable = watchables(desk).find(({ id }) => id === `${rule.metric}.${rule.field}`)
  const what = watchable?.title ?? `${plain(rule.metric, 40)} ${plain(rule.field, 40)} (not known here)`
  const held = rule.minMs > 0 ? ` for ${seconds(rule.minMs)}` : ''
  const smoothed = rule.smoothMs > 0 ? `, smoothed over ${seconds(rule.smoothMs)}` : ''
  return (
    `${what} of ${scopeWords(desk, rule.scope)} at ${decimal(rule.on, 2)} or more ${sides[rule.side]}${held}${smoothed}; ` +
    `over below ${decimal(rule.off, 2)}. ${rule.desktop ? 'Feed and desktop' : 'Feed only'}, at most once per ${seconds(rule.cooldownMs)}.`
  )
}

export function scopeWords(desk: Desk, scope: Rule['scope']): string {
  if (scope.kind === 'instrument') return nameOf(desk.market, scope.instrument).full
  const list = desk.watchlists.lists.find(({ id }) => id === scope.watchlist)
  return list ? `any instrument in ${plain(list.name, 40)}` : 'a watchlist that was deleted'
}

/** `3 s`, `1.5 s`, `60 s`: as the editor shows them. */
const seconds = (ms: number): string => `${decimal(ms / 1_000, ms % 1_000 === 0 ? 0 : 1)}\u00a0s`
