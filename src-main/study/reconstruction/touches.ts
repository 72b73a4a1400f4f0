import type { Touch } from '../../engine/book/changes'
import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'

/** Bid, its size, ask, its size, as decimal numbers: the same double for the same number, whatever grid it was counted on. */
export type TouchValues = readonly [bid: number, bidSize: number, ask: number, askSize: number]

/** A touch at an id of the venue. */
export interface StampedTouch {
  readonly id: number
  readonly touch: TouchValues
}

export const touchValues = (
  { price, size }: Instrument,
  { bid, bidSize, ask, askSize }: Touch
): TouchValues => [valueOn(price, bid), valueOn(size, bidSize), valueOn(price, ask), valueOn(size, askSize)]

export interface TouchCheck {
  readonly checks: number
  readonly matches: number
  /** Largest difference of a best price among the mismatches, quote money to 8 decimals; null without one. */
  readonly worst: number | null
  /** At most three: book id, quote id, quote, book. */
  readonly examples: readonly (readonly [number, number, TouchValues, TouchValues])[]
}

/**
 * Holds each book against the venue's quote with the largest id that is not beyond the book's; only against one of the book's own id where quotes do not tell of
 * every change (`areAll` false). Both in the order they came.
 */
export function checkTouches(
  books: readonly StampedTouch[],
  quotes: readonly StampedTouch[],
  areAll = true
): TouchCheck {
  const sorted = [...quotes].sort((a, b) => a.id - b.id)
  const ordered = [...books].sort((a, b) => a.id - b.id)
  const examples: TouchCheck['examples'][number][] = []
  let [next, checks, matches, worst] = [0, 0, 0, -Infinity]
  for (const { id, touch } of ordered) {
    while (next < sorted.length && sorted[next]!.id <= id) next++
    const quote = sorted[next - 1]
    if (!quote || (!areAll && quote.id !== id)) continue
    checks++
    if (touch.every((value, i) => Object.is(value, quote.touch[i]))) {
      matches++
      continue
    }
    worst = Math.max(worst, Math.abs(touch[0] - quote.touch[0]), Math.abs(touch[2] - quote.touch[2]))
    if (examples.length < 3) examples.push([id, quote.id, quote.touch, touch])
  }
  return { checks, matches, worst: Number.isFinite(worst) ? Math.round(worst * 1e8) / 1e8 : null, examples }
}

/** Of two stretches as of one. */
export function together(one: TouchCheck, other: TouchCheck): TouchCheck {
  const worst = [one.worst, other.worst].filter((it) => it !== null)
  return {
    checks: one.checks + other.checks,
    matches: one.matches + other.matches,
    worst: worst.length > 0 ? Math.max(...worst) : null,
    examples: [...one.examples, ...other.examples].slice(0, 3)
  }
}
