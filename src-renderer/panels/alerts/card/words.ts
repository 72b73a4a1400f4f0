import type { Alert } from '../../../../src-shared/alert'
import type { AlertEntry, DeliveryResult, RuleScore } from '../../../../src-shared/alerts/record'
import type { FieldSpec, MetricSpec } from '../../../../src-shared/contract/catalogue'
import { percent, plain, signed, span } from '../../../../src-shared/format'
import { ruleHash } from '../../../../src-shared/rule'
import { figureName, figureText } from '../../../../src-shared/figure-text'
import type { Desk } from '../../../state/desk'
import type { Market } from '../../../state/market'
import { sentenceOf } from '../sentence'
import { whyWithheld } from '../withheld'

/** The alert's leading figure in the catalogue; undefined where it has none. */
export function figureOf(
  market: Market,
  { metric, field }: Alert
): { readonly metric: MetricSpec; readonly field: FieldSpec } | undefined {
  const spec = market.metrics.find(({ id }) => id === metric)
  const found = spec?.fields.find(({ id }) => id === field)
  return spec && found && { metric: spec, field: found }
}

/** What happened, in a sentence. */
export function happened(market: Market, alert: Alert): string {
  const figure = figureOf(market, alert)
  const side = alert.side === 'none' ? '' : ` on the ${alert.side} side`
  const held = alert.at > alert.since ? ` for ${span(alert.at - alert.since)}` : ''
  if (alert.notice === 'ALREADY_ON')
    return `The condition held${side} already when watching began. It was told nowhere.`
  if (!figure) return `The condition held${side}${held}.`
  const text = (value: number): string => figureText(figure.field, value, market.instrument(alert.instrument))
  const source =
    alert.thresholdWords === '' || alert.thresholdWords === 'level'
      ? ''
      : ` (${plain(alert.thresholdWords, 40)})`
  return `${figureName(figure.metric, figure.field)} was at ${text(alert.value)}, past its level ${text(alert.threshold)}${source}${side}${held}.`
}

/** The rule's own sentence, as far as it still is what fired. */
export function ruleWords(desk: Desk, { ruleId, ruleHash: hash }: Alert): string {
  const rule = desk.rules.rules.find(({ id }) => id === ruleId)
  if (!rule) return 'Its rule was deleted since.'
  return ruleHash(rule) === hash
    ? sentenceOf(desk, rule)
    : `Its rule was changed since. Now: ${sentenceOf(desk, rule)}`
}

/** One channel of an alert and what became of it. */
export interface Told {
  readonly channel: string
  readonly words: string
  readonly failed: boolean
}

/** What was delivered, a line a channel; the feed always has it. */
export function toldOf({ alert, deliveries }: Pick<AlertEntry, 'alert' | 'deliveries'>): readonly Told[] {
  const channels = [...new Set([...alert.channels, ...deliveries.map(({ channel }) => channel)])]
  const told = channels
    .filter((channel) => channel !== 'feed')
    .map((channel) => {
      const result = deliveries.findLast(
        (it) => it.channel === channel.split(':')[0] || it.channel === channel
      )
      const failed =
        result?.outcome === 'failed' || result?.outcome === 'lost' || result?.outcome === 'unsupported'
      return { channel: plain(channel, 24), words: resultWords(result, alert), failed }
    })
  const withheld = alert.withheld.map(({ channel, why }) => ({
    ...{ channel: plain(channel, 24), words: `not told: ${whyWithheld[why]}`, failed: false }
  }))
  return [{ channel: 'feed', words: 'listed', failed: false }, ...told, ...withheld]
}

export function resultWords(result: DeliveryResult | undefined, { at }: Pick<Alert, 'at'>): string {
  if (!result) return 'nothing heard yet'
  const detail = result.detail === '' ? '' : `: ${plain(result.detail, 160)}`
  const words = {
    shown: `shown after ${span(Math.max(0, result.at - at))}`,
    sent: `sent after ${span(Math.max(0, result.at - at))}`,
    waiting: 'waits for its next attempt',
    failed: 'failed',
    unsupported: 'not possible here',
    lost: 'lost'
  } as const
  return `${words[result.outcome]}${detail}`
}

/** Below this many, a hit rate says nothing yet. */
export const leastScored = 100

/** "56 % of 412 (51 to 61 %), +0.80 bps". */
export function scoreWords(score: RuleScore | undefined): string {
  if (!score || score.n === 0) return 'none judged yet'
  if (score.n < leastScored) return `not enough history, n = ${score.n}`
  return `${percent(score.hitRate)} of ${score.n} (${percent(score.hitLow)} to ${percent(score.hitHigh)}), ${signed(score.meanNetBps, 2)} bps net`
}
