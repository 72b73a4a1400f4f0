import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { AskedFigures, Endpoints, Venue } from '../venues/venue'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

/** It moves slowly, and every question costs weight. */
const EVERY_MS = 60_000
/** A figure this old is none. */
const WORTHLESS_MS = 5 * 60_000

export interface ReferencePollParts {
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

const unknown: AskedFigures = { index: NaN, funding: NaN, openInterest: NaN }

/**
 * Reference figures of a venue that tells them only when asked: once a minute for every derivative whose book stands, one question under way at a time, after
 * all other requests. At most one question a second, so it never costs more than 60 of weight a minute. Open interest beside figures of a stream is handed on
 * at once, and has an age of its own.
 */
export class ReferencePolls {
  readonly #parts: ReferencePollParts
  readonly #asked = new Map<FeedLane, Asked>()
  #underWay: { readonly lane: FeedLane; readonly cancel: () => void } | undefined
  #lastError: LinkHealth['lastError']

  constructor(parts: ReferencePollParts) {
    this.#parts = parts
  }

  /** The latest question that brought no figure, and why. */
  get lastError(): LinkHealth['lastError'] {
    return this.#lastError
  }

  /** Once a second, with all lanes of the venue. */
  tick(lanes: Iterable<FeedLane>): void {
    if (!this.#parts.venue.asked) return
    const mono = this.#parts.clock.mono()
    let next: FeedLane | undefined
    let longest = EVERY_MS
    for (const lane of lanes) {
      const { at, toldAt } = this.#of(lane)
      if (mono - toldAt > WORTHLESS_MS) this.#tell(lane, undefined)
      if (lane.instrument.product === 'spot' || !lane.isFollowed || !(mono - at >= longest)) continue
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
      ...venue.asked!.request(lane.symbol, endpoints()),
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
    const figures = venue.asked!.read(answer.bytes, lane)
    if (figures) {
      this.#tell(lane, figures)
      return
    }
    lane.counters.rejected++
    this.#failed(lane, 'the answer does not tell it')
  }

  #failed({ symbol }: FeedLane, reason: string): void {
    this.#lastError = {
      at: this.#parts.clock.now(),
      reason: `${this.#parts.venue.asked!.what} of ${symbol}: ${reason}`
    }
  }

  /** Undefined: what was told is too old to stand. */
  #tell(lane: FeedLane, figures: AskedFigures | undefined): void {
    const { venue, clock } = this.#parts
    const now = clock.now()
    this.#of(lane).toldAt = figures ? clock.mono() : NaN
    if (!venue.asked!.isAlone) {
      const { openInterest = NaN } = figures ?? {}
      lane.refer({ openInterest, openInterestAt: figures ? now : NaN })
      lane.tellReference()
      return
    }
    if (!figures) {
      lane.lapse(`${venue.asked!.what} not answered for ${WORTHLESS_MS / 60_000} min`)
      return
    }
    lane.refer({ ...unknown, ...figures, at: now })
    lane.referred(now)
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
