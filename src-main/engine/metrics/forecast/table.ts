import type { TableSpec } from '../../../../src-shared/contract/catalogue'
import type { Forecaster } from '../../forecast/forecaster'
import type { Judgement } from '../../forecast/judgement'
import { signalCount } from '../../forecast/signals'

/** What a row of the table tells; the window draws each kind in its own place. */
export const section = {
  /** key: tenth; x: n; y: mean probability; z: share that went up. */
  reliability: 0,
  /** key: signal; x: its weight times its value now; y: weight; z: value. */
  contribution: 1,
  /** key 0 log-loss: x model, y base rate, z Cont and de Larrard. key 1 AUC: x model, y queue imbalance, z last move. key 2 saved: x mean, y low, z high. */
  baseline: 2,
  /** key 0 taking: x after 50, y 100, z 250 ms. key 1: x placing, y share filled, z gross. key 2: x sureness, y n, z half spread. */
  money: 3
} as const

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
    const { weights } = learners[horizon]!
    const contributions = Array.from({ length: signalCount }, (_, signal) => {
      const weight = weights[signal]!
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
    [section.money, horizon, 0, after50, after100, after250],
    [section.money, horizon, 1, money.placingBps, money.fillShare, money.grossBps],
    [section.money, horizon, 2, money.sureness, money.n, money.halfSpreadBps]
  ]
}
