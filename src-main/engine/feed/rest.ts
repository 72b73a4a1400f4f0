import { span } from '../../../src-shared/format'
import type { Ban } from '../../../src-shared/contract/control'
import type { VenueId } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import type { Request, VenueLimits } from '../venues/venue'
import { Budget } from './budget'
import type { Clock } from './clock'
import type { HttpAnswer, HttpGet } from './transport'

const MINUTE_MS = 60_000
const TIMEOUT_MS = 10_000
const MOST_BYTES = 64 * 1024 * 1024
const MOST_AT_ONCE = 4
/** What a venue means that says "slow down" without saying for how long. */
const SILENT_BAN_MS = 2 * MINUTE_MS

export interface RestJob extends Request {
  /** Smaller goes first; asked when a request may go, not when it was queued. */
  readonly rank: () => number
  readonly answered: (answer: HttpAnswer) => void
}

export interface RestParts {
  readonly venue: VenueId
  readonly limits: VenueLimits
  readonly http: HttpGet
  readonly clock: Clock
  readonly onBan: (ban: Ban) => void
}

/** One venue's requests: never more than half its weight in any minute, and none before it allows them again. */
export class Rest {
  readonly #parts: RestParts
  readonly #budget: Budget
  readonly #half: number
  #queue: RestJob[] = []
  #inFlight = 0
  /** Monotonic ms. */
  #bannedUntil = -Infinity
  #ban: Ban | undefined
  #cancelWake: (() => void) | undefined

  constructor(parts: RestParts) {
    this.#parts = parts
    this.#half = parts.limits.weightPerMinute / 2
    this.#budget = new Budget(this.#half, MINUTE_MS)
  }

  /** The ban in force, if any. */
  get ban(): Ban | undefined {
    return this.#bannedUntil > this.#parts.clock.mono() ? this.#ban : undefined
  }

  /** Share of the venue's allowed weight used in the last minute, [0, 1]. */
  get weightUsed(): number {
    return this.#budget.used(this.#parts.clock.mono()) / (this.#half * 2)
  }

  /** A ban remembered from before, or just given. */
  obey(ban: Ban): void {
    const { clock } = this.#parts
    const until = clock.mono() + (ban.until - clock.now())
    if (until <= Math.max(clock.mono(), this.#bannedUntil)) return
    this.#bannedUntil = until
    this.#ban = ban
  }

  /** Queues a request; the answer takes it back, also while it is under way (its answer is then not heard). */
  get(job: RestJob): () => void {
    let isWanted = true
    const guarded: RestJob = {
      ...job,
      answered: (answer) => {
        if (isWanted) job.answered(answer)
      }
    }
    this.#queue.push(guarded)
    this.#pump()
    return () => {
      isWanted = false
      this.#queue = this.#queue.filter((it) => it !== guarded)
    }
  }

  /** Forgets all requests. */
  stop(): void {
    this.#queue = []
    this.#cancelWake?.()
    this.#cancelWake = undefined
  }

  /** How long a request of this weight must wait if it were asked for now, ms; 0 none. */
  waitMs(weight: number): number {
    const mono = this.#parts.clock.mono()
    return Math.max(0, this.#bannedUntil - mono, this.#budget.waitMs(weight, mono))
  }

  #pump(): void {
    this.#cancelWake?.()
    this.#cancelWake = undefined
    while (this.#inFlight < MOST_AT_ONCE && this.#queue.length > 0) {
      const job = this.#queue.reduce((best, it) => (it.rank() < best.rank() ? it : best))
      const wait = this.waitMs(job.weight)
      if (wait > 0) {
        this.#cancelWake = this.#parts.clock.after(wait, () => {
          this.#pump()
        })
        return
      }
      this.#queue = this.#queue.filter((it) => it !== job)
      void this.#send(job)
    }
  }

  async #send(job: RestJob): Promise<void> {
    const { clock, http } = this.#parts
    this.#budget.spend(job.weight, clock.mono())
    this.#inFlight++
    const answer = await http(job.url, {
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
      ...(job.post === undefined ? {} : { post: job.post })
    })
    this.#inFlight--
    if (!answer.ok && (answer.status === 429 || answer.status === 418)) this.#banned(answer)
    job.answered(answer)
    this.#pump()
  }

  #banned({ retryAfterMs = SILENT_BAN_MS, reason }: Extract<HttpAnswer, { ok: false }>): void {
    const { clock, venue, onBan } = this.#parts
    const ban: Ban = {
      venue,
      until: millis(clock.now() + Math.max(1_000, retryAfterMs)),
      reason: `${reason}, for ${span(retryAfterMs)}`
    }
    this.obey(ban)
    onBan(ban)
  }
}
