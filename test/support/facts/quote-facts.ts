import { valueOf } from '../../../src-main/engine/market/preset'
import { auc } from './auc'
import { autocorrelation, explained, kurtosis, mean, median, rms } from './statistics'
import type { Quote, Tape } from './tape'
import { shuffled } from './tape'

/** Indices of the quotes that stand on a grid of `ms`, from the first whole second on or from `first`. */
export function onGrid(
  quotes: readonly Quote[],
  ms: number,
  first = Math.ceil(quotes[0]!.at / 1000) * 1000
): number[] {
  const found: number[] = []
  let i = 0
  for (let at = first; at <= quotes.at(-1)!.at; at += ms) {
    while (i + 1 < quotes.length && quotes[i + 1]!.at <= at) i++
    found.push(i)
  }
  return found
}

const twiceMid = (it: Quote): number => it.bid + it.ask
const imbalance = (it: Quote): number => (it.bidLots - it.askLots) / (it.bidLots + it.askLots)
const seconds = (quotes: readonly Quote[]): number => (quotes.at(-1)!.at - quotes[0]!.at) / 1000

/** Changes of the mid over `ms`, in bps. */
export function returns({ quotes }: Tape, ms: number): number[] {
  const mids = onGrid(quotes, ms).map((i) => twiceMid(quotes[i]!))
  return mids.slice(1).map((mid, k) => ((mid - mids[k]!) / mids[0]!) * 1e4)
}

export const quotesPerSecond = ({ quotes }: Tape): number => quotes.length / seconds(quotes)
/** Median size at the best prices, both sides alike, in base units or contracts. */
export const touchSize = ({ quotes, preset }: Tape): number =>
  median(quotes.flatMap((it) => [it.bidLots, it.askLots])) * valueOf(preset.lot)
export const sdOfReturns = (tape: Tape, ms: number): number => rms(returns(tape, ms))
export const kurtosisOfReturns = (tape: Tape, ms: number): number => kurtosis(returns(tape, ms))
/** Share of spans of `ms`, one beginning every 100 ms, after which the mid is where it was. */
export function stillShare({ quotes }: Tape, ms: number): number {
  const mids = onGrid(quotes, 100).map((i) => twiceMid(quotes[i]!))
  return mean(mids.slice(0, -ms / 100).map((mid, k) => (mids[k + ms / 100] === mid ? 1 : 0)))
}
export const memoryOfMoves = (tape: Tape, lag: number): number =>
  autocorrelation(returns(tape, 1000).map(Math.abs), lag)

/** Share of time with a spread of one tick. */
export function oneTickTime({ quotes }: Tape): number {
  let ms = 0
  for (let i = 0; i + 1 < quotes.length; i++)
    if (quotes[i]!.ask - quotes[i]!.bid === 1) ms += quotes[i + 1]!.at - quotes[i]!.at
  return ms / 1000 / seconds(quotes)
}

/** How well the touch's imbalance tells the sign of the mid's change over `ms`, on a 100 ms grid; still spans left out. */
export function imbalanceAuc({ quotes }: Tape, ms: number): number {
  const grid = onGrid(quotes, 100)
  const scores: number[] = []
  const labels: boolean[] = []
  for (let k = 0; k + ms / 100 < grid.length; k++) {
    const change = twiceMid(quotes[grid[k + ms / 100]!]!) - twiceMid(quotes[grid[k]!]!)
    if (change === 0) continue
    scores.push(imbalance(quotes[grid[k]!]!))
    labels.push(change > 0)
  }
  return auc(scores, labels)
}

/** Mean gain in bps over 1 s of following the imbalance in the tenth of cases where it is strongest. */
export function topDecileGross({ quotes }: Tape): number {
  const grid = onGrid(quotes, 100)
  const cases = grid.slice(0, -10).map((i, k) => {
    const change = twiceMid(quotes[grid[k + 10]!]!) - twiceMid(quotes[i]!)
    const score = imbalance(quotes[i]!)
    return { strength: Math.abs(score), gain: (Math.sign(score) * change * 1e4) / twiceMid(quotes[0]!) }
  })
  cases.sort((a, b) => b.strength - a.strength)
  return mean(cases.slice(0, Math.floor(cases.length / 10)).map((it) => it.gain))
}

/** Share of the mid's changes over `ms` that order-flow imbalance of the touch explains (Cont, Kukanov and Stoikov 2014), and a shuffled one. */
export function flowR2({ quotes }: Tape, ms: number): { readonly flow: number; readonly shuffled: number } {
  const total = new Float64Array(quotes.length)
  for (let i = 1; i < quotes.length; i++) total[i] = total[i - 1]! + flowOf(quotes[i - 1]!, quotes[i]!)
  const grid = onGrid(quotes, ms)
  const flow = grid.slice(1).map((i, k) => total[i]! - total[grid[k]!]!)
  const change = grid.slice(1).map((i, k) => twiceMid(quotes[i]!) - twiceMid(quotes[grid[k]!]!))
  return { flow: explained(flow, change), shuffled: explained(shuffled(flow, 1), change) }
}

function flowOf(before: Quote, after: Quote): number {
  let flow = 0
  if (after.bid >= before.bid) flow += after.bidLots
  if (after.bid <= before.bid) flow -= before.bidLots
  if (after.ask <= before.ask) flow -= after.askLots
  if (after.ask >= before.ask) flow += before.askLots
  return flow
}
