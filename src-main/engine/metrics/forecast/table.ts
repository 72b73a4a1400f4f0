import type { TableSpec } from '../../../../src-shared/contract/catalogue'
import { forecastSection as section } from '../../../../src-shared/forecast'
import type { Forecaster } from '../../forecast/forecaster'
import type { Judgement } from '../../forecast/judgement'
import { signalCount } from '../../forecast/signals'

export const table: TableSpec = {
  rowIs:
    'one figure of the judgement: section (0 reliability, 1 contribution, 2 baseline, 3 money), horizon, key and three values',
  columns: [
    { id: 'section', title: 'Section', unit: 'count' },
    { id: 'horizon', title: 'Horizon', unit: 'count' },
    { id: 'key', title: 'Key', unit: 'count' },
    { id: 'x', title: 'x', unit: 'number' },
    { id: 'y', title: 'y', unit: 'number' },
    { id: 'z', title: 'z', unit: 'number' }
  ]
}

/** Rows of every horizon that has been judged. */
export function tableOf(
  { learners, row }: Forecaster,
  judgements: readonly (Judgement | undefined)[]
): Float64Array {
  const rows = judgements.flatMap((judged, horizon) => {
    const contributions = Array.from({ length: signalCount }, (_, signal) => {
      const weight = learners[horizon]!.effect(signal)
      return [section.contribution, horizon, signal, weight * row[signal]!, weight, row[signal]!]
    })
    return judged ? [...contributions, ...judgedRows(judged, horizon)] : contributions
  })
  return Float64Array.from(rows.flat())
}

function judgedRows(it: Judgement, horizon: number): number[][] {
  const { baselines, gain, money } = it
  const [after50, after100, after250] = money.takingBps
  return [
    ...it.bins.map(({ bin, n, meanP, shareUp }) => [section.reliability, horizon, bin, n, meanP, shareUp]),
    [section.baseline, horizon, 0, it.logLoss, baselines.baseRateLogLoss, baselines.contDeLarrardLogLoss],
    [section.baseline, horizon, 1, it.auc, baselines.imbalanceAuc, baselines.lastMoveAuc],
    [section.baseline, horizon, 2, gain.value, gain.low, gain.high],
    [section.baseline, horizon, 3, it.brier, it.murphy.reliability, it.murphy.resolution],
    [section.baseline, horizon, 4, it.murphy.uncertainty, it.eceByChance, it.blocks],
    [section.money, horizon, 0, after50, after100, after250],
    [section.money, horizon, 1, money.placingBps, money.fillShare, money.grossBps],
    [section.money, horizon, 2, money.sureness, money.n, money.halfSpreadBps]
  ]
}
