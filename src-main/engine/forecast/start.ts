import { forecastSignals } from '../../../src-shared/forecast'

type Signal = (typeof forecastSignals)[number]

/** Scale that serves best what a ridge fit has shrunk. */
const unshrunk = 1.2

/**
 * Weights that a model starts from and falls back on, by horizon. Fitted (ridge 100, every set counting alike) on Binance USD-M BTCUSDT of 2024-07-18 and
 * 19 and on the simulated market alone; over 5 and 10 s nothing but the queue carried over from one set to the next.
 */
const fitted: Readonly<Record<string, Readonly<Partial<Record<Signal, number>>>>> = {
  next: {
    'Queue imbalance': 0.53 * unshrunk,
    'Queue imbalance, cubed': 0.52 * unshrunk,
    'Imbalance, 5 levels': 0.38 * unshrunk,
    'Imbalance, 10 bps': 0.08 * unshrunk,
    'Queue imbalance, wide spread': -0.02 * unshrunk,
    'Queue imbalance, busy market': 0.04 * unshrunk,
    'Order flow, 0.1 s': 0.13 * unshrunk,
    'Order flow, 1 s': 0.03 * unshrunk,
    'Order flow, 10 s': 0.1 * unshrunk,
    'Trades, 1 s': -0.08 * unshrunk,
    'Trades, 10 s': -0.07 * unshrunk,
    'Last moves, 1 s': -0.07 * unshrunk,
    'Last moves, 10 s': -0.01 * unshrunk,
    'Cancelled ask less bid, 1 s': 0.15 * unshrunk
  },
  s1: {
    'Queue imbalance': 0.68 * unshrunk,
    'Queue imbalance, cubed': 0.61 * unshrunk,
    'Imbalance, 5 levels': 0.54 * unshrunk,
    'Imbalance, 10 bps': -0.06 * unshrunk,
    'Queue imbalance, wide spread': -0.02 * unshrunk,
    'Queue imbalance, busy market': -0.08 * unshrunk,
    'Order flow, 0.1 s': 0.06 * unshrunk,
    'Order flow, 1 s': 0.1 * unshrunk,
    'Order flow, 10 s': 0.07 * unshrunk,
    'Trades, 1 s': -0.09 * unshrunk,
    'Trades, 10 s': -0.09 * unshrunk,
    'Last moves, 1 s': -0.13 * unshrunk,
    'Last moves, 10 s': 0.07 * unshrunk,
    'Cancelled ask less bid, 1 s': 0.04 * unshrunk
  },
  s5: { 'Queue imbalance': 0.45, 'Queue imbalance, cubed': 0.35 },
  s10: { 'Queue imbalance': 0.35, 'Queue imbalance, cubed': 0.27 }
}

/** The weights a horizon starts with, in the order of the signals. */
export function startOf(horizon: string): Float64Array {
  const weights = fitted[horizon] ?? {}
  return Float64Array.from(forecastSignals, (signal) => weights[signal] ?? 0)
}
