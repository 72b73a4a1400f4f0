/** What the forecast foretells: the direction of the next move of the mid, and of its move over spans. In the engine's order. */
export const forecastHorizons = [
  { id: 'next', title: 'Next move' },
  { id: 's1', title: '1 s' },
  { id: 's5', title: '5 s' },
  { id: 's10', title: '10 s' }
] as const

/** What the model looks at, in this order. All are odd: swap bid and ask and they change sign, so that the model cannot prefer a side by itself. */
export const forecastSignals = [
  'Queue imbalance',
  'Imbalance, 5 levels',
  'Imbalance, 10 bps',
  'Queue imbalance, cubed',
  'Queue imbalance, wide spread',
  'Queue imbalance, busy market',
  'Order flow, 0.1 s',
  'Order flow, 1 s',
  'Order flow, 10 s',
  'Trades, 1 s',
  'Trades, 10 s',
  'Last moves, 1 s',
  'Last moves, 10 s',
  'Cancelled ask less bid, 1 s',
  'Lead of other venues'
] as const

/** What a row of the forecast's table tells. Columns: section, horizon (its place), key, x, y, z. */
export const forecastSection = {
  /** key: tenth; x: n; y: mean probability; z: share that went up. */
  reliability: 0,
  /** key: signal (its place); x: its weight times its value now; y: weight; z: value. */
  contribution: 1,
  /** key 0 log-loss: x model, y base rate, z Cont and de Larrard. key 1 AUC: x model, y queue imbalance, z last move. key 2 nats saved: x mean, y low, z high. key 3 Brier score: x itself, y reliability, z resolution. key 4: x uncertainty, y calibration error by chance alone, z stretches of 30 s. */
  baseline: 2,
  /** key 0 taking, bps: x after 50, y 100, z 250 ms. key 1: x placing, y share filled, z gross. key 2: x sureness, y n, z half spread. */
  money: 3
} as const
export const forecastColumns = 6
