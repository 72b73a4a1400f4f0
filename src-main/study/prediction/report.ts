import { decimal, percent, signed } from '../../../src-shared/format'
import type { Prediction } from './study'

/** The scores in plain words, each beside what needs no model. */
export function reportPrediction(it: Prediction): string {
  const { test, economics_top_decile_confidence: money, online } = it
  return [
    'Foretelling the sign of the next second’s move of the mid',
    '',
    `A model fitted on the first file (n = ${count(it.train_n)}) and carried to the second (n = ${count(test.n)})`,
    `  log-loss ${decimal(test.logloss, 4)}; saying ${percent(online.online_logit.base_rate, 0)} every time costs ${decimal(it.baseline_base_rate.logloss, 4)}${
      test.logloss > it.baseline_base_rate.logloss
        ? ': the model is sure of itself and worse than knowing nothing'
        : ''
    }`,
    `  AUC ${decimal(test.auc, 3)} (0.5 is a coin); queue imbalance alone ${decimal(it.ablation_single_feature_auc.I!, 3)}, order flow ${decimal(it.ablation_single_feature_auc.ofi1s!, 3)}, trades ${decimal(it.ablation_single_feature_auc.ti1s!, 3)}, last move ${decimal(it.baseline_sign_of_past_1s_return_auc, 3)}`,
    `  right in ${percent(test.acc, 1)}; the larger queue is right in ${percent(it.baseline_sign_I_accuracy, 1)}`,
    '',
    `Worth of its surest tenth (n = ${count(money.n)})`,
    `  ${signed(money.mean_gross_move_bps, 3)} bps before costs, ${signed(money.net_after_spread_and_taker_fees_bps, 3)} bps after the spread and fees of ${money.round_trip_taker_fee_bps_at_5} bps for both ways`,
    '',
    `A model that learns as it goes, on the second file (n = ${count(online.online_logit.n)} scored)`,
    `  log-loss ${decimal(online.online_logit.logloss, 4)} against ${decimal(online.running_base_rate.logloss, 4)} of the base rate; AUC ${decimal(online.online_logit.auc, 3)}; Brier ${decimal(online.online_logit.brier, 4)}`,
    `  calibration error ${percent(online.ece10, 1)} over ${online.reliability_bin_n_meanp_freq.length} bins`,
    ...online.reliability_bin_n_meanp_freq.map(
      ([bin, n, said, came]) =>
        `    ${String(bin! * 10).padStart(2)} to ${String(bin! * 10 + 10).padStart(3)} %  n = ${count(n!).padStart(5)}  said ${percent(said!, 1)}, came ${percent(came!, 1)}`
    ),
    '',
    'Points 100 ms apart overlap and are not independent: intervals are wider than n suggests.'
  ].join('\n')
}

const count = (n: number): string => decimal(n, 0)
