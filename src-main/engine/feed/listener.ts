import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import type { Book } from '../book/book'
import type { Changes, Trades } from '../book/changes'
import type { Quote, Reference } from '../venues/venue'

/** What the feed tells the engine of one watched instrument. Calls come synchronously, in the order of the venue. */
export interface FeedListener {
  /** A message was committed and the book is live. `receivedAt` is wall time. */
  onBook(id: InstrumentId, book: Book, changes: Changes, receivedAt: Millis): void
  onTrades(id: InstrumentId, trades: Trades, receivedAt: Millis): void
  /** Orders closed by force; the columns are reused. */
  onLiquidations(id: InstrumentId, liquidations: Trades, receivedAt: Millis): void
  onQuote(id: InstrumentId, quote: Quote, receivedAt: Millis): void
  /** Figures that changed or hold no more. `receivedAt` is the wall time of the last the venue told; `lapsed` why that holds no more, in words, or empty. */
  onReference(id: InstrumentId, reference: Reference, receivedAt: Millis, lapsed: string): void
  /** Continuity was lost (a gap, a cut link, a stall). Comes before the status that says so. */
  onGap(id: InstrumentId, at: Millis): void
  /**
   * What comes of it is over half a second late: it may stand beside no book of another venue, though it is true by itself. False: it may again. For who puts
   * venues side by side.
   */
  onSkewed?(id: InstrumentId, isSkewed: boolean, at: Millis): void
  /** Trades may be missing since `from`. */
  onTradesLost(id: InstrumentId, from: Millis): void
  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void
  onStatus(id: InstrumentId, status: BookStatus): void
  /** A venue's list came in, or one instrument changed. */
  onInstruments(list: readonly Instrument[]): void
}
