import type { InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Touch } from '../book/changes'
import type { Changes, Trades } from '../book/changes'
import { emptyTouch } from '../book/changes'
import { KeptNumbers } from './kept-numbers'
import type { MetricRun } from './metric'

/** Events that wait, and messages of the book among them, before they are told unasked: a tenth of a second seldom has so many. */
const mostEvents = 256
const mostMessages = 32
/** A message with more levels is told at once rather than kept. */
export const mostKeptLevels = 1_000

const [isBook, isTrades, isQuote, isPeer] = [0, 1, 2, 3] as const
/** Numbers of a quote. */
const quoteWidth = 5

type Quote = Touch & { sequence: number }

/** What a run listens to. All are of one shape, whatever their runs are like: V8 looks up a name on many shapes slowly, and here it would for each event. */
export class Listener {
  readonly onBook: MetricRun['onBook']
  readonly onTrades: MetricRun['onTrades']
  readonly onQuote: MetricRun['onQuote']
  readonly onPeer: MetricRun['onPeer']

  constructor(run: MetricRun) {
    this.onBook = run.onBook?.bind(run)
    this.onTrades = run.onTrades?.bind(run)
    this.onQuote = run.onQuote?.bind(run)
    this.onPeer = run.onPeer?.bind(run)
  }
}

/**
 * Events that nobody needs before figures are asked for. They are then told to one metric after the other, and each finds what it keeps in the processor's
 * cache for all of them, which with twenty instruments it would not event by event. Once it has grown to a busy moment, nothing is allocated.
 */
export class Journal {
  readonly #kinds = new Uint8Array(mostEvents)
  readonly #at = new Float64Array(mostEvents)
  /** Which of its kind each event is. */
  readonly #places = new Uint16Array(mostEvents)
  readonly #kept = new KeptNumbers()
  /** Side by side in numbers: they are by far the most, and an object each would lie all over the memory. */
  readonly #quotes = new Float64Array(mostEvents * quoteWidth)
  readonly #quote: Quote = { ...emptyTouch(), sequence: NaN }
  readonly #peers: { id: InstrumentId; mid: number }[] = []
  #count = 0
  readonly #counts = new Uint16Array(4)
  /** The messages and trades among the events, which is what most listen to. */
  readonly #plain = new Uint16Array(mostEvents)
  #plainCount = 0

  get isEmpty(): boolean {
    return this.#count === 0
  }

  /** There is no room for every kind of event: what waits has to be told first. */
  get isFull(): boolean {
    return this.#count === mostEvents || this.#counts[isBook] === mostMessages
  }

  book(changes: Changes, at: Millis): void {
    this.#plain[this.#plainCount++] = this.#count
    this.#note(isBook, at)
    this.#kept.keepBook(changes)
  }

  trades(trades: Trades, at: Millis): void {
    this.#plain[this.#plainCount++] = this.#count
    this.#note(isTrades, at)
    this.#kept.keepTrades(trades)
  }

  quote({ bid, bidSize, ask, askSize, sequence }: Readonly<Quote>, at: Millis): void {
    const from = this.#note(isQuote, at) * quoteWidth
    const quotes = this.#quotes
    quotes[from] = bid
    quotes[from + 1] = bidSize
    quotes[from + 2] = ask
    quotes[from + 3] = askSize
    quotes[from + 4] = sequence
  }

  peer(id: InstrumentId, mid: number, at: Millis): void {
    const place = this.#note(isPeer, at)
    const kept = (this.#peers[place] ??= { id, mid })
    kept.id = id
    kept.mid = mid
  }

  /** Before what waits is told, to one after the other. Nobody who is told may have another journal tell meanwhile. */
  open(): void {
    this.#kept.open()
  }

  /** Tells everything that waits and that is listened to, in the order it came. */
  tell(listener: Listener): void {
    const { onQuote } = listener
    if (onQuote || listener.onPeer) {
      for (let event = 0; event < this.#count; event++) {
        // Quotes come in long rows.
        if (onQuote && this.#kinds[event] === isQuote)
          onQuote(this.#quoteAt(this.#places[event]! * quoteWidth), millis(this.#at[event]!))
        else this.#tell(listener, event)
      }
      return
    }
    for (let nth = 0; nth < this.#plainCount; nth++) this.#tell(listener, this.#plain[nth]!)
  }

  clear(): void {
    this.#count = this.#plainCount = 0
    this.#counts.fill(0)
    this.#kept.clear()
  }

  #tell({ onBook, onTrades, onPeer }: Listener, event: number): void {
    const at = millis(this.#at[event]!)
    const place = this.#places[event]!
    const kind = this.#kinds[event]
    if (kind === isBook) onBook?.(this.#kept.book(place), at)
    else if (kind === isTrades) onTrades?.(this.#kept.trades(place), at)
    else if (kind === isPeer) {
      const { id, mid } = this.#peers[place]!
      onPeer?.(id, mid, at)
    }
  }

  #quoteAt(from: number): Readonly<Quote> {
    const quote = this.#quote
    const quotes = this.#quotes
    quote.bid = quotes[from]!
    quote.bidSize = quotes[from + 1]!
    quote.ask = quotes[from + 2]!
    quote.askSize = quotes[from + 3]!
    quote.sequence = quotes[from + 4]!
    return quote
  }

  #note(kind: number, at: Millis): number {
    const event = this.#count++
    this.#kinds[event] = kind
    this.#at[event] = at
    return (this.#places[event] = this.#counts[kind]!++)
  }
}
