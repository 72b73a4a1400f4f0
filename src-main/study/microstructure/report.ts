import { bps, decimal, percent, signed, span } from '../../../src-shared/format'
import { intervalWords, within } from '../interval-words'
import type { Microstructure } from './study'

/** The figures in plain words, each with the number it rests on. */
export function reportMicrostructure(it: Microstructure): string {
  return [
    `Microstructure of ${it.file}`,
    ...market(it),
    ...flow(it),
    ...imbalance(it),
    ...micro(it),
    ...costs(it),
    ...activity(it),
    ...lacking(it),
    '',
    `All of it is ${span((it.t1 - it.t0) * 1_000)} of one market: good for exactness, too short to promise anything. Rows follow each other and are not independent.`,
    intervalWords
  ].join('\n')
}

const market = (it: Microstructure): string[] => [
  `  ${count(it.book_ticker_rows)} quotes and ${count(it.trades_used)} trades in ${decimal(it.t1 - it.t0, 1)} s; ${it.trades_excluded_non_market} forced or empty trades left out`,
  `  mid from ${tidy(it.first_mid)} to ${tidy(it.last_mid)}, tick ${it.tick}; VWAP ${decimal(it.vwap, 4)}; ${percent(it.trade_buy_fraction_volume, 1)}${within(it.intervals_95.trade_buy_fraction_volume, (share) => percent(share, 1))} of the volume bought`,
  `  spread ${decimal(it.mean_spread_bps, 4)}${within(it.intervals_95.mean_spread_bps, four)} bps on average, one tick in ${percent(it.frac_spread_1tick, 1)} of quotes; ${decimal(it.mean_best_depth, 3)} at each side of the touch`,
  ...(it.rows === undefined
    ? []
    : ['  Quotes are the touch of the rebuilt book: the venue tells of fewer changes in quotes of its own.']),
  ...(it.stretches === undefined
    ? []
    : [`  The longest of ${it.stretches} stretches without a break: no figure spans one.`]),
  ...(it.update_ids_nondecreasing !== false
    ? []
    : ['  The ids of the quotes went back: the capture is out of order.'])
]

const flow = (it: Microstructure): string[] => [
  '',
  'Order flow: how much of the moves of the mid it explains (R2, same span)',
  ...Object.entries(it.ofi).map(
    ([name, fit]) =>
      `  ${name.padEnd(10)} n = ${count(fit.n).padStart(5)}  order-flow imbalance ${decimal(fit.r2, 3)}, ${decimal(fit.beta_ticks_per_unit, 4)}${within(it.intervals_95.ofi[name], four)} ticks a unit${
        fit.trade_imbalance_r2 === undefined ? '' : `; trades alone ${decimal(fit.trade_imbalance_r2, 3)}`
      }`
  ),
  ...Object.entries(it.kyle).map(
    ([name, { n, lambda_ }]) =>
      `  ${name.padEnd(10)} n = ${count(n).padStart(5)}  Kyle's lambda ${decimal(lambda_, 4)}${within(it.intervals_95.kyle[name], four)} ${units}`
  )
]
const units = 'quote money a unit traded'

const imbalance = ({ queue_imbalance: it, intervals_95: wide }: Microstructure): string[] => [
  '',
  'Queue imbalance: how often it is higher before a rise than before a fall (AUC; 0.5 is a coin)',
  `  every quote            n = ${count(it.rows_n)}  ${decimal(it.rows_auc, 3)}${within(wide.rows_auc, three)}, spread of one tick ${decimal(it.rows_auc_spread1, 3)}`,
  `  halfway between moves  n = ${count(it.n)}  ${decimal(it.midpoint_sampled_auc, 3)}${within(wide.midpoint_sampled_auc, three)}, spread of one tick ${decimal(it.midpoint_sampled_auc_spread1, 3)} (n = ${count(it.n_spread1)})`
]

function micro({ stoikov_microprice: it }: Microstructure): string[] {
  const errors = (seconds: 1 | 10) => {
    const { n, mid, weighted_mid, micro_in_sample } = it[`mse_h${seconds}s_grid100ms`]
    return `  mean squared error ${seconds} s later, n = ${count(n)}: mid ${decimal(mid, 4)}, weighted mid ${decimal(weighted_mid, 4)}, micro-price ${decimal(micro_in_sample, 4)} (fitted on the same data)`
  }
  const values = (list: readonly number[]) => list.map((value) => signed(value, 2)).join(' ')
  return [
    '',
    `Micro-price (Stoikov) minus mid in ticks, by imbalance from all asks to all bids; ${count(it.transitions)} transitions`,
    `  spread of one tick   ${values(it.Gstar_ticks_spread1)}`,
    `  spread of two ticks  ${values(it.Gstar_ticks_spread2)}`,
    errors(1),
    errors(10)
  ]
}

const costs = ({ spreads: it, intervals_95: wide }: Microstructure): string[] => [
  '',
  `What takers paid against the mid received before, bps by volume; n = ${count(it.n)}`,
  `  effective spread ${bps(it.effective_bps_volw)}${within(wide.effective_bps_volw, bps)}; realised after 1 s ${bps(it.realized_1s_bps_volw)}${within(wide.realized_bps_volw[0], bps)}, 5 s ${bps(it.realized_5s_bps_volw)}${within(wide.realized_bps_volw[1], bps)}, 10 s ${bps(it.realized_10s_bps_volw)}${within(wide.realized_bps_volw[2], bps)}`,
  ...(it.effective_bps_volw < 0
    ? ['  Negative because quotes arrived before the trades that moved them.']
    : [])
]

function activity(all: Microstructure): string[] {
  const vpin = all.vpin_true_signs_200buckets_window50
  return [
    '',
    `VPIN over 50 of ${vpin.full_buckets} buckets of ${decimal(vpin.bucket_volume, 3)}; n = ${vpin.n}`,
    `  mean ${decimal(vpin.mean, 3)}, first ${decimal(vpin.first, 3)}, last ${decimal(vpin.last, 3)}, highest ${decimal(vpin.max, 3)}`,
    ...(all.trades_used < vpin.full_buckets
      ? ['  A bucket is less than a trade here: this says nothing of the market yet.']
      : []),
    ...arrivals(all.hawkes_exp_unique_ms_trade_times)
  ]
}

function arrivals(hawkes: Microstructure['hawkes_exp_unique_ms_trade_times']): string[] {
  if (hawkes === null) return []
  return [
    `Arrivals (Hawkes, exponential memory), n = ${count(hawkes.n)} distinct milliseconds in ${decimal(hawkes.T, 1)} s`,
    `  ${percent(hawkes.branching_ratio, 1)} of trades follow from earlier ones, within ${decimal(1_000 / hawkes.mle_beta, 1)} ms; log-likelihood ${decimal(hawkes.loglik_max, 1)}, ${decimal(hawkes.poisson_loglik, 1)} if they did not`
  ]
}

const lacking = ({ does_not_apply: lacks = {} }: Microstructure): string[] =>
  Object.keys(lacks).length === 0
    ? []
    : [
        '',
        'Not known here:',
        ...Object.entries(lacks).map(([name, why]) => `  ${titles[name] ?? name}: ${why}`)
      ]

const titles: Readonly<Record<string, string>> = {
  update_ids_nondecreasing: 'whether the quotes are in order',
  hawkes_exp_unique_ms_trade_times: 'arrivals of trades'
}

const three = (value: number): string => decimal(value, 3)
const four = (value: number): string => decimal(value, 4)
/** Without the dust of binary fractions. */
const tidy = (price: number): number => Number(price.toPrecision(13))
const count = (n: number): string => decimal(n, 0)
