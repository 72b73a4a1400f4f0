import type { ChannelStanding, RemoteChannel } from '../../src-shared/alerts/channels'
import type { DeliveryResult } from '../../src-shared/alerts/record'
import type { Saved } from '../../src-shared/contract/calls'
import { millis, type Millis } from '../../src-shared/units'
import type { Waiting, WaitingList } from './waiting'

/** More than this wait for nobody: the oldest is given up, and its result says so. */
export const mostWaiting = 500
/** After the first, second… failed attempt; then it is given up. */
const retryMs = [1_000, 4_000, 15_000, 60_000] as const
/** Up to this share is added to a wait, so that what failed together does not come back together. */
const jitter = 0.25
const failuresToPause = 10
const resultsKept = 20

/** What one attempt came to. */
export type Attempt =
  | { readonly kind: 'sent'; readonly detail: string }
  /** `again`: worth another attempt, not before `waitMs` have passed. */
  | { readonly kind: 'failed'; readonly detail: string; readonly again: boolean; readonly waitMs?: number }

export interface OutboxParts {
  readonly kept: { readonly value: WaitingList; save(list: WaitingList): Saved }
  /** Never rejects. */
  readonly attempt: (waiting: Waiting) => Promise<Attempt>
  readonly now: () => number
  /** In [0, 1). */
  readonly chance: () => number
  /** Least time between two attempts of a channel. */
  readonly spacingMs: Readonly<Record<RemoteChannel, number>>
  readonly onResult: (result: DeliveryResult) => void
  readonly onPaused: (channel: RemoteChannel, detail: string, waiting: number) => void
}

interface Lane {
  busy: boolean
  nextAt: number
  failures: number
  pausedSince: Millis | undefined
  results: readonly DeliveryResult[]
}

/** Alerts on their way to other machines: at least once each, over restarts; in order, but that one which waits for another try is overtaken. Time comes in by `tick`. */
export class Outbox {
  readonly #parts: OutboxParts
  readonly #lanes: Readonly<Record<RemoteChannel, Lane>> = { telegram: newLane(), webhook: newLane() }

  constructor(parts: OutboxParts) {
    this.#parts = parts
  }

  get #waiting(): readonly Waiting[] {
    return this.#parts.kept.value.waiting
  }

  /** An alert known to wait on this channel is not queued twice. */
  add(channel: RemoteChannel, alert: string, body: string): void {
    if (this.#waiting.some((it) => it.alert === alert && it.channel === channel)) return
    const at = this.#parts.now()
    const newest = { alert, channel, body, queuedAt: at, attempts: 0, nextAt: at }
    const all = [...this.#waiting, newest]
    const kept = this.#keep(all.slice(-mostWaiting))
    // A list that cannot be kept (a later Steelyard wrote it) loses nothing unsaid.
    if (!kept.ok) this.#note(newest, 'failed', kept.reason)
    else
      for (const dropped of all.slice(0, -mostWaiting))
        this.#note(dropped, 'failed', `given up: more than ${String(mostWaiting)} waited`)
  }

  /** Starts what is due; resolves when what it started has ended. */
  async tick(): Promise<void> {
    const now = this.#parts.now()
    const due: Promise<void>[] = []
    for (const [channel, lane] of Object.entries(this.#lanes) as [RemoteChannel, Lane][]) {
      if (lane.busy || lane.pausedSince !== undefined || now < lane.nextAt) continue
      const first = this.#waiting.find((it) => it.channel === channel && it.nextAt <= now)
      if (first) due.push(this.#try(first, lane))
    }
    await Promise.all(due)
  }

  /** A test went through, or the settings are others: sending goes on. */
  resume(channel: RemoteChannel): void {
    const lane = this.#lanes[channel]
    lane.pausedSince = undefined
    lane.failures = 0
  }

  /** A test's result counts as the channel's own. */
  noteTest(result: DeliveryResult, channel: RemoteChannel): void {
    const lane = this.#lanes[channel]
    lane.results = [...lane.results, result].slice(-resultsKept)
    if (result.outcome === 'sent') this.resume(channel)
  }

  standing(
    channel: RemoteChannel
  ): Pick<ChannelStanding, 'waiting' | 'failures' | 'results' | 'pausedSince'> {
    const { failures, pausedSince, results } = this.#lanes[channel]
    const waiting = this.#waiting.filter((it) => it.channel === channel).length
    return { waiting, failures, results, ...(pausedSince === undefined ? {} : { pausedSince }) }
  }

  async #try(waiting: Waiting, lane: Lane): Promise<void> {
    lane.busy = true
    const attempt = await this.#parts.attempt(waiting)
    lane.busy = false
    lane.nextAt = this.#parts.now() + this.#parts.spacingMs[waiting.channel]
    if (attempt.kind === 'sent') this.#sent(waiting, lane, attempt.detail)
    else this.#failed(waiting, lane, attempt)
  }

  #sent(waiting: Waiting, lane: Lane, detail: string): void {
    lane.failures = 0
    this.#drop(waiting)
    this.#note(waiting, 'sent', detail)
  }

  #failed(waiting: Waiting, lane: Lane, { detail, again, waitMs = 0 }: Attempt & { kind: 'failed' }): void {
    const wait = again ? retryMs[waiting.attempts] : undefined
    if (wait === undefined) {
      this.#drop(waiting)
      this.#note(waiting, 'failed', detail)
    } else {
      const nextAt = this.#parts.now() + Math.max(waitMs, wait * (1 + jitter * this.#parts.chance()))
      this.#replace(waiting, { ...waiting, attempts: waiting.attempts + 1, nextAt })
      this.#note(waiting, 'waiting', detail)
    }
    if (++lane.failures < failuresToPause) return
    lane.pausedSince = millis(this.#parts.now())
    this.#parts.onPaused(waiting.channel, detail, this.standing(waiting.channel).waiting)
  }

  #drop(waiting: Waiting): void {
    this.#keep(this.#waiting.filter((it) => it !== waiting && !same(it, waiting)))
  }

  #replace(old: Waiting, by: Waiting): void {
    this.#keep(this.#waiting.map((it) => (same(it, old) ? by : it)))
  }

  #keep(waiting: readonly Waiting[]): Saved {
    return this.#parts.kept.save({ version: 1, waiting: [...waiting] })
  }

  #note({ alert, channel }: Waiting, outcome: DeliveryResult['outcome'], detail: string): void {
    const result = { alert, channel, at: millis(this.#parts.now()), outcome, detail }
    const lane = this.#lanes[channel]
    lane.results = [...lane.results, result].slice(-resultsKept)
    this.#parts.onResult(result)
  }
}

const newLane = (): Lane => ({ busy: false, nextAt: 0, failures: 0, pausedSince: undefined, results: [] })

const same = (one: Waiting, other: Waiting): boolean =>
  one.alert === other.alert && one.channel === other.channel
