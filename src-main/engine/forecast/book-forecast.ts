import type { InstrumentId } from '../../../src-shared/instrument'
import type { BandSums, Book, Side } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'
import { apartFromFlow } from '../book/changes'
import { Glances } from '../book/glances'
import type { ForecastSettings } from './forecaster'
import { Forecaster } from './forecaster'
import type { Depth } from './signals'

const deepLevels = 5
const bandBps = 10

/** Feeds a forecaster from one live book, its venue's quotes and its trades, each in the order it came. */
export class BookForecast {
  readonly forecaster: Forecaster
  readonly #book: Book
  readonly #sums: BandSums = {
    bidLots: NaN,
    askLots: NaN,
    bidMoment: NaN,
    askMoment: NaN,
    bidInverse: NaN,
    askInverse: NaN
  }
  readonly #beyond = { levels5: NaN, band10: NaN }
  /** Both of `#beyond`, of each message. */
  readonly #glances: Glances
  /** Ids of the last change of the book and of the last quote: whichever is higher knows the touch better. */
  #bookId = NaN
  #quoteId = NaN
  /** Between a book message and the next gap. */
  #live = false

  constructor(book: Book, settings?: ForecastSettings) {
    this.#book = book
    book.keepBand(bandBps)
    const beyond: Depth = {
      levels5: () => this.#beyond.levels5,
      band10: () => this.#beyond.band10
    }
    this.forecaster = new Forecaster(beyond, settings)
    this.#glances = new Glances(2, (into) => {
      const { bids, asks } = this.#book
      into[0] = imbalance(lotsIn(bids), lotsIn(asks))
      const { bidLots, askLots } = this.#book.band(bandBps, this.#sums)
      into[1] = imbalance(bidLots, askLots)
    })
  }

  /** The book stands as a message left it that `onBook` is told later. */
  look(): void {
    this.#glances.look()
  }

  onBook({ last, touchAfter }: Changes, at: number): void {
    // Steps before this message know nothing of it, nor of the depth it left.
    this.forecaster.advance(at)
    const seen = this.#glances.next()
    this.#beyond.levels5 = seen[0]!
    this.#beyond.band10 = seen[1]!
    this.#bookId = last
    this.#live = true
    if (!(last < this.#quoteId)) this.forecaster.onTouch(touchAfter, at)
  }

  /** The venue's own quote: often earlier than the book. Without an id in the book's space it cannot be ordered and is not used. */
  onQuote(quote: Readonly<Touch>, sequence: number, at: number): void {
    if (!this.#live || Number.isNaN(sequence) || sequence < this.#bookId) return
    this.#quoteId = sequence
    this.forecaster.onTouch(quote, at)
  }

  onTrades({ count, size, aggressor, flags }: Trades, at: number): void {
    if (!this.#live) return
    for (let row = 0; row < count; row++) {
      if ((flags[row]! & apartFromFlow) === 0) this.forecaster.onTrade(size[row]!, aggressor[row]!, at)
    }
  }

  /** The mid of the same coin elsewhere, in quote money; NaN when its book was lost. */
  onPeer(id: InstrumentId, mid: number, at: number): void {
    this.forecaster.onPeer(id, mid, at)
  }

  onGap(): void {
    this.#live = false
    this.#beyond.levels5 = NaN
    this.#beyond.band10 = NaN
    this.#bookId = NaN
    this.#quoteId = NaN
    this.forecaster.clear()
  }
}

const imbalance = (bid: number, ask: number): number => (bid - ask) / (bid + ask)

/** NaN where fewer levels are known than are summed. */
function lotsIn(side: Side): number {
  let sum = 0
  for (let rank = 0; rank < deepLevels; rank++) sum += side.size(rank)
  return sum
}
