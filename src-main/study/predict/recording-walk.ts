import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Book } from '../../engine/book/book'
import type { Changes, Trades } from '../../engine/book/changes'
import type { FeedListener } from '../../engine/feed/listener'
import { BookForecast } from '../../engine/forecast/book-forecast'
import type { ForecastSettings, Forecaster } from '../../engine/forecast/forecaster'
import type { PeerListener } from '../../engine/peers'
import { Peers } from '../../engine/peers'
import type { Quote } from '../../engine/venues/venue'
import type { PeerMids } from './peer-mids'

const nothing = (): void => undefined

/**
 * The forecast of one instrument of a recording, in the order of the engine: what else of its coin the recording holds leads it as it would live. `chosen`
 * undefined: the first that comes. `beside`: mids of other recordings, by the same clock.
 */
export class RecordingWalk implements FeedListener {
  readonly #settings: ForecastSettings
  readonly #beside: PeerMids | undefined
  readonly #peers = new Peers()
  readonly #known = new Map<InstrumentId, PeerListener>()
  #chosen: InstrumentId | undefined
  #forecast: BookForecast | undefined

  constructor(settings: ForecastSettings, chosen?: InstrumentId, beside?: PeerMids) {
    this.#settings = settings
    this.#chosen = chosen
    this.#beside = beside
  }

  /** Undefined while no book of the instrument stood. */
  get forecaster(): Forecaster | undefined {
    return this.#forecast?.forecaster
  }

  /** What is forecast; undefined before it is known. */
  get instrument(): Instrument | undefined {
    return this.#chosen === undefined ? undefined : this.#known.get(this.#chosen)?.instrument
  }

  /** What the recording named, chosen or not. */
  get instruments(): readonly InstrumentId[] {
    return [...this.#known.keys()]
  }

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    this.#hearBeside(at)
    if (id === this.#chosen) {
      this.#forecast ??= new BookForecast(book, this.#settings)
      this.#forecast.onBook(changes, at)
    }
    this.#peers.onBook(id, changes, at)
  }
  onQuote(id: InstrumentId, quote: Quote, at: Millis): void {
    this.#hearBeside(at)
    if (id === this.#chosen) this.#forecast?.onQuote(quote, quote.sequence, at)
    this.#peers.onQuote(id, quote, at)
  }
  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#hearBeside(at)
    if (id === this.#chosen) this.#forecast?.onTrades(trades, at)
  }
  onGap(id: InstrumentId, at: Millis): void {
    if (id === this.#chosen) this.#forecast?.onGap()
    this.#peers.onGap(id, at)
  }
  onRescale(id: InstrumentId, instrument: Instrument, priceFactor: number, sizeFactor: number): void {
    if (id === this.#chosen) this.#forecast?.forecaster.rescale(priceFactor, sizeFactor)
    this.onInstruments([instrument])
  }
  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list) {
      this.#chosen ??= instrument.id
      const onPeer: PeerListener['onPeer'] =
        instrument.id === this.#chosen ? (peer, mid, at) => this.#forecast?.onPeer(peer, mid, at) : nothing
      this.#known.set(instrument.id, { id: instrument.id, instrument, onPeer })
    }
    this.#peers.arrange(this.#known.values(), millis(NaN))
  }
  onTradesLost = nothing
  onLiquidations = nothing
  onReference = nothing
  onStatus = nothing

  #hearBeside(at: Millis): void {
    this.#beside?.hear(at, (peer, mid, then) => this.#forecast?.onPeer(peer, mid, then))
  }
}
