import type { RuleEstimate } from '../../../src-shared/alerts/record'
import type { EngineCommand } from '../../../src-shared/contract/commands'
import { sampleHead } from '../../../src-shared/contract/frames'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Watched } from '../watched'
import { playRule, type Recorded } from '../alerts/play'
import type { AlertDesk } from './desk'

const hourMs = 3_600_000

/** How often a rule would have fired over what is kept in memory of its instruments, against its history as it is now. */
export function estimateOfMemory(
  { rule, hours }: Pick<Extract<EngineCommand, { kind: 'estimate-rule' }>, 'rule' | 'hours'>,
  desk: AlertDesk,
  watched: (id: InstrumentId) => Watched | undefined
): RuleEstimate {
  const scope = desk.scopeOf(rule) ?? []
  const recorded = scope.flatMap((id): Recorded[] => {
    const seen = watched(id)
    if (!seen?.instrument) return []
    const width = seen.row?.length ?? 0
    const since = desk.now - hours * hourMs
    const rows = seen.recent(since)
    return [{ instrument: seen.instrument, rows, width }]
  })
  const played = playRule({ ...rule, enabled: true }, recorded, desk.columns, desk.judge.save(), desk.signs)
  const wanted = hours * scope.length
  const seenHours = recorded.reduce((sum, { rows, width }) => sum + spanOf(rows, width), 0) / hourMs
  return {
    ...{ ruleId: rule.id, hours: seenHours, fires: played.fires.length, basis: 'memory' },
    firesPerHour: seenHours > 0 ? played.fires.length / seenHours : NaN,
    times: played.fires.slice(-500).map(({ at, instrument, side }) => ({ at, instrument, side })),
    reason: played.fault || (seenHours < 0.95 * wanted ? shortOf(seenHours) : '')
  }
}

const shortOf = (hours: number): string =>
  `Only the last ${Math.round(hours * 60)} instrument-minutes are kept in memory.`

/** Ms from the first to the last row. */
function spanOf(rows: Float64Array, width: number): number {
  if (rows.length < 2 * width || width === 0) return 0
  return rows[rows.length - width + sampleHead.at]! - rows[sampleHead.at]!
}
