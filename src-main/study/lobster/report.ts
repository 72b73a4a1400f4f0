import { shareInterval } from '../../engine/math/share-interval'
import { intervalWords, within } from '../interval-words'
import type { LobsterFigures } from './figures'

/** The most telling figures in words, each with how many observations stand behind it. `--json` has all of them. */
export function reportLobster(f: LobsterFigures): string {
  return [
    `${f.symbol}, ${f.levels} ${f.levels === 1 ? 'level' : 'levels'} a side, ${f.rows} messages in one session`,
    ...book(f),
    ...flow(f),
    ...signal(f),
    ...costs(f),
    ...orders(f),
    '',
    'One day of one stock: figures describe this day, and another may lie outside of any interval.',
    intervalWords
  ].join('\n')
}

function book({ one_step_reconstruction: steps, cumulative_reconstruction: never, ...f }: LobsterFigures) {
  return [
    heading('Book'),
    line('Each message leads to the next published row', `${steps.pass_} of ${steps.checked}`),
    ...(steps.fail > 0
      ? [line('Rows where it does not, from 0', steps.first_fail_rows_0based.join(', '))]
      : []),
    line('Best prices right when never set right again', percent(never.best_price_match), 'low by design'),
    line(
      'Spread over time',
      `${short(f.spread_ticks_time_weighted)}${within(f.intervals_95.spread_ticks_time_weighted, short)} ticks`
    ),
    line('Mean size at the best price', `${short(f.mean_best_depth_rowweighted)} shares`)
  ]
}

function flow({ ofi, kyle, intervals_95: wide }: LobsterFigures) {
  return [
    heading('Order flow and price, in the same interval (explains, does not predict)'),
    ...(['1s', '10s', '60s'] as const).flatMap((span) => [
      line(
        `Order flow at the touch explains, ${span}`,
        percent(ofi[span].r2),
        `n ${ofi[span].n}, ${short(ofi[span].beta)}${within(wide.ofi[span], short)} ticks a share`
      ),
      line(`Visible trades explain, ${span}`, percent(ofi[span].trade_imbalance_r2), `n ${ofi[span].n}`)
    ]),
    line('Half hours of 10 s, mean', percent(ofi['10s'].half_hour_r2_mean), 'n 13'),
    line(
      'Price of a net bought share, 10 s',
      `${short(kyle['10s'].lambda_usd_per_share)}${within(wide.kyle['10s'], short)} USD`,
      `n ${kyle['10s'].n}`
    )
  ]
}

function signal({ queue_imbalance: queue, microprice, intervals_95: wide }: LobsterFigures) {
  const test = queue.midpoint_logit_test_secondhalf
  return [
    heading('Queue imbalance and the next move of the mid (0.5 tells nothing)'),
    line(
      'AUC, once between moves',
      short(queue.midpoint_sampled_auc) + within(wide.midpoint_sampled_auc, short),
      `n ${queue.midpoint_sampled_n}`
    ),
    line('AUC, every row', short(queue.rows_auc) + within(wide.rows_auc, short), `n ${queue.rows_n}`),
    line(
      'Right on the second half',
      percent(test.acc) + within(shareInterval(Math.round(test.acc * test.n), test.n), percent),
      `n ${test.n}, always "up" would be ${percent(test.base_rate)}`
    ),
    line(
      'Squared error 1 s ahead, weighted mid against mid',
      `${short(microprice.h1s.mse_weighted_mid)} against ${short(microprice.h1s.mse_mid)}`,
      `ticks², n ${microprice.n}`
    )
  ]
}

function costs({
  spreads,
  roll,
  vpin_true_signs_200buckets: vpin,
  intervals_95: wide,
  ...f
}: LobsterFigures) {
  const afterwards: Readonly<Record<string, number>> = spreads
  return [
    heading('Trades'),
    line('Volume-weighted average price', `${short(f.vwap_all_exec_usd)} USD`, tradesOf(f.trades)),
    line(
      'Effective spread by volume',
      `${short(spreads.effective_ticks_volw)}${within(wide.effective_ticks_volw, short)} ticks`,
      `${short(spreads.effective_bps_volw)} bps, n ${spreads.n}`
    ),
    line(
      'Realised after 5 s, by volume',
      `${short(afterwards['realized_5s_volw'] ?? NaN)}${within(wide.realized_5s_volw, short)} ticks`,
      `n ${spreads.n}`
    ),
    line("Roll's spread", `${short(roll.roll_spread_usd)} USD`, `n ${roll.n_merged_trades}`),
    line('VPIN, true signs, 200 buckets', short(vpin.vpin_mean), `n ${vpin.vpin_window50_n}`)
  ]
}

function orders({ limit_order_first_terminal_outcome: outcomes, intervals_95: wide }: LobsterFigures) {
  return [
    heading('What came first of a limit order'),
    ...Object.entries(outcomes).map(([place, { exec, cancel, open }]) =>
      line(
        placeWords[place] ?? place,
        `${percent(exec / (exec + cancel + open))}${within(wide.executed[place], percent)} executed`,
        `n ${exec + cancel + open}, of these ${cancel} cancelled, ${open} still open`
      )
    )
  ]
}

const placeWords: Readonly<Record<string, string>> = {
  inside: 'Put inside the spread',
  at: 'Put at the best price',
  behind: 'Put behind the best price'
}

const tradesOf = ({ n_type4: visible, n_type5: hidden }: LobsterFigures['trades']): string =>
  `n ${visible} visible and ${hidden} hidden`

const heading = (text: string): string => `\n${text}`
const line = (label: string, value: string, note = ''): string =>
  `  ${label.padEnd(52)} ${value}${note === '' ? '' : `   (${note})`}`

/** Five digits are enough to read; what is unknown says so. */
const short = (x: number): string => (Number.isFinite(x) ? String(Number(x.toPrecision(5))) : 'unknown')
const percent = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : 'unknown'
