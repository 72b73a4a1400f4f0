import type { HistoryOrder, HistoryWish } from '../../../../src-shared/alerts/state'
import type { Severity } from '../../../../src-shared/rule'

/** What the filter bar says; empty strings ask for all. */
export interface Filter {
  readonly text: string
  readonly rule: string
  readonly instrument: string
  readonly severity: '' | Severity
  readonly tag: '' | 'useful' | 'noise'
  /** Not older than, ms. */
  readonly within: number
  readonly by: HistoryOrder
  readonly rising: boolean
}

export const noFilter: Filter = {
  ...{ text: '', rule: '', instrument: '', severity: '', tag: '', within: Infinity },
  ...{ by: 'time', rising: false }
}

export const isFiltering = (filter: Filter): boolean =>
  filter.text.trim() !== '' ||
  filter.rule !== '' ||
  filter.instrument !== '' ||
  filter.severity !== '' ||
  filter.tag !== '' ||
  filter.within !== Infinity

/** The same as a question to the history. */
export function wishOf(filter: Filter, now: number): HistoryWish {
  const { rule, instrument, severity, tag, within, by, rising } = filter
  const text = filter.text.trim().slice(0, 100)
  return {
    ...(text !== '' && { text }),
    ...(rule !== '' && { rule }),
    ...(instrument !== '' && { instrument }),
    ...(severity !== '' && { severity }),
    ...(tag !== '' && { tag }),
    ...(within !== Infinity && { from: now - within }),
    ...{ by, rising }
  }
}

/** A head was pressed: by it, the largest (newest, last) first; pressed again the other way round. */
export const sortedBy = (filter: Filter, by: HistoryOrder): Filter => ({
  ...filter,
  by,
  rising: filter.by === by ? !filter.rising : by === 'rule' || by === 'instrument'
})
