import type { InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import type { Changes, Touch, Trades } from '../book/changes'
import { Journal, Listener, mostKeptLevels } from './journal'
import type { Metric, MetricRun } from './metric'

type Event = 'look' | 'onBook' | 'onTrades' | 'onQuote' | 'onPeer'
type Hearing<Of extends Event> = MetricRun & Required<Pick<MetricRun, Of>>
const hears =
  <Of extends Event>(event: Of) =>
  (run: MetricRun): run is Hearing<Of> =>
    run[event] !== undefined

/** Who of the running metrics is told what, and when: at once who reads the book meanwhile, the others before the next sample. */
export class Audience {
  /** Of those that are told at once, who listens to what: most do not to all, and asking them would cost more than telling the others. */
  #bookRuns: readonly Hearing<'onBook'>[] = []
  #tradeRuns: readonly Hearing<'onTrades'>[] = []
  #lookers: readonly Hearing<'look'>[] = []
  /** The others, and what waits for them: only what one of them listens to is kept. */
  #later: readonly Listener[] = []
  readonly #journal = new Journal()
  readonly #kept = { books: false, trades: false, quotes: false, peers: false }

  /** From now on these listen; what waits is to be told first. */
  seat(running: readonly { readonly metric: Metric; readonly run: MetricRun }[]): void {
    const atOnce = running.filter(({ metric }) => metric.atOnce).map(({ run }) => run)
    this.#bookRuns = atOnce.filter(hears('onBook'))
    this.#tradeRuns = atOnce.filter(hears('onTrades'))
    const later = running.filter(({ metric }) => !metric.atOnce).map(({ run }) => run)
    this.#later = later.map((run) => new Listener(run))
    this.#lookers = later.filter(hears('look'))
    this.#kept.books = later.some(hears('onBook'))
    this.#kept.trades = later.some(hears('onTrades'))
    this.#kept.quotes = later.some(hears('onQuote'))
    this.#kept.peers = later.some(hears('onPeer'))
  }

  book(changes: Changes, at: Millis): void {
    for (let place = 0; place < this.#bookRuns.length; place++) this.#bookRuns[place]!.onBook(changes, at)
    for (let place = 0; place < this.#lookers.length; place++) this.#lookers[place]!.look()
    if (!this.#kept.books) return
    if (this.#journal.isFull) this.catchUp()
    if (changes.isSnapshot || changes.bids.count + changes.asks.count > mostKeptLevels) {
      this.catchUp()
      for (const { onBook } of this.#later) onBook?.(changes, at)
    } else this.#journal.book(changes, at)
  }

  trades(trades: Trades, at: Millis): void {
    for (let place = 0; place < this.#tradeRuns.length; place++) this.#tradeRuns[place]!.onTrades(trades, at)
    if (!this.#kept.trades) return
    if (this.#journal.isFull) this.catchUp()
    this.#journal.trades(trades, at)
  }

  quote(quote: Readonly<Touch & { sequence: number }>, at: Millis): void {
    if (!this.#kept.quotes) return
    if (this.#journal.isFull) this.catchUp()
    this.#journal.quote(quote, at)
  }

  peer(id: InstrumentId, mid: number, at: Millis): void {
    if (!this.#kept.peers) return
    if (this.#journal.isFull) this.catchUp()
    this.#journal.peer(id, mid, at)
  }

  /** Tells what waits. */
  catchUp(): void {
    if (this.#journal.isEmpty) return
    this.#journal.open()
    for (let place = 0; place < this.#later.length; place++) this.#journal.tell(this.#later[place]!)
    this.#journal.clear()
  }
}
