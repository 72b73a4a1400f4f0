import { fitHawkes } from './hawkes'
import { autocorrelation } from './statistics'
import type { Tape } from './tape'

interface Order {
  readonly at: number
  readonly sign: 1 | -1
}

/** Trades of one millisecond and sign are one aggressive order. */
export function orders({ trades }: Tape): Order[] {
  const found: Order[] = []
  for (const { at, sign } of trades) {
    const last = found.at(-1)
    if (last?.at !== at || last.sign !== sign) found.push({ at, sign })
  }
  return found
}

export const tradesPerSecond = (tape: Tape): number => tape.trades.length / seconds(tape)
export const ordersPerSecond = (tape: Tape): number => orders(tape).length / seconds(tape)

const seconds = ({ quotes }: Tape): number => (quotes.at(-1)!.at - quotes[0]!.at) / 1000

export function signMemory(tape: Tape, lag: number): number {
  return autocorrelation(
    orders(tape).map((it) => it.sign),
    lag
  )
}

/** Children per order of the exponential Hawkes process that fits the times of trading best. */
export function branching({ trades }: Tape): number {
  const times = [...new Set(trades.map((it) => it.at))]
  return fitHawkes(times.map((it) => (it - times[0]!) / 1000)).branching
}
