import type { Clock } from '../../../src-main/engine/feed/clock'
import { tradeFlag } from '../../../src-shared/trade-flag'
import { between, chanceOf, waitOf } from './chance'
import type { Deal, Dialect, DialectLine, Listing, Market } from './dialect'
import type { Step } from './truth'
import { Truth } from './truth'

const EPOCH = 1_800_000_000_000
/** Deals of an instrument kept in mind; what is older nobody tells any more. */
const KEPT_DEALS = 20_000
/** Before the first of them. */
const FIRST_DEAL = 1_000
/** So many of them are told as the past. */
const RECENT_DEALS = 4
/** No instrument has so many: their ids never meet. */
const MOST_DEALS = 1e9
const { block, combo, liquidation, rpi } = tradeFlag
/** By the last digit of a deal's number. */
const special: readonly number[] = [0, block, 0, 0, combo, 0, liquidation, 0, 0, rpi]

export interface SimVenueOptions {
  readonly dialect: Dialect
  readonly clock: Clock
  readonly seed: number
  /** Mean time between two messages of one book, ms. */
  readonly paceMs?: number
  /** Instead of the dialect's own. */
  readonly listings?: readonly Listing[]
  /** Levels a side of each book to begin with. */
  readonly levels?: number
}

/** One client's connection as the venue holds it. `say` may lose what it is given: that is the network's affair. */
export type Say = (text: string, book: string | undefined) => void

/** A venue in one dialect over its own truth: books that wander, trades, requests. It does nothing wrong by itself. */
export class SimVenue implements Market {
  readonly dialect: Dialect
  readonly listings: readonly Listing[]
  /** Mean pace of each book, ms; Infinity: it stands still. */
  readonly paces = new Map<string, number>()
  readonly #clock: Clock
  readonly #chance: () => number
  readonly #truths = new Map<string, Truth>()
  readonly #lines = new Set<DialectLine>()
  readonly #cancels: (() => void)[] = []
  readonly #deals = new Map<number, Deal>()
  /** The number of the latest deal of each instrument: 1 more from one to the next. */
  readonly #latest = new Map<string, number>()
  /** Deals made. */
  deals = 0
  /** Symbols that are refused or gone, for dialects that can say so. */
  readonly gone = new Set<string>()
  /** Hears of every deal, with all lines. */
  onDeal: ((deal: Deal) => void) | undefined
  /** Book messages that left, whoever heard them. */
  steps = 0

  constructor({ dialect, clock, seed, paceMs = 300, listings = dialect.listings, levels }: SimVenueOptions) {
    this.dialect = dialect
    this.listings = listings
    this.#clock = clock
    this.#chance = chanceOf(seed)
    for (const [index, { symbol }] of listings.entries()) {
      this.#latest.set(symbol, index * MOST_DEALS + FIRST_DEAL)
      const { view, ids, most = 5, fallsSilently = false, proven } = dialect
      const mid = between(this.#chance, 20_000, 90_000)
      const common = { symbol, chance: this.#chance, view, ids, most, mid, fallsSilently, proven }
      const truth = new Truth({ ...common, ...(levels === undefined ? {} : { levels }) })
      truth.begin(this.now())
      this.#truths.set(symbol, truth)
      this.paces.set(symbol, paceMs)
      this.#next(symbol)
    }
    this.#cancels.push(
      clock.every(1_000, () => {
        for (const line of this.#lines) line.beat?.()
      })
    )
  }

  truth(symbol: string): Truth | undefined {
    return this.#truths.get(symbol)
  }

  deal(id: number): Deal | undefined {
    return this.#deals.get(id)
  }

  recent(symbol: string): readonly Deal[] {
    const latest = this.#latest.get(symbol)!
    const numbers = Array.from({ length: RECENT_DEALS }, (_, n) => latest - RECENT_DEALS + 1 + n)
    return numbers.flatMap((n) => this.#deals.get(this.#idOf(n)) ?? [])
  }

  listing(symbol: string): Listing | undefined {
    return this.listings.find((it) => it.symbol === symbol)
  }

  /** The venue's own time, unix ms: nobody sets its clock. */
  now(): number {
    return EPOCH + Math.floor(this.#clock.mono())
  }

  /** A client connects. The answer hears its words, and hangs up. */
  connect(url: string, say: Say): { readonly hear: (text: string) => void; readonly close: () => void } {
    const line = this.dialect.line({
      url: new URL(url),
      market: this,
      say: (frame, book) => {
        say(typeof frame === 'string' ? frame : JSON.stringify(frame), book)
      }
    })
    this.#lines.add(line)
    return {
      hear: (text) => {
        line.hear(text)
      },
      close: () => {
        this.#lines.delete(line)
      }
    }
  }

  answer(url: string, post: string | undefined): string | undefined {
    const answer = this.dialect.answer(new URL(url), post, this)
    return typeof answer === 'object' ? JSON.stringify(answer) : answer
  }

  /** One message of one book, now. */
  advance(symbol: string): Step | undefined {
    const step = this.#truths.get(symbol)!.step(this.now())
    if (!step) return undefined
    this.steps++
    for (const line of this.#lines) if (line.books.has(symbol)) line.step(step)
    if (this.#chance() < 0.2) this.#trade(symbol)
    return step
  }

  /** A pace that is changed holds from the next message on. */
  pace(symbol: string, ms: number): void {
    const stood = this.paces.get(symbol) === Infinity
    this.paces.set(symbol, ms)
    if (stood) this.#next(symbol)
  }

  /** Ids start over. Who is connected is the network's affair. */
  restart(): void {
    for (const truth of this.#truths.values()) truth.restart()
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#lines.clear()
    for (const symbol of this.#truths.keys()) this.paces.set(symbol, Infinity)
  }

  #next(symbol: string): void {
    const pace = this.paces.get(symbol)!
    if (pace === Infinity) return
    this.#clock.after(waitOf(this.#chance, pace), () => {
      if (this.paces.get(symbol) === Infinity) return
      this.advance(symbol)
      this.#next(symbol)
    })
  }

  #trade(symbol: string): void {
    const { bids, asks } = this.#truths.get(symbol)!
    const buys = this.#chance() < 0.5
    const [price] = (buys ? asks : bids)[0]!
    const size = between(this.#chance, 1, 900)
    const aggressor = buys ? 'buy' : 'sell'
    this.deals++
    const n = this.#latest.get(symbol)! + 1
    this.#latest.set(symbol, n)
    const id = this.#idOf(n)
    const deal = { symbol, id, price, size, aggressor, at: this.now(), flags: special[n % 10]! } as const
    this.#deals.set(id, deal)
    this.#deals.delete(this.#idOf(n - KEPT_DEALS))
    for (const line of this.#lines) line.trade?.(deal)
    this.onDeal?.(deal)
  }

  #idOf(n: number): number {
    return this.dialect.dealId?.(n) ?? n
  }
}
