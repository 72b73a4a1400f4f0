import { bookFacts, changesPer100Ms } from './book-facts'
import { flowR2, imbalanceAuc, quotesPerSecond, sdOfReturns, stillShare, touchSize } from './quote-facts'
import type { Tape } from './tape'
import { branching, ordersPerSecond, signMemory, tradesPerSecond } from './trade-facts'

/** How far a simulated figure may lie from the real one: by a factor, for rates and sizes, or by so much, for shares and the like. */
export type Allowance = { readonly factor: number } | { readonly apart: number }

export interface Figure {
  readonly name: string
  readonly of: (tape: Tape) => number
  readonly allowed: Allowance
}

const rate: Allowance = { factor: 1.5 }

/** What a capture and the simulated market are compared by; sizes in base units or contracts. */
export const figures = [
  { name: 'changes per 100 ms', of: (tape) => changesPer100Ms(tape).p50, allowed: rate },
  { name: 'quotes per second', of: quotesPerSecond, allowed: rate },
  { name: 'trades per second', of: tradesPerSecond, allowed: rate },
  { name: 'orders per second', of: ordersPerSecond, allowed: rate },
  { name: 'touch size', of: touchSize, allowed: rate },
  { name: 'deviation of 1 s returns, bps', of: (tape) => sdOfReturns(tape, 1000), allowed: { factor: 1.25 } },
  { name: 'share of still seconds', of: (tape) => stillShare(tape, 1000), allowed: { apart: 0.15 } },
  { name: 'AUC of imbalance over 1 s', of: (tape) => imbalanceAuc(tape, 1000), allowed: { apart: 0.1 } },
  { name: 'R2 of order flow over 1 s', of: (tape) => flowR2(tape, 1000).flow, allowed: { apart: 0.15 } },
  { name: 'memory of signs', of: (tape) => signMemory(tape, 1), allowed: { apart: 0.15 } },
  { name: 'branching of trades', of: branching, allowed: { apart: 0.1 } },
  { name: 'walk exponent', of: (tape) => bookFacts(tape).walkExponent, allowed: { apart: 0.15 } },
  { name: 'cancel share', of: (tape) => bookFacts(tape).cancelShare, allowed: { apart: 0.02 } }
] as const satisfies readonly Figure[]

export type FigureName = (typeof figures)[number]['name']

export function isNear(simulated: number, real: number, allowed: Allowance): boolean {
  if ('apart' in allowed) return Math.abs(simulated - real) <= allowed.apart
  return simulated <= real * allowed.factor && simulated >= real / allowed.factor
}
