import { clock as timeOf } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { FeedLane } from './lane'
import type { Link } from './link'
import { Replacements } from './replacements'

/** A line that lost something in so many seconds of a minute is sick: TCP loses nothing. */
const LOSSY_SECONDS = 10
const LOSSY_WITHIN_MS = 60_000

export interface StallsParts {
  readonly clock: Clock
  readonly bookLink: (symbol: string) => Link | undefined
  /** The books of a line. */
  readonly lanesOf: (link: Link) => readonly FeedLane[]
  /** It brings nothing, though the venue was asked. */
  readonly isSilent: (lane: FeedLane) => boolean
}

interface Losses {
  readonly replacements: Replacements
  /** Monotonic ms of the last minute's, one a second. */
  seconds: number[]
}

/**
 * New lines for books whose stream has stopped while the others of the line go on, and for lines that keep losing messages: made before the old one is dropped,
 * and for the same trouble ever more rarely. Where most books of a line are silent it is the line, which is dropped at once.
 */
export class Stalls {
  readonly #parts: StallsParts
  readonly #books = new WeakMap<FeedLane, Replacements>()
  readonly #lines = new WeakMap<Link, Losses>()

  constructor(parts: StallsParts) {
    this.#parts = parts
  }

  /** A new line is wanted for a silent book. `isSure`: long enough that a line of silent books need not be heard any more. */
  replace(lane: FeedLane, isSure: boolean): void {
    const { clock, bookLink, lanesOf, isSilent } = this.#parts
    const link = bookLink(lane.symbol)
    if (!link?.isOpen) return
    const lanes = lanesOf(link)
    const silent = lanes.filter((it) => it === lane || isSilent(it))
    const isDue = this.#of(lane).waitMs(clock.mono()) <= 0
    if (isOfTheLine(link, silent.length, lanes.length)) {
      if (!isSure || (!isDue && lanes.some(({ isFollowed }) => isFollowed))) return
      this.#made(silent)
      link.fail('its books have stopped')
    } else if (isDue) {
      this.#made(silent)
      link.rotate()
    }
  }

  /** Messages of a line were lost. */
  missed(link: Link): void {
    const { clock, lanesOf } = this.#parts
    const mono = clock.mono()
    const losses = this.#lossesOf(link)
    losses.seconds = losses.seconds.filter((at) => mono - at < LOSSY_WITHIN_MS)
    if (!(mono - (losses.seconds.at(-1) ?? NaN) < 1_000)) losses.seconds.push(mono)
    if (losses.seconds.length < LOSSY_SECONDS || !link.isOpen) return
    if (losses.replacements.waitMs(mono) <= 0) {
      losses.replacements.made(mono)
      link.rotate()
    }
    if (!link.leg.carriesBook) return
    const words = `this connection loses messages again and again${this.#words(link, losses.replacements)}`
    for (const lane of lanesOf(link)) if (lane.status.state === 'gap') lane.say('gap', words)
  }

  /** What new lines were made for this book, to go on with after a comma; empty before the first. */
  words(lane: FeedLane): string {
    return this.#words(this.#parts.bookLink(lane.symbol), this.#of(lane))
  }

  #words(link: Link | undefined, replacements: Replacements): string {
    const { clock } = this.#parts
    const { count } = replacements
    if (count === 0) return ''
    const inMs = link?.rotationMs ?? NaN
    if (inMs === 0) return ', a new line is being made'
    const at = (ms: number) => timeOf(millis(clock.now() + ms))
    // One was turned away, or must wait for its turn.
    if (inMs > 0) return `, a new line will be made at ${at(inMs)}`
    const nextAt = at(Math.max(0, replacements.waitMs(clock.mono())))
    return `, ${count} new line${count === 1 ? '' : 's'} did not help, the next at ${nextAt}`
  }

  #made(lanes: readonly FeedLane[]): void {
    for (const lane of lanes) this.#of(lane).made(this.#parts.clock.mono())
  }

  #of(lane: FeedLane): Replacements {
    let replacements = this.#books.get(lane)
    if (!replacements) this.#books.set(lane, (replacements = new Replacements()))
    return replacements
  }

  #lossesOf(link: Link): Losses {
    let losses = this.#lines.get(link)
    if (!losses) this.#lines.set(link, (losses = { replacements: new Replacements(), seconds: [] }))
    return losses
  }
}

/** Most of its books are silent. One that is alone says so only of a line that never brought anything: its trades may go on. */
const isOfTheLine = ({ heardAt }: Link, silent: number, all: number): boolean =>
  silent * 2 > all && (all > 1 || Number.isNaN(heardAt))
