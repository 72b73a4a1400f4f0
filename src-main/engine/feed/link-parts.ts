import type { Leg, Reader, Venue } from '../venues/venue'
import type { AddressParts } from './addresses'
import type { Budget } from './budget'
import type { Clock } from './clock'
import type { Door } from './door'
import type { Link } from './link'
import type { Transport } from './transport'

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
  /** Another line has taken over: these are all the frames it has brought since it was begun, monotonic ms. */
  readonly onInherit: (link: Link, frames: readonly Uint8Array[], reader: Reader, since: number) => void
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
