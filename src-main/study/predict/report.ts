import { decimal, percent, signed } from '../../../src-shared/format'
import type { HorizonFigures, Walk } from './study'

const verdicts = {
  edge: 'an edge over every baseline, beyond chance',
  'no-edge': 'no edge',
  'too-little': 'not enough history to say'
} as const

/** What the app's own model was worth, horizon by horizon, each figure beside what needs no model. */
export function reportWalk({ instrument, horizons, alone = [] }: Walk): string {
  return [
    `The forecast of ${instrument}, walking forward: said first, learned from only when it came`,
    ...horizons.flatMap((it, h) => [...horizon(it), ...(alone[h] ? [without(it, alone[h])] : [])]),
    '',
    'Forecasts overlap and are not independent; intervals come from resampled stretches of 30 s. Direction is that of the mid where it moved.',
    'A direction that is known is no profit: look at the lines of the surest tenth.'
  ].join('\n')
}

function horizon(it: HorizonFigures): string[] {
  const { money } = it
  return [
    '',
    `${it.horizon === 'next' ? 'Next move' : `${it.horizon.slice(1)} s`}: ${verdicts[it.verdict]} (n = ${decimal(it.n, 0)} in ${it.blocks} stretches)`,
    `  log-loss ${decimal(it.logLoss, 4)}; base rate ${decimal(it.baselines.baseRateLogLoss, 4)}, Cont and de Larrard ${decimal(it.baselines.contDeLarrardLogLoss, 4)}; saved against the better ${signed(it.gain.value, 4)} [${signed(it.gain.low, 4)}, ${signed(it.gain.high, 4)}]`,
    `  AUC ${decimal(it.auc, 4)}; queue imbalance alone ${decimal(it.baselines.imbalanceAuc, 4)}, last move ${decimal(it.baselines.lastMoveAuc, 4)}`,
    `  calibration error ${percent(it.ece, 1)}, by chance up to ${percent(it.eceByChance, 1)}; Brier ${decimal(it.brier, 4)} = ${decimal(it.murphy.reliability, 4)} - ${decimal(it.murphy.resolution, 4)} + ${decimal(it.murphy.uncertainty, 4)}`,
    `  surest tenth (n = ${decimal(money.n, 0)}, at least ${percent(money.sureness, 0)}): ${signed(money.grossBps, 2)} bps before costs`,
    `    taking, net ${money.takingBps.map((bps, i) => `${signed(bps, 2)} after ${[50, 100, 250][i]!} ms`).join(', ')}`,
    `    placing, net ${signed(money.placingBps, 2)}, filled ${percent(money.fillShare, 0)} of the time`
  ]
}

/** What the same coin elsewhere brought. */
const without = (it: HorizonFigures, alone: HorizonFigures): string =>
  `  heard beside other recordings; without them log-loss ${decimal(alone.logLoss, 4)} (${signed(it.logLoss - alone.logLoss, 4)}), AUC ${decimal(alone.auc, 4)} (${signed(it.auc - alone.auc, 4)})`
