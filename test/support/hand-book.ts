import { SortedBook } from '../../src-main/engine/book/sorted-book'
import { Changes } from '../../src-main/engine/book/changes'
import type { Instrument } from '../../src-shared/instrument'
import { millis, ticks } from '../../src-shared/units'

export type HandLevel = readonly [price: number, size: number]

/** A message with these levels, best first on both sides. */
export function changesOf(
  bids: readonly HandLevel[],
  asks: readonly HandLevel[],
  { isSnapshot = true, complete = true, last = 1 } = {}
): Changes {
  const changes = new Changes()
  changes.isSnapshot = isSnapshot
  changes.complete = complete
  changes.last = last
  changes.at = millis(last)
  for (const [price, size] of bids) changes.bids.push(price, size)
  for (const [price, size] of asks) changes.asks.push(price, size)
  return changes
}

/** A book in ticks and lots, written by hand; `complete` when nothing lies beyond. */
export function handBook(
  bids: readonly HandLevel[],
  asks: readonly HandLevel[],
  complete = true
): SortedBook {
  const book = new SortedBook()
  book.commit(changesOf(bids, asks, { complete }))
  return book
}

/** A linear contract with a tick of 1 and a lot of 1, so that ticks are prices and lots are base currency. */
export const plainInstrument: Instrument = {
  id: 'sim:PLAIN',
  venue: 'sim',
  symbol: 'PLAIN',
  base: 'BASE',
  quote: 'QUOTE',
  product: 'linear',
  price: { decimals: 0, step: 1 },
  tickSize: ticks(1),
  size: { decimals: 0, step: 1 },
  contract: { of: 1, currency: 'base' },
  trading: 'trading',
  simulated: true
}

/** Contracts worth 100 of quote money each, paid in base. */
export const inverseInstrument: Instrument = {
  ...plainInstrument,
  id: 'sim:INVERSE',
  symbol: 'INVERSE',
  product: 'inverse',
  contract: { of: 100, currency: 'quote' }
}
