import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Venue, VenueEvent } from '../venues/venue'
import type { Catalogue } from './catalogue'
import type { Clock } from './clock'
import { millis } from '../../../src-shared/units'
import type { Fleet } from './fleet'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { Subscriptions } from './subscriptions'

/** A symbol that the venue refused is asked for again this much later. */
const REFUSED_MS = 300_000

export interface NoticeParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly fleet: Fleet
  readonly subscriptions: Subscriptions
  readonly lane: (symbol: string) => FeedLane | undefined
  readonly lanes: () => Iterable<FeedLane>
  readonly start: (lane: FeedLane) => void
  /** Continuity of this book is lost, for this reason. */
  readonly lost: (lane: FeedLane, reason: string) => void
  readonly needsSnapshot: (lane: FeedLane) => void
  /** The venue says that from here on it sends this book. */
  readonly acknowledged: (lane: FeedLane) => void
}

/** What a venue says apart from books and trades, and what follows from it. */
export class Notices {
  readonly #parts: NoticeParts
  readonly #cancelRefusals = new Map<string, () => void>()
  #lastError: LinkHealth['lastError']

  constructor(parts: NoticeParts) {
    this.#parts = parts
  }

  /** When the venue last said that it closes, or that it will close a connection, and why. */
  get lastError(): LinkHealth['lastError'] {
    return this.#lastError
  }

  isRefused(symbol: string): boolean {
    return this.#cancelRefusals.has(symbol)
  }

  /** `link`: the one it was said on. */
  said(event: VenueEvent, link: Link | undefined): void {
    const { lane: laneOf, catalogue, needsSnapshot } = this.#parts
    switch (event.kind) {
      case 'subscribed':
        this.#subscribed(event.symbols, link)
        return
      case 'refused':
        this.#refused(event.symbol ?? this.#onlyOneAsked(link), event.reason)
        return
      case 'closing':
        this.#warned(`it will close a connection: ${event.reason}`)
        link?.rotate()
        return
      case 'reconnect':
        if (event.later) link?.fail(event.reason)
        else link?.reconnect(event.reason)
        return
      case 'halted':
        laneOf(event.symbol)?.void('halted', event.reason)
        return
      case 'resumed':
      case 'doubtful': {
        const lane = laneOf(event.symbol)
        if (!lane) return
        if (event.kind === 'doubtful') lane.void('gap', event.reason)
        needsSnapshot(lane)
        return
      }
      case 'delisted':
        this.#delisted(event.symbol, event.reason)
        return
      case 'maintenance':
        if (event.closed) this.#closed(event.reason)
        else this.#opened()
        return
      case 'relisted':
        catalogue.renew()
        return
      case 'answer':
        link?.send([event.text])
        return
      case 'ignored':
      case 'heard':
      case 'reference':
      case 'malformed':
        return
    }
  }

  /** Tries all refused symbols again now. */
  retry(): void {
    for (const symbol of [...this.#cancelRefusals.keys()]) {
      this.forget(symbol)
      const lane = this.#parts.lane(symbol)
      if (lane) this.#parts.start(lane)
    }
  }

  forget(symbol: string): void {
    this.#cancelRefusals.get(symbol)?.()
    this.#cancelRefusals.delete(symbol)
  }

  stop(): void {
    for (const symbol of [...this.#cancelRefusals.keys()]) this.forget(symbol)
  }

  #closed(reason: string): void {
    this.#warned(`it is closed: ${reason}`)
    for (const lane of this.#parts.lanes()) lane.void('halted', reason)
  }

  #warned(words: string): void {
    this.#lastError = { at: this.#parts.clock.now(), reason: `the venue says ${words}` }
  }

  /** Books that have come back by themselves since it closed are whole. */
  #opened(): void {
    const { fleet, lane } = this.#parts
    for (const link of fleet.links)
      if ([...link.wanted].some((symbol) => !lane(symbol)?.isFollowed))
        link.reconnect('the venue is open again')
  }

  /** An acknowledgement that names nobody is taken for everything asked for on its link. */
  #subscribed(symbols: readonly string[], link: Link | undefined): void {
    if (!link?.leg.carriesBook) return
    const { lane: laneOf, subscriptions, acknowledged } = this.#parts
    for (const symbol of symbols.length > 0 ? symbols : link.wanted) {
      const lane = laneOf(symbol)
      if (!lane) continue
      subscriptions.confirm(lane)
      acknowledged(lane)
    }
  }

  /** Whom a refusal means that names nobody: it can only be told when one request is open. */
  #onlyOneAsked(link: Link | undefined): string | undefined {
    const { lane: laneOf, subscriptions } = this.#parts
    const open = [...(link?.wanted ?? [])].filter((symbol) => {
      const lane = laneOf(symbol)
      return lane && !subscriptions.isConfirmed(lane)
    })
    return open.length === 1 ? open[0] : undefined
  }

  #delisted(symbol: string, reason: string): void {
    const lane = this.#parts.lane(symbol)
    if (!lane) return
    this.#parts.fleet.leave(symbol)
    this.#parts.lost(lane, reason)
    lane.say('delisted', reason)
  }

  #refused(symbol: string | undefined, reason: string): void {
    const lane = symbol === undefined ? undefined : this.#parts.lane(symbol)
    if (symbol === undefined || !lane || this.isRefused(symbol)) return
    const { clock, fleet, lost, start } = this.#parts
    fleet.leave(symbol)
    lost(lane, reason)
    lane.say('refused', reason, millis(clock.now() + REFUSED_MS))
    this.#cancelRefusals.set(
      symbol,
      clock.after(REFUSED_MS, () => {
        this.#cancelRefusals.delete(symbol)
        if (this.#parts.lane(symbol) === lane) start(lane)
      })
    )
  }
}
