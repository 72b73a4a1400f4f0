import { outcomeHorizons, type AlertEntry } from '../../../../src-shared/alerts/record'
import type { HistoryWish } from '../../../../src-shared/alerts/state'
import type { AlertDesk, Answered } from '../../../state/alerting'
import { toldOf } from '../card/words'

const page = 1_000

/** All that fits a wish, page after page; the history holds ten thousand at most. */
export async function allOf(desk: AlertDesk, wish: HistoryWish): Promise<Answered<readonly AlertEntry[]>> {
  const found: AlertEntry[] = []
  for (;;) {
    const before = found.at(-1)?.alert.episode
    const answer = await desk.history({ ...wish, ...(before !== undefined && { before }) }, page)
    if (!answer.ok) return answer
    found.push(...answer.value.entries)
    if (!answer.value.more || answer.value.entries.length === 0) return { ok: true, value: found }
  }
}

/** One JSON object a line; what is not known is null. */
export const jsonLines = (entries: readonly AlertEntry[]): string =>
  entries.map((entry) => `${JSON.stringify(entry)}\n`).join('')

type Cell = string | number
const columns: readonly (readonly [title: string, of: (entry: AlertEntry) => Cell])[] = [
  ['time', ({ alert }) => new Date(alert.at).toISOString()],
  ['rule', ({ alert }) => alert.ruleName],
  ['severity', ({ alert }) => alert.severity],
  ['instrument', ({ alert }) => alert.instrument],
  ['side', ({ alert }) => alert.side],
  ['notice', ({ alert }) => alert.notice],
  ['figure', ({ alert }) => (alert.metric === '' ? '' : `${alert.metric}.${alert.field}`)],
  ['value', ({ alert }) => alert.value],
  ['threshold', ({ alert }) => alert.threshold],
  ['percentile', ({ alert }) => alert.percentile],
  ['peak', ({ peak }) => peak],
  ['held_ms', ({ alert }) => alert.at - alert.since],
  ['lasted_ms', ({ lastedMs }) => lastedMs],
  ['held_back_before', ({ alert }) => alert.suppressedBefore],
  ['mid_ticks', ({ alert }) => alert.mid],
  ...outcomeHorizons.map(
    (ms, place) =>
      [`bps_${ms / 1_000}s`, ({ outcome }: AlertEntry): Cell => outcome?.bps[place] ?? NaN] as const
  ),
  ['net_bps_60s', ({ outcome }) => outcome?.netBps[outcomeHorizons.indexOf(60_000)] ?? NaN],
  ['favourable_bps', ({ outcome }) => outcome?.favourableBps ?? NaN],
  ['adverse_bps', ({ outcome }) => outcome?.adverseBps ?? NaN],
  ['half_spread_bps', ({ outcome }) => outcome?.halfSpreadBps ?? NaN],
  [
    'told',
    (entry) =>
      toldOf(entry)
        .map(({ channel, words }) => `${channel}: ${words}`)
        .join('; ')
  ],
  ['acknowledged', ({ ack }) => (ack ? new Date(ack.at).toISOString() : '')],
  ['tag', ({ tag }) => tag],
  ['note', ({ note }) => note],
  ['episode', ({ alert }) => alert.episode]
]

/** RFC 4180; an empty cell is what is not known. */
export function csv(entries: readonly AlertEntry[]): string {
  const lines = entries.map((entry) => columns.map(([, of]) => cell(of(entry))).join(','))
  return [columns.map(([title]) => title).join(','), ...lines].map((line) => `${line}\r\n`).join('')
}

function cell(value: Cell): string {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  // A spreadsheet would take such a text for a formula, and run it.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
