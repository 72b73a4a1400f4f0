import type { VenueSpec } from '../../../src-shared/contract/catalogue'
import type { Instrument } from '../../../src-shared/instrument'
import type { Changes, Touch, Trades } from '../book/changes'
import type { SequenceRule } from '../book/sequence'

/** The venue's latest best bid and ask, from its own quote channel: the oracle for the rebuilt touch. */
export interface Quote extends Touch {
  /** In the id space of the book where the venue shares it, else NaN. */
  sequence: number
  /** Venue time, ms, NaN where it gives none. */
  at: number
}

/** A derivative's reference figures in quote money per base unit; NaN what was not told. */
export interface Reference {
  mark: number
  index: number
  /** Rate of the running interval, as a share. */
  funding: number
  nextFundingAt: number
  openInterest: number
  at: number
}

/** What one watched instrument's messages are read into. Reused for every message: look, then copy what must last. */
export interface Lane {
  /** Its grids may get finer while it runs. */
  readonly instrument: Instrument
  readonly changes: Changes
  readonly trades: Trades
  readonly quote: Quote
  readonly reference: Reference
  /**
   * A number was read that is no point of the instrument's grid: `text` as the venue wrote it. The lane refines the grid and rescales its book;
   * the reader then answers `off-grid` and is given the same message again.
   */
  refine(which: 'price' | 'size', text: string): void
}

/** Takes what a reader has read completely; calls happen in the message's own order. */
export interface Sink {
  /** The lane that watches `symbol` (as the venue writes it), undefined when nobody does. */
  lane(symbol: string): Lane | undefined
  book(lane: Lane): void
  trades(lane: Lane): void
  quote(lane: Lane): void
  reference(lane: Lane): void
}

/**
 * `taken`: read and handed to the sink. `ordinary`: not for the fast door, decode it as text. `off-grid`: nothing was handed over, a grid was refined,
 * read again. `malformed`: recognised and broken; nothing was handed over.
 */
export type Reading = 'taken' | 'ordinary' | 'off-grid' | 'malformed'

/** What a venue says apart from books and trades. Words in `reason` are the venue's and untrusted. */
export type VenueEvent =
  | { readonly kind: 'ignored' }
  | { readonly kind: 'subscribed'; readonly symbols: readonly string[] }
  | { readonly kind: 'refused'; readonly symbol?: string; readonly reason: string }
  /** The venue will close this link soon: make a new one before. */
  | { readonly kind: 'closing'; readonly reason: string }
  | { readonly kind: 'halted'; readonly symbol: string; readonly reason: string }
  | { readonly kind: 'reference'; readonly symbol: string; readonly reference: Partial<Reference> }
  /** Answer at once with this text. */
  | { readonly kind: 'answer'; readonly text: string }
  | { readonly kind: 'malformed'; readonly reason: string }

export type Endpoints = Readonly<Record<string, string>>

/** One kind of socket that a venue's instruments need; Binance USD-M needs two an instrument. */
export interface Leg {
  readonly id: string
  /** Whether books come over it: losing it voids them. */
  readonly carriesBook: boolean
  url(endpoints: Endpoints): string
  /** At most this many instruments on one socket. */
  readonly capacity: number
  subscribe(symbols: readonly string[], id: number): readonly string[]
  unsubscribe(symbols: readonly string[], id: number): readonly string[]
  /** Text to send every so often to keep the link, where the venue wants it; otherwise ping frames are answered by the socket. */
  readonly heartbeat?: { readonly everyMs: number; readonly text: string }
  /** Without a frame for this long the link is taken for dead and replaced. */
  readonly silentMs: number
  /** The venue cuts links at this age; a new one is made before. */
  readonly lifetimeMs?: number
}

/** Where the snapshot comes from. */
export type SnapshotSource =
  | {
      readonly kind: 'rest'
      request(symbol: string, endpoints: Endpoints): { readonly url: string; readonly weight: number }
      /** Reads the answer into `lane.changes` as a snapshot. */
      read(bytes: Uint8Array, lane: Lane): Reading
    }
  | {
      readonly kind: 'in-band'
      /** What to send for a fresh one. */
      request(symbols: readonly string[], id: number): readonly string[]
    }

export interface VenueLimits {
  /** Request weight a minute that the venue allows; half of it is used. */
  readonly weightPerMinute: number
  /** Frames a second that may be sent on one socket. */
  readonly framesPerSecond: number
  /** New sockets in five minutes. */
  readonly connectsPerFiveMinutes: number
  /** Largest frame accepted, bytes. */
  readonly maxFrameBytes: number
}

export interface Venue {
  readonly spec: VenueSpec
  readonly limits: VenueLimits
  readonly legs: readonly Leg[]
  readonly snapshot: SnapshotSource
  readonly sequence: SequenceRule
  /** The fast door: books, trades and quotes, straight from the socket's bytes. */
  read(bytes: Uint8Array, sink: Sink): Reading
  /** The ordinary door, in JSON: acks, errors, notices. Never throws on bad input. */
  decode(text: string): readonly VenueEvent[]
  readonly catalogue: {
    requests(endpoints: Endpoints): readonly { readonly url: string; readonly weight: number }[]
    /** Instruments of one answer; a `reason` when it cannot be read. */
    read(text: string): { readonly instruments: readonly Instrument[] } | { readonly reason: string }
    /**
     * An instrument by the venue's habits when its list cannot be had (a replay, an offline start): steps guessed coarse and refined by what arrives.
     */
    guess(symbol: string): Instrument
  }
}
