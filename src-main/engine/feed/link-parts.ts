import type { Millis } from '../../../src-shared/units'
import type { Leg, Reader, Venue } from '../venues/venue'
import type { AddressParts } from './addresses'
import type { Budget } from './budget'
import type { Clock } from './clock'
import type { Door } from './door'
import type { Link } from './link'
import type { Transport } from './transport'

/** What a line that takes over has brought, oldest first, since it was begun at `since`, monotonic ms. */
export interface Inheritance {
  readonly frames: readonly Uint8Array[]
  readonly reader: Reader
  readonly since: number
  /** Wall ms from which on the line before may have missed what this one came too late for; NaN where it has missed nothing. */
  readonly heardUntil: Millis
}

/** What a link works with, and whom it tells. */
export interface LinkParts extends AddressParts {
  readonly venue: Venue
  readonly leg: Leg
  readonly transport: (url: string) => Transport | undefined
  readonly clock: Clock
  readonly chance: () => number
  /** Shared by all links of the leg. */
  readonly door: Door
  /** New sockets in five minutes, shared by all links of the venue. */
  readonly connects: Budget
  readonly onFrame: (link: Link, bytes: Uint8Array, reader: Reader) => void
  /** Another line has taken over. */
  readonly onInherit: (link: Link, inheritance: Inheritance) => void
  /** Subscriptions were sent on a line that is heard. */
  readonly onSubscribed: (link: Link, symbols: readonly string[]) => void
  readonly onDown: (link: Link) => void
  /** A line ended, as its venue sent a frame that no client should take. */
  readonly onBomb: (reason: string) => void
  /** What comes over it was sent too long ago, in words; empty: not any more. */
  readonly onLate: (link: Link, words: string) => void
  /** Nothing comes over it, and it does not answer. */
  readonly onSilent: (link: Link) => void
  readonly onAnswer: (link: Link, roundTripMs: number) => void
  /** Trying again. */
  readonly onConnecting: (link: Link) => void
}
