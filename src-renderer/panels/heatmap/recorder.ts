import type { BookView, PastDepth } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import { isLive } from '../../../src-shared/status'
import type { DepthHistory } from '../../charts/depth-history'
import { longestHoldMs } from '../../charts/depth-history'
import { frontier } from '../../parts/frontier'
import { seers } from '../../parts/flags'
import { micropriceWants } from '../../parts/microprice'
import type { Desk } from '../../state/desk'
import type { Market, Series, Want } from '../../state/market'
import { historyOf } from './kept'

/** Levels a side asked for. */
const levels = 1_000
/** So long after asking, a shorter side is a whole side; before, the engine may not have heard of our wish. */
const settleMs = 1_500
/** Books are told at least so often by the clock on the wall, however fast that of a replay goes. */
const toldMs = 200

/** What the picture of an instrument needs of the engine. */
export const wantOf = (market: Market, id: InstrumentId): Want => ({
  id,
  levels,
  trades: true,
  metrics: ['vwap', ...micropriceWants, ...seers(market.metrics)]
})

/**
 * How long a book is believed to stand in the picture, ms. A row comes each second while the engine looks: after two without one nobody knows whether it does.
 * In a replay faster than tenfold fewer are told, and each stands until the next.
 */
export const holdOf = ({ replay }: Desk['tape']): number =>
  Math.max(longestHoldMs, toldMs * (replay?.speed ?? 1))

/** A live book as it was taken in, ticks. */
export interface Recorded {
  readonly mid: number
  /** Worst prices up to which each side is known to this window. */
  readonly knownBid: number
  readonly knownAsk: number
}

/** Takes the books of one instrument into its history, whether or not anything shows it. */
export class DepthRecorder {
  readonly #desk: Desk
  readonly #id: InstrumentId
  readonly #askedAt: number
  #history: DepthHistory | undefined
  /** Whose grid the history is on, and the stretch of rows it belongs to. */
  #instrument: Instrument | undefined
  #series: Series | undefined
  /** What was kept before this start, as far as it has been taken in. */
  #past: readonly PastDepth[] | undefined

  constructor(desk: Desk, id: InstrumentId) {
    this.#desk = desk
    this.#id = id
    this.#askedAt = desk.now
  }

  /** Undefined before the first live book. */
  get history(): DepthHistory | undefined {
    return this.#history
  }
  get now(): number {
    const series = this.#desk.market.series(this.#id)
    return Math.max(this.#desk.now, series.length > 0 ? series.at(series.length - 1) : 0)
  }

  /** Takes the present book in; undefined where there is none. A book that is not live ends what held. */
  record(): Recorded | undefined {
    const { market } = this.#desk
    const book = market.book(this.#id)
    const instrument = market.instrument(this.#id)
    if (!isLive(market.status(this.#id))) {
      this.#history?.lose()
      return undefined
    }
    const [bid, ask] = [book?.bids[0], book?.asks[0]]
    if (!book || !instrument || bid === undefined || ask === undefined) return undefined
    const holdMs = holdOf(this.#desk.tape)
    if (this.#desk.now - this.#heardAt(book) > holdMs) {
      this.#history?.lose()
      return undefined
    }
    const mid = (bid + ask) / 2
    const history = this.#begin(instrument, mid)
    const known = this.#known(book)
    history.take({ ...book, ...known }, Math.max(this.now, book.at), holdMs)
    const past = market.pastDepth?.(this.#id)
    if (past !== this.#past) history.takePast(past ?? [])
    this.#past = past
    return { mid, ...known }
  }

  /** When the engine told of it last. */
  #heardAt(book: BookView): number {
    const series = this.#desk.market.series(this.#id)
    return Math.max(book.at, series.length > 0 ? series.at(series.length - 1) : 0)
  }

  /** On another grid a tick is another price and a lot another size: nothing kept on the old one can be drawn beside the new. */
  #begin(instrument: Instrument, mid: number): DepthHistory {
    const { market } = this.#desk
    const series = market.series(this.#id)
    if (this.#history && instrument === this.#instrument && series === this.#series) return this.#history
    this.#instrument = instrument
    this.#series = series
    const history = historyOf(market, instrument, mid)
    if (history !== this.#history) this.#past = undefined
    this.#history = history
    return history
  }

  #known(book: BookView): Pick<Recorded, 'knownBid' | 'knownAsk'> {
    const { now, tape } = this.#desk
    const asked = now - this.#askedAt < settleMs * Math.max(1, tape.replay?.speed ?? 1) ? 0 : levels
    return {
      knownBid: frontier(book.bids, 'bid', book.knownBid, asked),
      knownAsk: frontier(book.asks, 'ask', book.knownAsk, asked)
    }
  }
}
