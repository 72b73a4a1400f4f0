import type { LinkHealth } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import type { Millis } from '../../../src-shared/units'
import type { Leg, Reader, Venue } from '../venues/venue'
import type { AddressParts } from './addresses'
import { Addresses } from './addresses'
import { Answers } from './answers'
import type { Budget } from './budget'
import type { Clock } from './clock'
import type { Door, Guest } from './door'
import { Handover } from './handover'
import type { Inheritance } from './inheritance'
import { heardUntil } from './inheritance'
import { Lateness } from './lateness'
import { Line } from './line'
import type { LinkBooks } from './link-health'
import { LinkStanding } from './link-standing'
import type { Rotation } from './rotation'
import type { RotationPace } from './rotation-pace'
import { Timing } from './timing'
import type { Transport } from './transport'
import { hostOf } from './trouble'

/** What a link works with, and whom it tells. */
export interface LinkParts extends AddressParts {
  readonly venue: Venue
  readonly leg: Leg
  readonly transport: (url: string) => Transport | undefined
  readonly clock: Clock
  readonly chance: () => number
  /** Shared by all links of the leg. */
  readonly door: Door
  /** Shared by all links of the leg. */
  readonly rotations: RotationPace
  /** New sockets in five minutes, shared by all links of the venue. */
  readonly connects: Budget
  readonly onFrame: (link: Link, bytes: Uint8Array, reader: Reader) => void
  /** Another line has taken over. */
  readonly onInherit: (link: Link, inheritance: Inheritance) => void
  /** Subscriptions were sent on a line that is heard. */
  readonly onSubscribed: (link: Link, symbols: readonly string[], begunAt: number) => void
  readonly onDown: (link: Link) => void
  /** A line ended, as its venue sent a frame that no client should take. */
  readonly onBomb: (reason: string) => void
  /** What comes over it was sent too long ago, in words; empty: not any more. */
  readonly onLate: (link: Link, words: string) => void
  /** It is too late to be put beside other venues' books; false: not any more. */
  readonly onSkewed: (link: Link, isSkewed: boolean) => void
  /** Nothing comes over it, and it does not answer. */
  readonly onSilent: (link: Link) => void
  readonly onAnswer: (link: Link, roundTripMs: number) => void
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
  readonly #guest: Guest
  readonly #wanted = new Set<string>()
  #line: Line | undefined
  readonly #handover: Handover
  readonly #standing: LinkStanding
  #cancelRetry: (() => void) | undefined
  readonly #addresses: Addresses
  readonly lateness: Lateness
  readonly #answers: Answers
  /** Share of the venue's lifetime after which a line is replaced; by chance, so that many do not go at once. */
  readonly #retireAt: number
  #frames = 0
  #rate = 0
  readonly timing = new Timing()
  /** Wall time of the latest frame that was read; NaN before one. */
  heardAt: Millis = millis(NaN)

  constructor(parts: LinkParts) {
    this.leg = parts.leg
    this.#parts = parts
    this.#guest = this.#makeGuest()
    this.#addresses = new Addresses(parts)
    this.#handover = this.#makeHandover()
    this.lateness = this.#makeLateness()
    this.#answers = this.#makeAnswers()
    this.#retireAt = 0.94 + 0.02 * parts.chance()
    this.#standing = new LinkStanding(parts.clock)
  }

  get state(): LinkHealth['state'] {
    return this.#standing.state
  }

  get reason(): string {
    return this.#standing.reason
  }

  /** Why there is no line, in words. */
  explain(): string {
    if (this.#standing.state !== 'connecting') return this.#standing.reason
    return this.#standing.reason
      ? `${this.#standing.reason}, trying again`
      : `connecting to ${hostOf(this.#addresses.url)}`
  }

  get nextAttemptAt(): Millis | undefined {
    return this.#standing.nextAttemptAt
  }

  get wanted(): ReadonlySet<string> {
    return this.#wanted
  }

  get hasRoom(): boolean {
    return this.#wanted.size < this.leg.capacity
  }

  get isOpen(): boolean {
    return this.#standing.state === 'open'
  }

  /** How long until anything may be subscribed on the line that is heard, ms; 0 now. */
  get asksWaitMs(): number {
    return this.#line?.asksWaitMs ?? 0
  }

  /** Milliseconds since the last frame or ping on the line that is heard. */
  silentFor(): number {
    return this.#parts.clock.mono() - (this.#line?.alive ?? NaN)
  }

  /** Milliseconds since the first frame of the line that is heard; NaN before one. */
  heardFor(): number {
    return this.#parts.clock.mono() - (this.#line?.firstFrameAt ?? NaN)
  }

  add(symbol: string): void {
    this.#wanted.add(symbol)
    if (this.#standing.state === 'idle') this.#connect()
    this.#line?.want(this.#wanted)
    this.#handover.line?.want(this.#wanted)
  }

  remove(symbol: string): void {
    this.#wanted.delete(symbol)
    this.#line?.want(this.#wanted)
    this.#handover.line?.want(this.#wanted)
    if (this.#wanted.size === 0) this.close()
  }

  /** The symbol was left on the line that is heard, and perhaps joined again. */
  hasLeft(symbol: string): boolean {
    return this.#line?.hasLeft(symbol) ?? false
  }

  /** Leaves and joins again for one symbol: its stream has stopped while others go on. */
  resubscribe(symbol: string): void {
    this.#line?.renew(symbol)
  }

  /** The venue answered the request of this number on the line that is heard: those that it subscribed. */
  answered(request: number): Iterable<string> {
    return this.#line?.answered(request) ?? []
  }

  /** Text for the line that is heard, in its turn under the venue's pace. */
  send(texts: readonly string[]): void {
    this.#line?.send(texts)
  }

  /** Asks for the trades of these and nothing else, as soon as the venue allows it. */
  askTrades(symbols: readonly string[]): void {
    this.#line?.askTrades(symbols)
  }

  /** Asks for a whole book in the stream; `sent` when that has left. */
  askBook(symbol: string, sent: () => void): void {
    this.#line?.askBook(symbol, sent)
  }

  /** Asks the other end for a sign of life now, as `onAnswer` tells. */
  ask(): void {
    if (this.#line?.isOpen) this.#answers.ask(this.#line)
  }

  /** A change came that the venue stamped `at`, unix ms. */
  timed(at: number, before: number): void {
    if (Number.isFinite(at)) this.timing.hear(this.#parts.clock.now() - at)
    this.lateness.hear(at, before)
  }

  /** Drops the line and makes a new one at once: after a sleep, or when the user asks. */
  reconnect(reason: string): void {
    this.#parts.door.forget(this.#guest)
    const wasUp = this.#line !== undefined
    this.#drop()
    this.#standing.note('waiting', reason)
    if (wasUp) this.#parts.onDown(this)
    if (this.#wanted.size > 0) this.#connect()
  }

  /** Drops the line as dead: the next comes after the usual wait. */
  fail(reason: string): void {
    if (this.#line) this.#lost(reason)
  }

  close(): void {
    this.#drop()
    this.#parts.door.left(this.#guest)
    this.#standing.note('idle', '')
  }

  /** The venue will close the line soon, or it is old: make the next before. */
  rotate(): void {
    if (this.#line) this.#handover.ask()
  }

  /** In how many ms a line is begun that takes over from the one in use; 0 while it is being made, NaN where none is due. */
  get rotationMs(): number {
    return this.#handover.waitMs
  }

  /** Once a second. */
  tick(): void {
    const { clock, leg, door } = this.#parts
    const mono = clock.mono()
    this.#rate = this.#frames
    this.#frames = 0
    const line = this.#line
    if (!line) return
    if (line.isOpen && line.hasData) door.good()
    if (line.isOpen) this.#answers.tick(line)
    if (line !== this.#line) return
    if (mono - line.alive > leg.silentMs) {
      this.#lost(`nothing heard for ${Math.round(leg.silentMs / 1_000)} s`)
      return
    }
    if (leg.lifetimeMs !== undefined && mono - line.openedAt > leg.lifetimeMs * this.#retireAt) this.rotate()
    if (line.isSpent) this.rotate()
    const rotation = this.#handover.tick()
    if (rotation) this.#inherit(rotation)
    this.lateness.tick()
  }

  /** `books` are the counts of the books it carries. */
  health(books: LinkBooks): LinkHealth {
    const { p50, p99, clockOffsetMs } = this.timing.figures()
    return {
      venue: this.#parts.venue.spec.id,
      leg: this.leg.id,
      ...this.#standing.told(),
      lagMs: this.timing.lagMs,
      lagP50Ms: p50,
      lagP99Ms: p99,
      clockOffsetMs,
      framesPerSecond: this.#rate,
      instruments: this.#wanted.size,
      attempts: this.#parts.door.attempts,
      weightUsed: NaN,
      ...books
    }
  }

  #connect(): void {
    this.#cancelRetry = undefined
    const { clock, connects, door, transport } = this.#parts
    const { url } = this.#addresses
    if (!transport(url)) {
      this.#standing.note('off', `no way to reach ${url}`)
      this.#parts.onDown(this)
      return
    }
    if (!door.admits(this.#guest)) return
    const wait = connects.waitMs(1, clock.mono())
    if (wait > 0) {
      this.#retryIn(wait, 'too many new connections, waiting as the venue asks')
      return
    }
    this.#standing.note('connecting', this.#standing.reason)
    this.#parts.onConnecting(this)
    this.#addresses.next((ticket) => {
      if ('url' in ticket) this.#line = this.#open(ticket.url)
      else this.#lost(ticket.reason)
    })
  }

  /** `unheard` takes the frames until the line is in use. */
  #open(url: string, unheard: (bytes: Uint8Array) => void = () => undefined): Line {
    const { connects, clock, venue, leg, transport } = this.#parts
    const { snapshot } = venue
    connects.spend(1, clock.mono())
    const line: Line = new Line({
      leg,
      ...(snapshot.kind === 'in-band' ? { wholeBooks: (...asked) => snapshot.request(...asked) } : {}),
      url,
      transport: transport(url)!,
      reader: venue.reader(),
      clock,
      limits: venue.limits,
      onOpen: () => {
        if (line === this.#line) this.#standing.note('open', '')
      },
      onFrame: (bytes) => {
        if (line === this.#line) this.#frame(line, bytes)
        else unheard(bytes)
      },
      onSubscribed: (...asked) => {
        if (line === this.#line) this.#parts.onSubscribed(this, ...asked)
      },
      onClose: (reason, isBomb) => {
        if (isBomb) this.#parts.onBomb(reason)
        this.#closed(line, reason, isBomb)
      }
    })
    line.want(this.#wanted)
    return line
  }

  #frame(line: Line, bytes: Uint8Array): void {
    this.#frames++
    if (line.frames === 1) {
      this.#addresses.worked()
      this.#parts.door.opened()
    }
    this.#parts.onFrame(this, bytes, line.reader)
    // Only now: what this one shows to be lost was lost since the one before.
    if (line === this.#line) this.heardAt = this.#parts.clock.now()
  }

  #closed(line: Line, reason: string, isBomb = false): void {
    if (line === this.#handover.line) this.#handover.ended(isBomb)
    else if (line === this.#line) this.#lost(reason, isBomb)
  }

  #lost(reason: string, isBomb = false): void {
    if (!this.#line?.hasData) this.#addresses.failed()
    this.#drop()
    this.#parts.door.failed(this.#guest, reason, isBomb)
  }

  #makeHandover(): Handover {
    const { clock, connects, rotations } = this.#parts
    return new Handover({
      ...{ clock, connects, rotations, addresses: this.#addresses },
      open: (url, unheard) => this.#open(url, unheard),
      isInUse: () => this.#line !== undefined,
      onCompare: () => {
        this.ask()
      }
    })
  }

  #makeLateness(): Lateness {
    const { clock, onLate, onSkewed } = this.#parts
    return new Lateness({
      clock,
      onLate: (words) => {
        onLate(this, words)
      },
      onSkewed: (isSkewed) => {
        onSkewed(this, isSkewed)
      },
      onHopeless: () => {
        this.fail('its messages come later and later')
      }
    })
  }

  #makeAnswers(): Answers {
    const { clock, onAnswer, onSilent } = this.#parts
    return new Answers({
      clock,
      onAnswer: (roundTripMs) => {
        this.timing.answered(roundTripMs)
        onAnswer(this, roundTripMs)
      },
      onSilent: () => {
        onSilent(this)
      },
      onGone: (reason) => {
        this.fail(reason)
      }
    })
  }

  #makeGuest(): Guest {
    return {
      tryIn: (waitMs, reason) => {
        this.#cancelRetry?.()
        this.#retryIn(waitMs, reason || this.#standing.reason)
      },
      waitFor: (at, reason) => {
        this.#waits(reason || this.#standing.reason, at)
      },
      enter: () => {
        this.#connect()
      }
    }
  }

  #retryIn(waitMs: number, reason: string): void {
    const { clock } = this.#parts
    this.#cancelRetry = clock.after(waitMs, () => {
      this.#connect()
    })
    this.#waits(reason, millis(Math.round(clock.now() + waitMs)))
  }

  #waits(reason: string, until: Millis): void {
    this.#standing.note('waiting', reason, until)
    this.#parts.onDown(this)
  }

  #inherit(rotation: Rotation): void {
    const { line } = rotation
    const { lateMs } = this.lateness
    const until = heardUntil(
      { line: this.#line, lateMs, heardAt: this.heardAt },
      rotation.heardSince,
      this.#parts.clock
    )
    this.#line?.drop()
    this.#line = line
    this.lateness.reset()
    // How late the old line was says nothing of this one.
    this.#parts.onLate(this, '')
    this.#parts.onInherit(this, {
      frames: rotation.drain(),
      reader: line.reader,
      since: line.startedAt,
      heardUntil: until
    })
  }

  #drop(): void {
    this.#cancelRetry?.()
    this.#cancelRetry = undefined
    this.#addresses.cancel()
    // What came was as late: what was sent since is lost with the line.
    this.heardAt = millis(this.heardAt - this.lateness.lateMs)
    this.lateness.reset()
    this.#line?.drop()
    this.#handover.drop()
    this.#line = undefined
    this.#standing.nextAttemptAt = undefined
    this.timing.forget()
  }
}
