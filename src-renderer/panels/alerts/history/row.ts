import { outcomeHorizons, type AlertEntry } from '../../../../src-shared/alerts/record'
import { clock, date, plain, signed, span, unknown } from '../../../../src-shared/format'
import { figureText } from '../../../../src-shared/figure-text'
import { nameOf, type Name } from '../../../parts/names'
import type { Desk } from '../../../state/desk'
import { figureOf, toldOf } from '../card/words'

const dayMs = 86_400_000
const scored = outcomeHorizons.indexOf(60_000)

/** One line of the history, in words. */
export interface HistoryRow {
  readonly episode: string
  readonly time: string
  readonly fullTime: string
  readonly severity: AlertEntry['alert']['severity']
  readonly rule: string
  readonly name: Name
  readonly side: AlertEntry['alert']['side']
  readonly value: string
  readonly lasted: string
  /** After 60 s, less half the spread, bps; “…” until then. */
  readonly net: string
  readonly tag: AlertEntry['tag']
  /** It did not reach a channel it was meant for. */
  readonly failed: boolean
  /** Not a fire of its own: held back, or on already. */
  readonly quiet: string
  /** All of it, for who does not see the columns. */
  readonly label: string
}

export function rowOf({ market, now }: Desk, entry: AlertEntry): HistoryRow {
  const { alert, lastedMs, outcome, tag } = entry
  const figure = figureOf(market, alert)
  const name = nameOf(market, alert.instrument)
  const value = figure ? figureText(figure.field, alert.value, market.instrument(alert.instrument)) : ''
  const isToday = Math.floor(now / dayMs) === Math.floor(alert.at / dayMs)
  const net = outcome?.netBps[scored] ?? NaN
  const rule = plain(alert.ruleName, 60)
  const quiet =
    alert.notice === 'SUPPRESSED' ? 'held back' : alert.notice === 'ALREADY_ON' ? 'was on already' : ''
  return {
    ...{ episode: alert.episode, severity: alert.severity, side: alert.side, name, rule, value, tag },
    time: isToday ? clock(alert.at) : date(alert.at).slice(5, 16),
    fullTime: `${date(alert.at)} UTC`,
    lasted: Number.isNaN(lastedMs) ? unknown : span(lastedMs),
    net: Number.isNaN(net) ? (isWaiting(entry, now) ? '…' : unknown) : signed(net, 1),
    failed: toldOf(entry).some(({ failed }) => failed),
    quiet,
    label: [rule, quiet, name.full, date(alert.at)].filter((it) => it !== '').join(', ')
  }
}

/** The engine looks up to two seconds after the minute. */
const isWaiting = ({ alert }: AlertEntry, now: number): boolean =>
  alert.notice !== 'ALREADY_ON' && !alert.instruments && now - alert.at < 62_000
