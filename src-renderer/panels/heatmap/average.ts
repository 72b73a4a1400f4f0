import { sampleHead } from '../../../src-shared/contract/frames'
import { clock, span } from '../../../src-shared/format'
import type { InstrumentId } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import { anchorIn } from '../../parts/vwap-anchor'
import type { Desk } from '../../state/desk'

/** Which VWAP the dotted line is. */
export interface Average {
  readonly field: 'session' | 'rolling' | 'anchored'
  /** What it is called where there is room for a word: the usual abbreviations. */
  readonly name: 'VWAP' | 'RVWAP' | 'AVWAP'
  /** From when it counts, Unix ms; NaN for the rolling one, and before anything is known. */
  readonly since: number
  /** `AVWAP since 14:03`; empty while nothing is known. */
  readonly short: string
  /** The same in a sentence. */
  readonly words: string
}

const dayMs = 86_400_000

/** From the anchor where one was chosen; else of the day where enough of it was watched; else of the last hour once that was; until then since watching began. */
export function averageOf(desk: Desk, id: InstrumentId): Average {
  const { market, settings } = desk
  const at = market.row(id)?.[sampleHead.at] ?? NaN
  const of = (field: string): number => market.figure(id, 'vwap', field)
  const chosen = anchorIn(settings, id)
  if (!Number.isNaN(chosen)) return anchored(chosen, of('anchored'), 'from the anchor that you chose')
  if (!Number.isNaN(of('session'))) {
    const since = Math.floor(at / dayMs) * dayMs
    return { field: 'session', name: 'VWAP', since, short: 'VWAP since 00:00', words: 'VWAP of the UTC day.' }
  }
  if (!Number.isNaN(of('rolling'))) {
    const over = span(windowOf(desk) * 1_000)
    const words = `Rolling VWAP of the last ${over}: less than enough of the day was watched.`
    return { field: 'rolling', name: 'RVWAP', since: NaN, short: `RVWAP ${over}`, words }
  }
  return anchored(
    at - of('anchoredFor') * 1_000,
    of('anchored'),
    'since watching began: nothing longer was watched'
  )
}

function anchored(since: number, value: number, words: string): Average {
  const base = { field: 'anchored', name: 'AVWAP', since } as const
  if (Number.isNaN(value) || Number.isNaN(since)) return { ...base, short: '', words: '' }
  const from = clock(millis(since)).slice(0, 5)
  return { ...base, short: `AVWAP since ${from}`, words: `Anchored VWAP ${words}, ${from} UTC.` }
}

/** What the rolling one goes back, seconds. */
function windowOf({ market, settings }: Desk): number {
  const params = market.metrics.find(({ id }) => id === 'vwap')?.params
  return settings.metrics?.['vwap']?.['window'] ?? params?.find(({ id }) => id === 'window')?.default ?? NaN
}
