import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Leg, Reader, Venue } from '../venues/venue'
import { Backoff } from './backoff'
import type { Budget } from './budget'
import type { Clock } from './clock'
import { Line } from './line'
import type { LinkBooks } from './link-health'
import type { Transport } from './transport'
import { Timing } from './timing'
import { hostOf } from './trouble'

/** How long a new line must bring frames before the old one is dropped. */
const OVERLAP_MS = 3_000
/** A rotation that has not worked out by then is given up; the old line is used to its end. */
const ROTATION_MS = 30_000

/** How often the way to the venue and back is measured. */
const MEASURE_MS = 15_000

/** An address to connect to, or why there is none. */
export type Ticket = { readonly url: string } | { readonly reason: string }

export interface LinkParts {
  readonly venue: Venue
  readonly leg: Leg
  /** Addresses of the same service, tried in turn. */
  readonly urls: readonly string[]
  readonly transport: (url: string) => Transport | undefined
  /** Asks for the address of the next connection, where the leg wants that; the answer takes the question back. */
  readonly ticket: (answered: (ticket: Ticket) => void) => () => void
  readonly clock: Clock
  readonly chance: () => number
  /** New sockets in five minutes, shared by all links of the venue. */
  readonly connects: Budget
  readonly onFrame: (link: Link, bytes: Uint8Array, reader: Reader) => void
  /** Subscriptions were sent on a line that is heard. */
  readonly onSubscribed: (link: Link, symbols: readonly string[]) => void
  readonly onDown: (link: Link) => void
  /** Trying again. */
  readonly onConnecting: (link: Link) => void
}

/**
 * One maintained line to a venue: connected while something is wanted, made again with growing waits, replaced before the venue cuts it.
 * Nothing from a line that was given up is ever heard.
 */
export class Link {
  readonly leg: Leg
  readonly #parts: LinkParts
  readonly #backoff: Backoff
  readonly #wanted = new Set<string>()
  #line: Line | undefined
  #heir: Line | undefined
  #state: LinkHealth['state'] = 'idle'
  #since: Millis
  #reason = ''
  #nextAttemptAt: Millis | undefined
  #cancelRetry: (() => void) | undefined
  #cancelTicket: (() => void) | undefined
  /** Connections that ended without a frame, one after another: which address is next. */
  #misses = 0
  /** Share of the venue's lifetime after which a line is replaced; by chance, so that many do not go at once. */
  readonly #retireAt: number
  #frames = 0
  #rate = 0
  readonly timing = new Timing()
  #lastError: LinkHealth['lastError']
  #measuredAt = -Infinity
  /** Wall time of the latest frame; NaN before one. */
  heardAt: Millis = millis(NaN)

  constructor(parts: LinkParts) {
    this.leg = parts.leg
    this.#parts = parts
    this.#backoff = new Backoff(parts.chance)
    this.#retireAt = 0.94 + 0.02 * parts.chance()
    this.#since = parts.clock.now()
  }

  get state(): LinkHealth['state'] {
    return this.#state
  }

  get reason(): string {
    return this.#reason
  }

  /** Why there is no line, in words. */
  explain(): string {
    if (this.#state !== 'connecting') return this.#reason
    return this.#reason ? `${this.#reason}, trying again` : `connecting to ${hostOf(this.#url)}`
  }

  get nextAttemptAt(): Millis | undefined {
    return this.#nextAttemptAt
  }

  get wanted(): ReadonlySet<string> {
    return this.#wanted
  }

  get hasRoom(): boolean {
    return this.#wanted.size < this.leg.capacity
  }

  get isOpen(): boolean {
    return this.#state === 'open'
  }

  /** Milliseconds since the last frame or ping on the line that is heard. */
  silentFor(): number {
    return this.#parts.clock.mono() - (this.#line?.alive ?? NaN)
  }

  add(symbol: string): void {
    this.#wanted.add(symbol)
    if (this.#state === 'idle') this.#connect()
    this.#line?.want(this.#wanted)
    this.#heir?.want(this.#wanted)
  }

  remove(symbol: string): void {
    this.#wanted.delete(symbol)
    this.#line?.want(this.#wanted)
    this.#heir?.want(this.#wanted)
    if (this.#wanted.size === 0) this.close()
  }

  /** Leaves and joins again for one symbol: its stream has stopped while others go on. */
  resubscribe(symbol: string): void {
    this.#line?.renew(symbol)
  }

  /** Text for the line that is heard, in its turn under the venue's pace. */
  send(texts: readonly string[]): void {
    this.#line?.send(texts)
  }

  /** As `send`, for texts that want what the line was told. */
  ask(texts: (reader: Reader) => readonly string[]): void {
    if (this.#line) this.#line.send(texts(this.#line.reader))
  }

  /** Drops the line and makes a new one at once: after a sleep, or when the user asks. */
  reconnect(reason: string): void {
    this.#backoff.forget()
    const wasUp = this.#line !== undefined
    this.#drop()
    this.#note('waiting', reason)
    if (wasUp) this.#parts.onDown(this)
    if (this.#wanted.size > 0) this.#connect()
  }

  /** Drops the line as dead: the next comes after the usual wait. */
  fail(reason: string): void {
    if (this.#line) this.#lost(reason)
  }

  close(): void {
    this.#drop()
    this.#note('idle', '')
  }

  /** The venue will close the line soon, or it is old: make the next before. */
  rotate(): void {
    if (!this.#line || this.#heir || this.#cancelTicket) return
    if (this.#parts.connects.waitMs(1, this.#parts.clock.mono()) > 0) return
    this.#address((ticket) => {
      if ('url' in ticket && this.#line && !this.#heir) this.#heir = this.#open(ticket.url)
    })
  }

  /** Once a second. */
  tick(): void {
    const { clock, leg } = this.#parts
    const mono = clock.mono()
    this.#rate = this.#frames
    this.#frames = 0
    const line = this.#line
    if (!line) return
    if (line.isOpen && line.hasData) this.#backoff.good(mono)
    if (line.isOpen && mono - this.#measuredAt >= MEASURE_MS) this.#measure(line, mono)
    if (mono - line.alive > leg.silentMs) {
      this.#lost(`nothing heard for ${Math.round(leg.silentMs / 1_000)} s`)
      return
    }
    if (leg.lifetimeMs !== undefined && mono - line.openedAt > leg.lifetimeMs * this.#retireAt) this.rotate()
    this.#inherit(mono)
  }

  /** `books` are the counts of the books it carries. */
  health(books: LinkBooks): LinkHealth {
    const nextAttemptAt = this.#nextAttemptAt
    const { p50, p99, clockOffsetMs } = this.timing.figures()
    return {
      venue: this.#parts.venue.spec.id,
      leg: this.leg.id,
      state: this.#state,
      since: this.#since,
      reason: this.#reason,
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      lagMs: this.timing.lagMs,
      lagP50Ms: p50,
      lagP99Ms: p99,
      clockOffsetMs,
      framesPerSecond: this.#rate,
      instruments: this.#wanted.size,
      attempts: this.#backoff.attempts,
      weightUsed: NaN,
      ...books,
      ...(this.#lastError && { lastError: this.#lastError })
    }
  }

  #measure(line: Line, mono: number): void {
    this.#measuredAt = mono
    line.measure((roundTripMs) => {
      if (line === this.#line) this.timing.answered(roundTripMs)
    })
  }

  #connect(): void {
    this.#cancelRetry = undefined
    const { clock, connects, transport } = this.#parts
    if (!transport(this.#url)) {
      this.#note('off', `no way to reach ${this.#url}`)
      this.#parts.onDown(this)
      return
    }
    const wait = connects.waitMs(1, clock.mono())
    if (wait > 0) {
      this.#retryIn(wait, 'too many new connections, waiting as the venue asks')
      return
    }
    this.#note('connecting', this.#reason)
    this.#parts.onConnecting(this)
    this.#address((ticket) => {
      if ('url' in ticket) this.#line = this.#open(ticket.url)
      else this.#lost(ticket.reason)
    })
  }

  get #url(): string {
    const { urls } = this.#parts
    return urls[this.#misses % urls.length]!
  }

  /** Where to connect next: known already, or asked for. */
  #address(answered: (ticket: Ticket) => void): void {
    if (!this.#parts.leg.ticket) {
      answered({ url: this.#url })
      return
    }
    this.#cancelTicket = this.#parts.ticket((ticket) => {
      this.#cancelTicket = undefined
      answered(ticket)
    })
  }

  #open(url: string): Line {
    const { connects, clock, venue, leg, transport } = this.#parts
    connects.spend(1, clock.mono())
    const line: Line = new Line({
      leg,
      url,
      transport: transport(url)!,
      reader: venue.reader(),
      clock,
      limits: venue.limits,
      onOpen: () => {
        if (line === this.#line) this.#note('open', '')
      },
      onFrame: (bytes) => {
        this.#frame(line, bytes)
      },
      onSubscribed: (symbols) => {
        if (line === this.#line) this.#parts.onSubscribed(this, symbols)
      },
      onClose: (reason) => {
        this.#closed(line, reason)
      }
    })
    line.want(this.#wanted)
    return line
  }

  #frame(line: Line, bytes: Uint8Array): void {
    // Until it inherits, an heir is only watched for frames.
    if (line !== this.#line) return
    this.#frames++
    this.heardAt = this.#parts.clock.now()
    if (line.frames === 1) {
      this.#misses = 0
      this.#backoff.recovered(this.#parts.clock.mono())
    }
    this.#parts.onFrame(this, bytes, line.reader)
  }

  #closed(line: Line, reason: string): void {
    if (line === this.#heir) this.#heir = undefined
    else if (line === this.#line) this.#lost(reason)
  }

  #lost(reason: string): void {
    if (!this.#line?.hasData) this.#misses++
    this.#drop()
    this.#retryIn(this.#backoff.failed(this.#parts.clock.mono()), reason)
  }

  #retryIn(waitMs: number, reason: string): void {
    const { clock } = this.#parts
    this.#nextAttemptAt = millis(Math.round(clock.now() + waitMs))
    this.#note('waiting', reason, this.#nextAttemptAt)
    this.#cancelRetry = clock.after(waitMs, () => {
      this.#connect()
    })
    this.#parts.onDown(this)
  }

  #inherit(mono: number): void {
    const heir = this.#heir
    if (!heir) return
    const isReady = heir.hasData && heir.isSettled && mono - heir.firstFrameAt >= OVERLAP_MS
    if (isReady) {
      this.#line?.drop()
      this.#line = heir
      this.#heir = undefined
    } else if (mono - heir.startedAt > ROTATION_MS) {
      heir.drop()
      this.#heir = undefined
    }
  }

  #drop(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    this.#cancelTicket?.()
    this.#cancelTicket = undefined
    this.#line?.drop()
    this.#heir?.drop()
    this.#line = undefined
    this.#heir = undefined
    this.#nextAttemptAt = undefined
    this.#measuredAt = -Infinity
    this.timing.forget()
  }

  #note(state: LinkHealth['state'], reason: string, nextAttemptAt?: Millis): void {
    if (state !== this.#state) this.#since = this.#parts.clock.now()
    this.#state = state
    this.#reason = reason
    this.#nextAttemptAt = nextAttemptAt
    if (state !== 'connecting' && reason !== '') this.#lastError = { at: this.#parts.clock.now(), reason }
  }
}
