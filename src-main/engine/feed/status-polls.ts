import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Endpoints, Venue, VenueEvent } from '../venues/venue'
import type { Clock } from './clock'
import type { Rest } from './rest'
import type { HttpAnswer } from './transport'

const EVERY_MS = 60_000

export interface StatusPollParts {
  readonly venue: Venue
  readonly clock: Clock
  readonly rest: Rest
  readonly endpoints: () => Endpoints
  /** False when time has jumped: what an answer held is of before. */
  readonly isAwake: () => boolean
  /** It has closed, or is open again. */
  readonly said: (event: VenueEvent) => void
}

/**
 * Whether a venue is open that tells it only when asked: once a minute while something of it is watched, after all other requests. Only what has changed is
 * told. Without an answer what was known stands, and the failure is told in words.
 */
export class StatusPolls {
  readonly #parts: StatusPollParts
  /** Monotonic ms. */
  #askedAt = -Infinity
  #isUnderWay = false
  #isClosed = false
  #lastError: LinkHealth['lastError']

  constructor(parts: StatusPollParts) {
    this.#parts = parts
  }

  /** The latest question that brought no answer, and why. */
  get lastError(): LinkHealth['lastError'] {
    return this.#lastError
  }

  /** Once a second. */
  tick(isWatched: boolean): void {
    const { venue, clock, rest, endpoints } = this.#parts
    const { status } = venue
    if (!status || !isWatched || this.#isUnderWay || clock.mono() - this.#askedAt < EVERY_MS) return
    this.#askedAt = clock.mono()
    this.#isUnderWay = true
    rest.get({
      ...status.request(endpoints()),
      rank: () => Infinity,
      answered: (answer) => {
        this.#isUnderWay = false
        this.#answered(answer)
      }
    })
  }

  #answered(answer: HttpAnswer): void {
    const { venue, clock, isAwake, said } = this.#parts
    if (!isAwake()) return
    const reason = answer.ok ? venue.status!.read(Buffer.from(answer.bytes).toString('utf8')) : undefined
    if (reason === undefined) {
      const why = answer.ok ? 'the answer cannot be read' : answer.reason
      this.#lastError = { at: clock.now(), reason: `whether the venue is open: ${why}` }
      return
    }
    const closed = reason !== ''
    if (closed === this.#isClosed) return
    this.#isClosed = closed
    said({ kind: 'maintenance', closed, reason })
  }
}
