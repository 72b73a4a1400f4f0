import { intervalWords, within } from '../interval-words'
import { percent } from '../../../src-shared/format'
import type { OrderFigures } from './study'

/** The figures in plain words, each with how many orders stand behind it. */
export function reportOrders(f: OrderFigures): string {
  const ended = f.n_deleted_volume0 + f.n_deleted_remaining
  const { filled, cancelled } = f.median_lifetime_ms
  const { filled_share, median_lifetime_ms: lives } = f.intervals_95
  return [
    `${f.rows} events of ${f.unique_ids} orders, ${utc(f.t_first_ms)} to ${utc(f.t_last_ms)}`,
    f.file_sorted_by_timestamp ? '' : 'The file was not in the order of its times; it was sorted.\n',
    'What became of orders seen from their beginning',
    `  ${f.n_deleted_volume0} filled, ${f.n_deleted_remaining} cancelled (n ${ended}), ${f.final_live_orders} still there at the end`,
    ...(ended > 0
      ? [
          `  ${share(f.n_deleted_volume0 / ended)}${within(filled_share, share)} of those that ended were filled`
        ]
      : []),
    `  half of the filled ones lived less than ${seconds(filled)}${within(lives.filled, seconds)} (n ${f.n_deleted_volume0})`,
    `  half of the cancelled ones lived less than ${seconds(cancelled)}${within(lives.cancelled, seconds)} (n ${f.n_deleted_remaining})`,
    `  filled: ${f.filled_volume_btc.bid} BTC of bids, ${f.filled_volume_btc.ask} BTC of asks`,
    `  ${f.events_for_unknown_ids} events concern orders that were there before the file began; they are left out`,
    '',
    'The book these orders make',
    `  best bid at or above best ask after ${f.rows_with_crossed_book} of ${f.rows} events`,
    '  (orders from before the file are missing, so it is not the whole book)',
    `  at the end: bid ${decimal(f.final_best_bid)}, ask ${decimal(f.final_best_ask)}`,
    ...levels('bids', f.final_top5_bids),
    ...levels('asks', f.final_top5_asks),
    '',
    intervalWords
  ].join('\n')
}

const levels = (name: string, rows: OrderFigures['final_top5_bids']): readonly string[] =>
  rows.length === 0
    ? []
    : [`    ${name}: ${rows.map(([price, volume]) => `${volume} at ${price}`).join(', ')}`]

const share = (of: number): string => percent(of, 1)
const utc = (at: number): string => new Date(at).toISOString()
const decimal = (x: number): string => (Number.isNaN(x) ? 'none' : String(x))
const seconds = (ms: number): string => (Number.isNaN(ms) ? 'an unknown time' : `${ms / 1000} s`)
