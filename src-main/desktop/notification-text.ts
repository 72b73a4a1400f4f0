import type { Alert } from '../../src-shared/alert'
import { clock, plain, signed, span } from '../../src-shared/format'
import type { InstrumentId } from '../../src-shared/instrument'
import { symbolOf, venueOf } from '../../src-shared/instrument'

const longestTitle = 64
const longestBody = 200

export interface NotificationText {
  readonly title: string
  readonly body: string
}

/**
 * What, where, since when, as plain text: names come from venues and users, are cut, and can neither break the line nor turn
 * it around. SIM leads whatever comes from the simulated market, TEST what nobody's rule found.
 */
export function textOf(alert: Alert): NotificationText {
  const marks = [alert.notice === 'TEST' ? 'TEST' : '', alert.simulated ? 'SIM' : ''].filter(Boolean)
  if (alert.instruments) return wideTextOf(alert, marks, alert.instruments)
  const title = [...marks, symbolOf(alert.instrument), '·', alert.ruleName].join(' ')
  const value = alert.metric === '' ? 'its condition holds' : figureOf(alert)
  const side = alert.side === 'none' ? '' : ` on the ${alert.side} side`
  const lasted = alert.at > alert.since ? `, for ${span(alert.at - alert.since)}` : ''
  const body = `${venueOf(alert.instrument)}: ${value}${side}${lasted}, ${clock(alert.at)} UTC`
  return { title: plain(title, longestTitle), body: plain(body, longestBody) }
}

/** One rule on many instruments: the first of them was told alone, so how many more there are comes first. */
function wideTextOf(
  alert: Alert,
  marks: readonly string[],
  instruments: readonly InstrumentId[]
): NotificationText {
  const [first = alert.instrument, ...others] = instruments
  const title = [...marks, String(others.length), 'more', '·', alert.ruleName].join(' ')
  const named = others.slice(0, 6).map(symbolOf).join(', ')
  const body = `After ${symbolOf(first)} also ${named}${others.length > 6 ? '…' : ''}, ${clock(alert.at)} UTC`
  return { title: plain(title, longestTitle), body: plain(body, longestBody) }
}

/** Of alerts that came too fast to be told one by one. */
export function digestTextOf(alerts: readonly Alert[], count: number): NotificationText {
  const symbols = [...new Set(alerts.map(({ instrument }) => symbolOf(instrument)))]
  const title = `${String(count)} more alerts`
  const body = `${symbols.slice(0, 6).join(', ')}${symbols.length > 6 ? '…' : ''}: more than your desktop is to be told; all of them are in the feed`
  return { title, body: plain(body, longestBody) }
}

const figureOf = ({ figure, metric, field, value, threshold }: Alert): string =>
  figure ?? `${metric} ${field} ${signed(value, 2)} (level ${signed(threshold, 2)})`

/** For notification servers whose bodies are markup, as those of Linux: https://specifications.freedesktop.org/notification/latest/markup.html */
export const escaped = (body: string): string =>
  body.replace(/[&<>]/g, (character) => escapes[character] ?? '')

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
