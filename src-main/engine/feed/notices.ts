import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Venue, VenueEvent } from '../venues/venue'
import type { Catalogue } from './catalogue'
import type { Clock } from './clock'
import { millis } from '../../../src-shared/units'
import type { Fleet } from './fleet'
import { RETOLD_MS } from './halt'
import type { FeedLane } from './lane'
import type { Link } from './link'
import type { Subscriptions } from './subscriptions'

/** A symbol that the venue refused is asked for again this much later. */
const REFUSED_MS = 300_000
/** A venue that is closed but for some of its books for so long is not closed. */
const REFUTED_MS = 60_000
/** That it is open again may have been told and lost: when it has not said for so long that it is closed, its lines are made anew, as many venues tell then. */
const DOUBTED_MS = 900_000

export interface NoticeParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly catalogue: Catalogue
  readonly fleet: Fleet
  readonly subscriptions: Subscriptions
  readonly lane: (symbol: string) => FeedLane | undefined
  readonly lanes: () => Iterable<FeedLane>
  readonly start: (lane: FeedLane) => void
  /** Perhaps the list has changed. */
  readonly suspect: () => void
  /** Continuity of this book is lost, for this reason. */
  readonly lost: (lane: FeedLane, reason: string) => void
  readonly needsSnapshot: (lane: FeedLane) => void
  /** It trades again. */
  readonly reopened: (lane: FeedLane) => void
  /** The venue says that from here on it sends this book. */
  readonly acknowledged: (lane: FeedLane, isNews: boolean) => void
  /** The venue says that from here on it sends its trades; or not, and why. */
  readonly tradesAnswered: (lane: FeedLane, refused: string | undefined) => void
  /** The venue says that from here on it sends what `link`, which brings no book, was asked for. */
  readonly tradesHeard: (lane: FeedLane, link: Link) => void
}

/** What a venue says apart from books and trades, and what follows from it. */
export class Notices {
  readonly #parts: NoticeParts
  readonly #cancelRefusals = new Map<string, () => void>()
  /** Why the whole venue is closed, as it said last; empty while it is open. */
  #closedFor = ''
  /** Monotonic ms. */
  #closedAt = NaN
  /** Monotonic ms at which it said so last, or its lines were made anew to ask. */
  #saidAt = NaN
  /** Monotonic ms at which the lines were made anew, since when it has not said that it is closed; NaN otherwise. */
  #askedAt = NaN
  /** One of those lines was heard for so long that it would have said so, and the list was asked for. */
  #isUncontradicted = false
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
        if (link) this.#subscribed(event, link)
        return
      case 'refused':
        this.#refused(event.symbol ?? this.#onlyOneAsked(link), event.reason)
        return
      case 'trades':
        for (const symbol of event.symbols) {
          const lane = laneOf(symbol)
          if (lane) this.#parts.tradesAnswered(lane, event.refused)
        }
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
        // What its list says of it meanwhile tells whether that may end it.
        if (laneOf(event.symbol)?.halted('symbol', event.reason)) this.#parts.suspect()
        return
      case 'resumed': {
        const lane = laneOf(event.symbol)
        // Some venues repeat it with every ticker.
        if (lane?.halt.end('symbol', 'list')) this.#parts.reopened(lane)
        return
      }
      case 'doubtful': {
        const lane = laneOf(event.symbol)
        if (!lane) return
        lane.void('gap', event.reason)
        needsSnapshot(lane)
        return
      }
      case 'delisted':
        this.#delisted(event.symbol, event.reason)
        return
      case 'maintenance':
        if (event.closed) this.#close(event.reason)
        else this.#open()
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

  /** A book that is watched while the venue is closed. */
  watched(lane: FeedLane): void {
    if (this.#closedFor) lane.halted('venue', this.#closedFor)
  }

  /** Once a second: when a book of a closed venue has long been trading again, the venue's word that it is open was lost. */
  tick(): void {
    const { venue, clock, lanes, reopened } = this.#parts
    const mono = clock.mono()
    if (!this.#closedFor || mono - this.#closedAt < REFUTED_MS) return
    if ([...lanes()].some((lane) => lane.isFollowed)) {
      this.#closedFor = ''
      for (const lane of lanes()) if (lane.halt.end('venue')) reopened(lane)
    } else if (!venue.status && mono - this.#saidAt >= DOUBTED_MS) this.#askAnew()
    else if (!this.#isUncontradicted && this.#mayBeOpen()) {
      this.#isUncontradicted = true
      this.#parts.suspect()
    }
  }

  /** The venue's list came in: when its new lines did not say that it is closed, and this calls a book of ours trading, it is open. */
  listed(): void {
    const { catalogue, lanes } = this.#parts
    if (!this.#mayBeOpen()) return
    if ([...lanes()].some(({ symbol }) => catalogue.find(symbol)?.trading === 'trading')) this.#open()
  }

  /** It was asked, and has had the time to say on a new line that it is closed. */
  #mayBeOpen(): boolean {
    const isHeard = this.#parts.fleet.links.some((link) => link.heardFor() >= RETOLD_MS)
    return !Number.isNaN(this.#askedAt) && isHeard
  }

  #askAnew(): void {
    this.#askedAt = this.#saidAt = this.#parts.clock.mono()
    this.#isUncontradicted = false
    for (const link of this.#parts.fleet.links) link.reconnect('asking whether the venue is open')
  }

  /** Each line of a venue tells it. */
  #close(reason: string): void {
    this.#saidAt = this.#parts.clock.mono()
    this.#askedAt = NaN
    if (this.#closedFor) return
    this.#closedAt = this.#saidAt
    this.#closedFor = reason || 'closed'
    this.#warned(`it is closed: ${reason}`)
    for (const lane of this.#parts.lanes()) lane.halted('venue', this.#closedFor)
  }

  #warned(words: string): void {
    this.#lastError = { at: this.#parts.clock.now(), reason: `the venue says ${words}` }
  }

  /** Books that have come back by themselves since it closed are whole. */
  #open(): void {
    const { fleet, lane, lanes } = this.#parts
    this.#askedAt = NaN
    if (!this.#closedFor) return
    this.#closedFor = ''
    for (const it of lanes()) it.halt.end('venue')
    for (const link of fleet.links)
      if ([...link.wanted].some((symbol) => !lane(symbol)?.isFollowed))
        link.reconnect('the venue is open again')
  }

  /** An acknowledgement that names nobody is of those its request named; without that, it is taken for everything asked for on its link. */
  #subscribed({ symbols, request }: Extract<VenueEvent, { kind: 'subscribed' }>, link: Link): void {
    const { lane: laneOf, subscriptions, acknowledged, tradesHeard } = this.#parts
    const unnamed = request === undefined ? link.wanted : link.answered(request)
    for (const symbol of symbols.length > 0 ? symbols : unnamed) {
      const lane = laneOf(symbol)
      if (!lane) continue
      if (link.leg.carriesBook) acknowledged(lane, subscriptions.acknowledge(lane))
      else tradesHeard(lane, link)
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
    this.#parts.suspect()
    this.#cancelRefusals.set(
      symbol,
      clock.after(REFUSED_MS, () => {
        this.#cancelRefusals.delete(symbol)
        if (this.#parts.lane(symbol) === lane) start(lane)
      })
    )
  }
}
