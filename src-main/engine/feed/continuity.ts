import type { Changes, Touch } from '../book/changes'
import type { Venue } from '../venues/venue'
import type { FeedLane } from './lane'

/** All that comes of a book are whole books: nothing joins them but their time. */
export const onlySnapshots = ({ snapshot }: Venue): boolean =>
  snapshot.kind === 'in-band' && snapshot.always === true

/** `3 updates`, or just `updates` where the venue's ids do not tell how many. */
export const lost = (count: number): string =>
  Number.isSafeInteger(count) && count > 0 ? `${count} update${count === 1 ? '' : 's'}` : 'updates'

/** The venue's quote with the same id names the same touch: the strongest cheap check of a rebuilt book. */
export const quoteAgrees = ({ quote, book }: FeedLane): boolean =>
  Object.is(quote.bid, book.touch.bid) && Object.is(quote.ask, book.touch.ask)

/** Holds the venue's quote against a book that nothing else proves. True when the quotes of a while prove the book wrong. */
export function holdQuote({ quote, book, sync, counters, touchCheck }: FeedLane, mono: number): boolean {
  if (sync.state === 'void') touchCheck.reset()
  if (sync.state === 'void' || Number.isNaN(quote.bid) || Number.isNaN(quote.ask)) return false
  counters.quotesCompared++
  if (quote.bid === book.touch.bid && quote.ask === book.touch.ask) counters.quotesEqual++
  return touchCheck.quoted(quote, book.touch, mono)
}

/** The same prices and sizes on both sides; an empty side equals an empty one. */
export function isTouch(one: Readonly<Touch>, other: Readonly<Touch>): boolean {
  return (
    Object.is(one.bid, other.bid) &&
    Object.is(one.bidSize, other.bidSize) &&
    Object.is(one.ask, other.ask) &&
    Object.is(one.askSize, other.askSize)
  )
}

/** Whether a snapshot, committed over a book at `sequence`, found it as it stood: by its id or, where venues give none, by its touch. */
export function isUnmoved({ last, touchBefore, touchAfter }: Changes, sequence: number): boolean {
  return Number.isNaN(last) ? isTouch(touchBefore, touchAfter) : last === sequence
}
