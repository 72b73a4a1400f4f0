import type { AlertEntry } from '../../src-shared/alerts/record'
import type { MarketEvent } from '../../src-shared/contract/frames'
import { clock, plain } from '../../src-shared/format'
import type { Flag } from './flags'

export const alertName = ({ alert }: AlertEntry): string =>
  ['Alert', plain(alert.ruleName, 60), alert.side === 'none' ? '' : alert.side, clock(alert.at)]
    .filter((part) => part !== '')
    .join(' ')

/** `title` of its kind. */
export const eventName = ({ side, at }: MarketEvent, title: string): string =>
  [title, side === 'none' ? '' : side, clock(at)].filter((part) => part !== '').join(' ')

/** The side of all that a flag stands for; `none` where they differ. */
export function sideOf({ events, alerts }: Flag): 'bid' | 'ask' | 'none' {
  const sides = new Set([...events.map(({ side }) => side), ...alerts.map(({ alert }) => alert.side)])
  const [side] = sides
  return sides.size === 1 && side !== undefined ? side : 'none'
}

/** The severity of the gravest of its alerts; empty without one. */
export function gravest({ alerts }: Flag): 'critical' | 'warn' | 'info' | '' {
  if (alerts.some(({ alert }) => alert.severity === 'critical')) return 'critical'
  if (alerts.some(({ alert }) => alert.severity === 'warn')) return 'warn'
  return alerts.length > 0 ? 'info' : ''
}
