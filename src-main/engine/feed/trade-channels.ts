import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { FeedListener } from './listener'

/** Trades that the venue has not acknowledged by then are asked for again, ever later. */
const ANSWER_MS = 10_000
/** At the latest so much later, and so are those it refused. */
const AGAIN_MS = 300_000

export interface TradeChannelsParts {
  readonly clock: Clock
  readonly listener: FeedListener
  readonly bookLink: (symbol: string) => Link | undefined
}

interface Asking {
  /** Wall time. */
  readonly at: Millis
  /** Messages of trades that had been told before: a later one is an answer. */
  readonly toldBefore: number
  /** Monotonic ms. */
  dueAt: number
  waitMs: number
  isSaid: boolean
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
    const dueAt = mono + ANSWER_MS
    this.#askings.set(lane, {
      ...{ at, dueAt, toldBefore: lane.counters.trades, waitMs: ANSWER_MS, isSaid: false }
    })
    const answer = this.#answers.get(lane)
    if (answer && answer.at > begunAt) this.answered(lane, answer.refused)
  }

  /** The venue sends them from here on, or does not, for this reason. */
  answered(lane: FeedLane, refused?: string): void {
    this.#answers.set(lane, { at: this.#parts.clock.mono(), refused })
    const asking = this.#askings.get(lane)
    if (!asking) return
    if (refused === undefined) {
      this.forget(lane)
      return
    }
    asking.waitMs = AGAIN_MS
    this.#unknown(lane, asking, `its trades are refused: ${refused}`)
  }

  /** Its book has become live. */
  followed(lane: FeedLane): void {
    const { clock, listener } = this.#parts
    if (this.#askings.get(lane)?.isSaid) listener.onTradesLost(lane.id, clock.now())
  }

  /** Once a second. */
  tick(lane: FeedLane): void {
    const asking = this.#askings.get(lane)
    if (!asking) return
    if (lane.counters.trades > asking.toldBefore) {
      this.forget(lane)
      return
    }
    const link = this.#parts.bookLink(lane.symbol)
    if (this.#parts.clock.mono() < asking.dueAt || !link?.isOpen) return
    asking.waitMs = Math.min(AGAIN_MS, 2 * asking.waitMs)
    this.#unknown(lane, asking, 'its trades are unknown: the venue has not answered, asking again')
    link.send(link.leg.trades?.(lane.symbol) ?? [])
  }

  forget(lane: FeedLane): void {
    this.#askings.delete(lane)
    lane.lack('')
  }

  #unknown(lane: FeedLane, asking: Asking, words: string): void {
    const { clock, listener } = this.#parts
    if (!asking.isSaid) listener.onTradesLost(lane.id, asking.at)
    asking.isSaid = true
    asking.dueAt = clock.mono() + asking.waitMs
    lane.lack(words, millis(Math.ceil(clock.now() + asking.waitMs)))
  }
}
