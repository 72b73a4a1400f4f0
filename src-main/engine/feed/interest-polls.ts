import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Endpoints, Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** It moves slowly, and every question costs weight. */
const EVERY_MS = 60_000
/** A figure this old is none. */
const WORTHLESS_MS = 5 * 60_000

export interface InterestParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly rest: Rest
  readonly endpoints: () => Endpoints
  /** False when time has jumped: what an answer held is of before. */
  readonly isAwake: () => boolean
}

interface Asked {
  /** Monotonic ms. */
  at: number
  /** Monotonic ms at which the figure that stands was told; NaN without one. */
  toldAt: number
}

/**
 * Open interest of a venue that tells it only when asked: once a minute for every book that stands, one question under way at a time, after all other requests.
 * At most one question a second, so it never costs more than 60 of weight a minute. The figure is handed on with the venue's next reference message, and has an
 * age of its own.
 */
export class InterestPolls {
  readonly #parts: InterestParts
  readonly #asked = new Map<FeedLane, Asked>()
  #underWay: { readonly lane: FeedLane; readonly cancel: () => void } | undefined
  #lastError: LinkHealth['lastError']

  constructor(parts: InterestParts) {
    this.#parts = parts
  }

  /** The latest question that brought no figure, and why. */
  get lastError(): LinkHealth['lastError'] {
    return this.#lastError
  }

  /** Once a second, with all lanes of the venue. */
  tick(lanes: Iterable<FeedLane>): void {
    if (!this.#parts.venue.openInterest) return
    const mono = this.#parts.clock.mono()
    let next: FeedLane | undefined
    let longest = EVERY_MS
    for (const lane of lanes) {
      const { at, toldAt } = this.#of(lane)
      if (mono - toldAt > WORTHLESS_MS) this.#tell(lane, NaN)
      if (!lane.isFollowed || !(mono - at >= longest)) continue
      next = lane
      longest = mono - at
    }
    if (next && !this.#underWay) this.#ask(next)
  }

  /** The lane is watched no more. */
  forget(lane: FeedLane): void {
    this.#asked.delete(lane)
    if (this.#underWay?.lane !== lane) return
    this.#underWay.cancel()
    this.#underWay = undefined
  }

  #ask(lane: FeedLane): void {
    const { venue, clock, rest, endpoints } = this.#parts
    this.#of(lane).at = clock.mono()
    // Set before, as an answer may come in this very call.
    let cancel = (): void => undefined
    this.#underWay = {
      lane,
      cancel: () => {
        cancel()
      }
    }
    cancel = rest.get({
      ...venue.openInterest!.request(lane.symbol, endpoints()),
      rank: () => Infinity,
      answered: (answer) => {
        this.#underWay = undefined
        this.#answered(lane, answer)
      }
    })
  }

  /** Without an answer the figure only grows older. */
  #answered(lane: FeedLane, answer: HttpAnswer): void {
    const { venue, isAwake } = this.#parts
    if (!isAwake()) return
    if (!answer.ok) {
      this.#failed(lane, answer.reason)
      return
    }
    const interest = venue.openInterest!.read(answer.bytes, lane)
    if (!Number.isNaN(interest)) {
      this.#tell(lane, interest)
      return
    }
    lane.counters.rejected++
    this.#failed(lane, 'the answer holds no such figure')
  }

  #failed({ symbol }: FeedLane, reason: string): void {
    this.#lastError = { at: this.#parts.clock.now(), reason: `open interest of ${symbol}: ${reason}` }
  }

  #tell(lane: FeedLane, openInterest: number): void {
    const { clock } = this.#parts
    const isKnown = !Number.isNaN(openInterest)
    this.#of(lane).toldAt = isKnown ? clock.mono() : NaN
    lane.refer({ openInterest, openInterestAt: isKnown ? clock.now() : NaN })
  }

  #of(lane: FeedLane): Asked {
    let asked = this.#asked.get(lane)
    if (!asked) {
      asked = { at: -Infinity, toldAt: NaN }
      this.#asked.set(lane, asked)
    }
    return asked
  }
}
