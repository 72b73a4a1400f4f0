import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { FeedListener } from './listener'

/** Trades that the venue has not acknowledged by then are asked for again, ever later. */
export const ANSWER_MS = 10_000
/** At the latest so much later, and so are those it refused. */
export const AGAIN_MS = 300_000

export interface TradeChannelsParts {
  readonly clock: Clock
  readonly listener: FeedListener
  readonly bookLink: (symbol: string) => Link | undefined
}

/** What is said of them meanwhile. */
export const UNANSWERED = 'its trades are unknown: the venue has not answered, asking again'

interface Asking {
  /** Wall time since which they may be missing. */
  readonly at: Millis
  /** Messages of trades that had been told before: a later one is an answer. */
  readonly toldBefore: number
  /** Monotonic ms. */
  dueAt: number
  waitMs: number
  isSaid: boolean
  /** What is said of them once they have not come: that the venue has not answered, or why it refused. */
  words: string
}

/**
 * Whether the venue sends the trades of a book, where it acknowledges them by themselves on the book's own line: a book may be fine while its trades were refused or
 * never heard of. They are missed from when they were asked for, the book says so, and they are asked for again without it.
 */
export class TradeChannels {
  readonly #parts: TradeChannelsParts
  readonly #askings = new Map<FeedLane, Asking>()
  /** The venue's latest word of each; `at` is monotonic, ms. */
  readonly #answers = new WeakMap<FeedLane, { readonly at: number; readonly refused: string | undefined }>()

  constructor(parts: TradeChannelsParts) {
    this.#parts = parts
  }

  /** They were asked for with its book, from `begunAt` (monotonic ms) on; of many books the first may be answered before the last has been asked for. */
  asked(lane: FeedLane, begunAt: number): void {
    const { clock, bookLink } = this.#parts
    this.forget(lane)
    if (!bookLink(lane.symbol)?.leg.trades) return
    const mono = clock.mono()
    const at = millis(clock.now() - (mono - begunAt))
    this.#open(lane, at)
    const answer = this.#answers.get(lane)
    if (answer && answer.at > begunAt) this.answered(lane, answer.refused)
  }

  /** Another line has taken over, on which they were asked for too. What it has brought is read next; what was answered on the one before says nothing of it. */
  inherited(lane: FeedLane): void {
    const before = this.#askings.get(lane)
    this.#answers.delete(lane)
    if (!this.#parts.bookLink(lane.symbol)?.leg.trades) return
    const asking = this.#open(lane, before?.at ?? this.#heardAt(lane))
    if (before?.isSaid) lane.lack(before.words, this.#wallOf(asking.dueAt))
  }

  /** The venue sends them from here on, or does not, for this reason: also where it had said before that it does. */
  answered(lane: FeedLane, refused?: string): void {
    this.#answers.set(lane, { at: this.#parts.clock.mono(), refused })
    if (refused === undefined) {
      if (this.#askings.has(lane)) this.forget(lane)
      return
    }
    if (!this.#parts.bookLink(lane.symbol)?.leg.trades) return
    const asking = this.#askings.get(lane) ?? this.#open(lane, this.#heardAt(lane))
    asking.waitMs = AGAIN_MS
    asking.words = `its trades are refused: ${refused}`
    this.#missing(lane, asking)
  }

  /** Its book has become live. */
  followed(lane: FeedLane): void {
    const { clock, listener } = this.#parts
    if (this.#askings.get(lane)?.isSaid) listener.onTradesLost(lane.id, clock.now())
  }

  /** Once a second: all that are due are asked for again, those of a line in one go. */
  tick(lanes: Iterable<FeedLane>): void {
    const due = new Map<Link, string[]>()
    for (const lane of lanes) {
      const link = this.#dueOn(lane)
      if (link) due.set(link, [...(due.get(link) ?? []), lane.symbol])
    }
    for (const [link, symbols] of due) link.askTrades(symbols)
  }

  /** The link on which they are to be asked for again now. */
  #dueOn(lane: FeedLane): Link | undefined {
    const asking = this.#askings.get(lane)
    if (!asking) return undefined
    if (lane.counters.trades > asking.toldBefore) {
      this.forget(lane)
      return undefined
    }
    const link = this.#parts.bookLink(lane.symbol)
    if (this.#parts.clock.mono() < asking.dueAt || !link?.isOpen) return undefined
    asking.waitMs = Math.min(AGAIN_MS, 2 * asking.waitMs)
    this.#missing(lane, asking)
    return link
  }

  forget(lane: FeedLane): void {
    this.#askings.delete(lane)
    lane.lack('')
  }

  #open(lane: FeedLane, at: Millis): Asking {
    const dueAt = this.#parts.clock.mono() + ANSWER_MS
    const toldBefore = lane.counters.trades
    const asking = { at, dueAt, toldBefore, waitMs: ANSWER_MS, isSaid: false, words: UNANSWERED }
    this.#askings.set(lane, asking)
    return asking
  }

  #missing(lane: FeedLane, asking: Asking): void {
    const { clock, listener } = this.#parts
    if (!asking.isSaid) listener.onTradesLost(lane.id, asking.at)
    asking.isSaid = true
    asking.dueAt = clock.mono() + asking.waitMs
    lane.lack(asking.words, this.#wallOf(asking.dueAt))
  }

  /** Lines keep the order: what was traded before the latest frame that was read has been heard. */
  #heardAt({ symbol }: FeedLane): Millis {
    const { bookLink, clock } = this.#parts
    const { heardAt = NaN } = bookLink(symbol) ?? {}
    return Number.isNaN(heardAt) ? clock.now() : millis(heardAt)
  }

  #wallOf(mono: number): Millis {
    const { clock } = this.#parts
    return millis(Math.ceil(clock.now() + mono - clock.mono()))
  }
}
