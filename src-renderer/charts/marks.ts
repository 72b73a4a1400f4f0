import { tradeFlag } from '../../src-shared/trade-flag'
import type { Series } from '../state/market'

/** A trade drawn on the price chart. */
export interface Mark {
  readonly at: number
  /** Ticks. */
  readonly price: number
  /** Lots. */
  readonly size: number
  readonly aggressor: 'buy' | 'sell'
  /**
   * `apart`: agreed off the book (a block) or a leg of a combination; its price says little of this book. `forced`: a liquidation. `unseen`: met an order
   * that the public book does not show (retail price improvement).
   */
  readonly kind: 'plain' | 'apart' | 'forced' | 'unseen'
}

/** What a trade's flags make of it; they add up. */
export function kindOf(flags: number): Mark['kind'] {
  if ((flags & tradeFlag.liquidation) !== 0) return 'forced'
  if ((flags & (tradeFlag.block | tradeFlag.combo)) !== 0) return 'apart'
  return (flags & tradeFlag.rpi) !== 0 ? 'unseen' : 'plain'
}

/** The `most` largest trades of [from, to], largest first; the older first among equals. `forced`: they are liquidations, whatever their flags. */
export function largestTrades(
  trades: Series['trades'],
  from: number,
  to: number,
  most: number,
  forced = false
): Mark[] {
  const marks: Mark[] = []
  for (let row = trades.length - 1; row >= 0; row--) {
    const at = trades.value(row, 0)
    if (at < from) break
    const size = trades.value(row, 2)
    if (at > to || (marks.length >= most && size < marks.at(-1)!.size)) continue
    let place = marks.length
    while (place > 0 && marks[place - 1]!.size <= size) place--
    marks.splice(place, 0, {
      at,
      price: trades.value(row, 1),
      size,
      aggressor: trades.value(row, 3) > 0 ? 'buy' : 'sell',
      kind: forced ? 'forced' : kindOf(trades.value(row, 5) || 0)
    })
    if (marks.length > most) marks.pop()
  }
  return marks
}

/** Radius in px: the area grows with the square root of the size; the largest visible has `widest`. */
export const radiusOf = (size: number, largest: number, widest = 9): number =>
  largest > 0 ? widest * (size / largest) ** 0.25 : 0
