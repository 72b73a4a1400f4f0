import type { Alert } from '../../../src-shared/alert'
import type { Column } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import type { Signs } from '../metrics/signs'
import type { Learned } from './figures'
import { Judge } from './judge'

/** Sample rows of one instrument, oldest first, one after another. */
export interface Recorded {
  readonly instrument: Pick<Instrument, 'id' | 'simulated'>
  readonly rows: Float64Array
  readonly width: number
}

const told: readonly Alert['notice'][] = ['FIRE', 'FIRE_DEFERRED']

/** What a rule would have said over recorded rows; a row whose figures are all unknown is of a book that was not live. */
export function playRule(
  rule: Rule,
  recorded: readonly Recorded[],
  columns: readonly Column[],
  learned: readonly Learned[],
  signs?: Signs
): { readonly fires: readonly Alert[]; readonly fault: string } {
  const judge = new Judge(columns)
  judge.recall(learned)
  const list = { id: '*', name: '*', instruments: recorded.map(({ instrument }) => instrument.id) }
  const scope = { kind: 'watchlist', watchlist: '*' } as const
  const fault = judge.configure([{ ...rule, scope }], [list], signs).join(' ')
  const fires: Alert[] = []
  const places = recorded.map(() => 0)
  for (;;) {
    const at = Math.min(...recorded.map(({ rows }, it) => rows[places[it]! + sampleHead.at] ?? Infinity))
    if (at === Infinity) break
    for (const [it, { instrument, rows, width }] of recorded.entries()) {
      const from = places[it]!
      if (rows[from + sampleHead.at] !== at) continue
      const row = rows.subarray(from, from + width)
      places[it] = from + width
      judge.see({ instrument, row, live: isLive(row), mono: at, at: millis(at) })
    }
    for (const alert of judge.decide()) if (told.includes(alert.notice)) fires.push(alert)
  }
  return { fires, fault }
}

function isLive(row: Float64Array): boolean {
  for (let place = sampleHeadLength; place < row.length; place++) if (!Number.isNaN(row[place]!)) return true
  return false
}
