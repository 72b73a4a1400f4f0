import { span } from '../../../src-shared/format'
import type { Ban } from '../../../src-shared/contract/control'
import type { VenueId } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'
import type { Request, VenueLimits } from '../venues/venue'
import type { Clock } from './clock'
import type { HostLimit, HostLimits } from './host-limits'
import type { HttpAnswer, HttpGet } from './transport'

const TIMEOUT_MS = 10_000
const MOST_BYTES = 64 * 1024 * 1024
const MOST_AT_ONCE = 4
/** What a venue means that says "slow down" without saying for how long. */
const SILENT_BAN_MS = 120_000
const LEAST_BAN_MS = 1_000

export interface RestJob extends Request {
  /** Smaller goes first; asked when a request may go, not when it was queued. */
  readonly rank: () => number
  readonly answered: (answer: HttpAnswer) => void
  /** Longer answers are refused while they come in, bytes; 64 MiB where it is not told. */
  readonly mostBytes?: number
}

export interface RestParts {
  readonly venue: VenueId
  readonly limits: VenueLimits
  /** What the hosts allow, over all venues. */
  readonly hosts: HostLimits
  /** Where the venue's requests go: health tells of that host. */
  readonly base: string
  readonly http: HttpGet
  readonly clock: Clock
  readonly onBan: (ban: Ban) => void
}

/** One venue's requests: never more than half their host's weight in any minute, and none before it allows them again. */
export class Rest {
  readonly #parts: RestParts
  #queue: RestJob[] = []
  #inFlight = 0
  #cancelWake: (() => void) | undefined

  constructor(parts: RestParts) {
    this.#parts = parts
  }

  /** The ban in force, if any. */
  get ban(): Ban | undefined {
    return this.#host(this.#parts.base).ban
  }

  /** Share of the host's allowed weight used in the last minute, by all who ask it, [0, 1]. */
  get weightUsed(): number {
    return this.#host(this.#parts.base).weightUsed
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
  waitMs(weight: number, url = this.#parts.base): number {
    return this.#host(url).waitMs(weight)
  }

  #host(url: string): HostLimit {
    return this.#parts.hosts.of(url, this.#parts.limits)
  }

  #pump(): void {
    this.#cancelWake?.()
    this.#cancelWake = undefined
    while (this.#inFlight < MOST_AT_ONCE && this.#queue.length > 0) {
      const job = this.#queue.reduce((best, it) => (it.rank() < best.rank() ? it : best))
      const wait = this.waitMs(job.weight, job.url)
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
    const { http } = this.#parts
    this.#host(job.url).spend(job.weight)
    this.#inFlight++
    const answer = await http(job.url, {
      timeoutMs: TIMEOUT_MS,
      maxBytes: job.mostBytes ?? MOST_BYTES,
      ...(job.post === undefined ? {} : { post: job.post })
    })
    this.#inFlight--
    if (!answer.ok) this.#refused(answer, job.url)
    job.answered(answer)
    this.#pump()
  }

  #refused({ status, retryAfterMs, reason }: Extract<HttpAnswer, { ok: false }>, url: string): void {
    const own = this.#parts.limits.bans?.find((it) => it.status === status)
    if (!own && status !== 429 && status !== 418) return
    const { clock, venue, onBan } = this.#parts
    const ms = Math.max(LEAST_BAN_MS, own?.leastMs ?? 0, retryAfterMs ?? (own ? 0 : SILENT_BAN_MS))
    const meaning = own ? ` (${own.meaning})` : ''
    const ban: Ban = {
      venue,
      until: millis(clock.now() + ms),
      reason: `${reason}${meaning}, for ${span(ms)}`
    }
    this.#host(url).obey(ban)
    onBan(ban)
  }
}
