import type { Alert, Notice } from '../../../src-shared/alert'
import type { Delivery } from '../../../src-shared/contract/calls'
import { clock, plain, span, unknown } from '../../../src-shared/format'
import type { Market } from '../../state/market'
import { figureName, figureText, lowered } from '../../../src-shared/figure-text'
import { nameOf, type Name } from '../../parts/names'
import { withheldWords } from './withheld'

/** One alert in words. */
export interface Entry {
  readonly id: string
  readonly tone: 'fired' | 'quiet' | 'test'
  readonly rule: string
  readonly name: Name
  /** "and 3 more" instruments of a market-wide alert; empty otherwise. */
  readonly more: string
  readonly what: string
  readonly side: Alert['side']
  /** Empty of a condition that has no one leading figure, as `threshold`. */
  readonly value: string
  readonly threshold: string
  readonly time: string
  readonly lasted: string
  readonly suppressed: string
  readonly delivery: string
  readonly failed: boolean
}

const noticeWords: Readonly<Record<Notice, string>> = {
  FIRE: 'fired',
  FIRE_DEFERRED: 'fired late, after the cooldown',
  SUPPRESSED: 'held back by the cooldown',
  ALREADY_ON: 'already on when watching began',
  RESOLVED: 'over',
  ENDED_UNKNOWN: 'ended, the book was lost',
  STILL_ON: 'still on',
  STEP_UP: 'got stronger',
  TEST: 'test'
}
const loud: readonly Notice[] = ['FIRE', 'FIRE_DEFERRED', 'STILL_ON', 'STEP_UP']

export function entryOf(market: Market, alert: Alert, delivery: Delivery | undefined): Entry {
  const metric = market.metrics.find(({ id }) => id === alert.metric)
  const field = metric?.fields.find(({ id }) => id === alert.field)
  const instrument = market.instrument(alert.instrument)
  const text = (value: number): string => (field ? figureText(field, value, instrument) : unknown)
  return {
    id: alert.id,
    tone: alert.notice === 'TEST' ? 'test' : loud.includes(alert.notice) ? 'fired' : 'quiet',
    rule: plain(alert.ruleName, 60),
    name: nameOf(market, alert.instrument),
    more: alert.instruments ? `and ${alert.instruments.length - 1} more` : '',
    what: capital(
      [
        ...subject(alert, metric && field ? lowered(figureName(metric, field)) : ''),
        noticeWords[alert.notice]
      ].join(', ')
    ),
    side: alert.side,
    value: alert.metric === '' ? '' : text(alert.value),
    threshold: alert.metric === '' ? '' : `${text(alert.threshold)}${ownHistory(alert)}`,
    time: clock(alert.at),
    lasted: alert.lastedMs === undefined ? '' : `lasted ${span(alert.lastedMs).replaceAll(' ', '\u00a0')}`,
    suppressed: alert.suppressedBefore > 0 ? `${alert.suppressedBefore} held back before` : '',
    delivery: [deliveryWords(alert, delivery), ...withheldWords(alert)].filter(Boolean).join('; '),
    failed: delivery !== undefined && delivery.outcome !== 'shown'
  }
}

/** Whose alert it is: a side and a figure, as far as there are any. */
function subject({ side, field }: Alert, figure: string): string[] {
  const words = figure || plain(field, 40)
  const of = [side === 'none' ? '' : side, words || (side === 'none' ? '' : 'side')].filter(Boolean)
  return of.length === 0 ? [] : [of.join(' ')]
}

/** Where the level came from, when it is not the rule's own number. */
const ownHistory = ({ thresholdWords }: Alert): string =>
  thresholdWords === '' || thresholdWords === 'level' ? '' : ` (${plain(thresholdWords, 40)})`

/** How an alert reached the desktop; empty for one that was not meant to. */
export function deliveryWords(alert: Alert, delivery: Delivery | undefined): string {
  if (!alert.desktop) return ''
  if (!delivery) return 'on its way to the desktop'
  const detail = plain(delivery.detail, 160)
  switch (delivery.outcome) {
    case 'shown':
      return 'shown on the desktop'
    case 'failed':
      return detail ? `desktop failed: ${detail}` : 'desktop failed'
    case 'unsupported':
      return detail ? `no desktop notifications: ${detail}` : 'this desktop has no notifications'
    default:
      return delivery.outcome satisfies never
  }
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
