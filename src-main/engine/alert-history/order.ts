import type { AlertEntry } from '../../../src-shared/alerts/record'
import { outcomeHorizons } from '../../../src-shared/alerts/record'
import type { HistoryWish } from '../../../src-shared/alerts/state'

const scored = outcomeHorizons.indexOf(60_000)

/** Entries, oldest first, in the order of a wish. Equal ones keep the order of time, the newest first; what is not known comes last, either way. */
export function inOrder(
  entries: readonly AlertEntry[],
  { by = 'time', rising = false }: HistoryWish
): readonly AlertEntry[] {
  // Nearly in order already: an alert told late stands where its episode began.
  const older = (a: AlertEntry, b: AlertEntry): number => a.alert.at - b.alert.at
  if (by === 'time')
    return rising ? entries.toSorted(older) : entries.toReversed().sort((a, b) => older(b, a))
  const sign = rising ? 1 : -1
  if (by === 'rule' || by === 'instrument') {
    const nameOf = ({ alert }: AlertEntry): string => (by === 'rule' ? alert.ruleName : alert.instrument)
    return entries
      .toReversed()
      .sort((a, b) => sign * (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0))
  }
  const valueOf = ({ lastedMs, outcome }: AlertEntry): number =>
    by === 'lasted' ? lastedMs : (outcome?.netBps[scored] ?? NaN)
  const last = sign * Infinity
  const known = (entry: AlertEntry): number => (Number.isNaN(valueOf(entry)) ? last : valueOf(entry))
  return entries.toReversed().sort((a, b) => (known(a) === known(b) ? 0 : sign * (known(a) - known(b))))
}
