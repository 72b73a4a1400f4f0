import type { VenueSpec } from '../../../src-shared/contract/catalogue'
import type { Instrument } from '../../../src-shared/instrument'
import type { Book } from '../book/book'
import type { Changes, Touch, Trades } from '../book/changes'
import type { SequenceRule } from '../book/sequence'

/** The venue's latest best bid and ask, from its own quote channel: the oracle for the rebuilt touch. */
export interface Quote extends Touch {
  /** In the id space of the book where the venue shares it, else NaN. */
  sequence: number
  /** Venue time, ms, NaN where it gives none. */
  at: number
}

/** A derivative's reference figures; prices in the instrument's own quote currency; NaN what was not told. */
export interface Reference {
  mark: number
  index: number
  /** Rate of the running interval, as a share. */
  funding: number
  nextFundingAt: number
  /** In units of base currency; quote money where the contract is worth quote money (inverse). */
  openInterest: number
  /** Wall time at which the open interest was told, ms, where it has to be asked for; NaN where it comes with the rest. */
  openInterestAt: number
  at: number
  /** The price an option's greeks are taken at, in its strike's currency. */
  underlying: number
  /** Implied volatilities a year, as shares: 0.65 is 65 %. */
  markIv: number
  bidIv: number
  askIv: number
  /** Per unit of the underlying; vega per 1 % of volatility and theta per day, as the venues tell them. */
  delta: number
  gamma: number
  vega: number
  theta: number
}

export const noReference = (): Reference => ({
  mark: NaN,
  index: NaN,
  funding: NaN,
  nextFundingAt: NaN,
  openInterest: NaN,
  openInterestAt: NaN,
  at: NaN,
  underlying: NaN,
  markIv: NaN,
  bidIv: NaN,
  askIv: NaN,
  delta: NaN,
  gamma: NaN,
  vega: NaN,
  theta: NaN
})

/** What one watched instrument's messages are read into. Reused for every message: look, then copy what must last. */
export interface Lane {
  /** Its grids may get finer while it runs. */
  readonly instrument: Instrument
  readonly changes: Changes
  readonly trades: Trades
  readonly quote: Quote
  /** Orders that a venue closed by force; the aggressor is the side of the closing order. Not all venues tell all of them. */
  readonly liquidations: Trades
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
  liquidations(lane: Lane): void
  reference(lane: Lane): void
  /**
   * The venue's checksum of the book as it now stands, where it comes in a message of its own. With a `sequence` it is of the book at that id, and says
   * nothing of a book that stands elsewhere.
   */
  checksum(lane: Lane, value: number, sequence?: number): void
  /** What the venue says elsewhere (a trade id, a heartbeat) proves that messages were lost: this book is void. The words are ours. */
  doubtful(lane: Lane, reason: string): void
  /** Trades of this lane were missed. Says nothing of its book. */
  tradesMissed(lane: Lane): void
  /**
   * Messages of this line were missed (a counter over the whole line jumped by `missed` + 1; NaN unknown): every book on it is void. Call it
   * once the message at hand has been found sound and before handing that over.
   */
  missed(missed: number): void
}

/**
 * `taken`: read and handed to the sink. `ordinary`: not for the fast door, decode it as text. `off-grid`: nothing was handed over, a grid was refined,
 * read again. `malformed`: recognised and broken; nothing was handed over.
 */
export type Reading = 'taken' | 'ordinary' | 'off-grid' | 'malformed'

/** What a venue says apart from books and trades. Words in `reason` are the venue's and untrusted. */
export type VenueEvent =
  | { readonly kind: 'ignored' }
  /** Known and meaningless for us, or a sign of life. */
  | { readonly kind: 'heard' }
  /** `request`: where no symbols are named, the number of the request that asked for them. */
  | { readonly kind: 'subscribed'; readonly symbols: readonly string[]; readonly request?: number }
  | { readonly kind: 'refused'; readonly symbol?: string; readonly reason: string }
  /** From here on it sends the trades of these, or, `refused`, it does not, and why. */
  | { readonly kind: 'trades'; readonly symbols: readonly string[]; readonly refused?: string }
  /** The venue will close this link soon: make a new one before. */
  | { readonly kind: 'closing'; readonly reason: string }
  /** This link is of no use any more: drop it and make a new one, at once or, `later`, after the usual wait because we asked for too much. */
  | { readonly kind: 'reconnect'; readonly reason: string; readonly later?: boolean }
  | { readonly kind: 'halted'; readonly symbol: string; readonly reason: string }
  | { readonly kind: 'resumed'; readonly symbol: string }
  | { readonly kind: 'delisted'; readonly symbol: string; readonly reason: string }
  /** The whole venue is closed or open again. */
  | { readonly kind: 'maintenance'; readonly closed: boolean; readonly reason: string }
  /** Instruments were listed, renamed or changed their steps: read the list again. */
  | { readonly kind: 'relisted' }
  /** The venue says that a book is no longer to be believed: void it and ask for a snapshot. */
  | { readonly kind: 'doubtful'; readonly symbol: string; readonly reason: string }
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
  /** Trades come over it, and books over another. */
  readonly carriesTrades?: true
  /** Which symbols need it; all where this is left out. */
  serves?(symbol: string): boolean
  url(endpoints: Endpoints): string
  /** Other addresses of the same service, tried in turn after `url` has failed. */
  fallbacks?(endpoints: Endpoints): readonly string[]
  /** Where an address must be asked for before each connection. */
  readonly ticket?: {
    request(endpoints: Endpoints): Request
    read(text: string): { readonly url: string } | { readonly reason: string }
  }
  /** Frames sent as soon as the line is open, before any subscription. */
  readonly hello?: readonly string[]
  /** At most this many instruments on one socket. */
  readonly capacity: number
  subscribe(symbols: readonly string[], id: number): readonly string[]
  /** `reader` is that of the line: some venues want the channel numbers it was told. */
  unsubscribe(symbols: readonly string[], id: number, reader?: Reader): readonly string[]
  /** Asks for the trades of these and nothing else, where the venue acknowledges them by themselves (`trades`). */
  trades?(symbols: readonly string[]): readonly string[]
  /** Text to send every so often to keep the link, where the venue wants it; otherwise ping frames are answered by the socket. */
  readonly heartbeat?: { readonly everyMs: number; readonly text: string }
  /**
   * Without a frame, or a ping of the venue's, for this long the link is taken for dead and replaced: above the slowest thing that comes at a fixed pace. A line
   * that answered our own pings, and does so no more, is judged sooner (`feed/answers.ts`).
   */
  readonly silentMs: number
  /** The venue cuts links at this age; a new one is made before. */
  readonly lifetimeMs?: number
}

/** A question over HTTP. `post` is a JSON body: then it is a POST. */
export interface Request {
  readonly url: string
  readonly weight: number
  readonly post?: string
  /** The list does without its answer: where there is none, an empty text stands for it. */
  readonly mayFail?: true
  /** What an earlier answer told and this one is read with: steps of prices by family. */
  readonly tickSteps?: TickSteps
}

/** As an instrument has them, by the family of instruments. */
export type TickSteps = ReadonlyMap<string, NonNullable<Instrument['tickSteps']>>

/** A whole book over HTTP. */
export interface BookSource {
  request(symbol: string, endpoints: Endpoints): Request
  /** Reads the answer into `lane.changes` as a snapshot. */
  read(bytes: Uint8Array, lane: Lane): Reading
  /** The symbol that such a request's address names; undefined when it is another's address. For tapes. */
  symbolOf(url: URL): string | undefined
}

/** Reference figures of a derivative over HTTP, where the stream does not tell them. */
export interface ReferenceSource {
  /** True where the stream tells none at all: an answer is all that is known. */
  readonly isAlone: boolean
  /** What is asked for, in words: `open interest`. */
  readonly what: string
  request(symbol: string, endpoints: Endpoints): Request
  /** What the answer tells; undefined when it cannot be read or is another instrument's. Never throws. */
  read(bytes: Uint8Array, lane: Lane): AskedFigures | undefined
}
export type AskedFigures = Partial<Pick<Reference, 'index' | 'funding' | 'openInterest'>>

/** Whether the whole venue is open, over HTTP, where its market streams do not tell. */
export interface StatusSource {
  request(endpoints: Endpoints): Request
  /** Why it is closed, in words that are the venue's and untrusted; empty: it is open. Undefined when the answer cannot be read. Never throws. */
  read(text: string): string | undefined
}

/** It ends after so many levels though the stream tells of all: what lies beyond is unknown until it changes, so another is asked for as the price moves. */
type IsCut = true

/** Where the snapshot comes from. */
export type SnapshotSource =
  | ({ readonly kind: 'rest'; readonly isCut?: IsCut } & BookSource)
  | {
      readonly kind: 'in-band'
      readonly isCut?: IsCut
      /** The book comes by itself and whole every time: nothing to ask for, and nothing to lose. */
      readonly always?: boolean
      /**
       * Each bears the time at which it was made: the very same bytes once more on one line are an old message, and no answer to a question. Each line has a reader of
       * its own, by which it is told from others.
       */
      readonly isStamped?: true
      /** What to send for a fresh one; `reader` as for `unsubscribe`. */
      request(symbols: readonly string[], id: number, reader?: Reader): readonly string[]
    }

export interface Burst {
  readonly weight: number
  readonly withinMs: number
}

export interface VenueLimits {
  /** Request weight a minute that the venue allows; half of it is used. */
  readonly weightPerMinute: number
  /** Request weight that it allows in a shorter while; half of it is used. */
  readonly burst?: Burst
  /** Frames a second that may be sent on one socket. */
  readonly framesPerSecond: number
  /** Requests to subscribe or leave that it allows on one socket in an hour; half of them are used. */
  readonly subscriptionsPerHour?: number
  /** New sockets in five minutes. */
  readonly connectsPerFiveMinutes: number
  /** Largest frame accepted, bytes. */
  readonly maxFrameBytes: number
  /** Statuses beside HTTP 429 and 418 by which it says "come back later": for how long at least, and what they mean in words. */
  readonly bans?: readonly { readonly status: number; readonly leastMs: number; readonly meaning: string }[]
}

/** The books and trades of one line: what it must remember of it (channel numbers, a counter over all messages) is in here. */
export interface Reader {
  /** The fast door: books, trades and quotes, straight from the socket's bytes. */
  read(bytes: Uint8Array, sink: Sink): Reading
  /** The ordinary door, in JSON: acks, errors, notices. Never throws on bad input. */
  decode(text: string): readonly VenueEvent[]
  /**
   * The number by which this line knows a symbol's channel that is to be left, where the venue numbers them. One whose number was not told yet is left with an
   * `answer` when it is, unless it was asked for again before.
   */
  leave?(channel: string, symbol: string): number | undefined
  /** Told of every text sent on its line, where answers must be held against what was asked. Never throws. */
  sent?(text: string): void
}

/** The venue's checksum over a book, to be held against the one it sends. */
export interface ChecksumRule {
  /** In the venue's own arithmetic (signed or not), over numbers as `digits` says. NaN where this book cannot be summed, which is no mismatch. */
  of(book: Book, instrument: Instrument, digits?: Pick<Changes, 'priceDecimals' | 'sizeDecimals'>): number
}

export interface Venue {
  readonly spec: VenueSpec
  readonly limits: VenueLimits
  readonly legs: readonly Leg[]
  readonly snapshot: SnapshotSource
  readonly sequence: SequenceRule
  readonly checksum?: ChecksumRule
  /** Ids of an instrument's trades go up by one from each to the next, by captures or the venue's own word: a jump is a loss. */
  readonly countsTrades?: true
  /**
   * Where a book that nothing in the stream proves can be had whole, to be held against ours. Its ids are no ids of the stream (`last` is NaN) and `at` is the
   * venue's time.
   */
  readonly audit?: BookSource
  readonly asked?: ReferenceSource
  /**
   * Where reference figures come at a pace of their own, changed or not: those not told again for so long hold no more, ms. Left out where a stream tells only
   * changes: they hold as long as their line.
   */
  readonly referencesLapseMs?: number
  readonly status?: StatusSource
  /** A reader for one line. Venues that need no memory answer with the same one every time. */
  reader(): Reader
  readonly catalogue: {
    requests(endpoints: Endpoints): readonly Request[]
    /**
     * Instruments of one answer to `request`; a `reason` when it cannot be read. `next`: the list goes on there, or in several. `lacks`: what the list does
     * without, in words.
     */
    read(
      text: string,
      request: Request
    ):
      | {
          readonly instruments: readonly Instrument[]
          readonly next?: Request | readonly Request[]
          readonly lacks?: string
        }
      | { readonly reason: string }
    /**
     * An instrument by the venue's habits when its list cannot be had (a replay, an offline start): steps guessed coarse and refined by what arrives.
     */
    guess(symbol: string): Instrument
  }
}
