import type { Venue } from '../../../src-main/engine/venues/venue'
import type { Ids, Step, Truth } from './truth'

/** How a venue lists one made-up instrument. */
export interface Listing {
  readonly symbol: string
  readonly base: string
  readonly quote: string
  /** Decimals of prices and sizes; a tick and a lot are one unit of the last one. */
  readonly price: number
  readonly size: number
}

/** What can be seen of the books behind a venue. */
export interface Market {
  readonly listings: readonly Listing[]
  truth(symbol: string): Truth | undefined
  listing(symbol: string): Listing | undefined
  /** The latest deals of one instrument, oldest first: what many venues tell to begin with. */
  recent(symbol: string): readonly Deal[]
  now(): number
}

/** One connection as the dialect sees it. */
export interface Wire {
  readonly url: URL
  readonly market: Market
  /** Sends a frame. `stream` names what it is of, so that faults can be aimed at it: an instrument's book by its symbol, its prints as `printsOf` says. */
  say(frame: object | string, stream?: string): void
}

export interface Deal {
  readonly symbol: string
  /** As the venue numbers them. */
  readonly id: number
  readonly price: number
  readonly size: number
  readonly aggressor: 'buy' | 'sell'
  readonly at: number
  /** What is special about it, as `tradeFlag`; taken from its id, so that it is the same whoever hears of it. */
  readonly flags: number
}

/** The venue's end of one connection. It keeps in mind what the venue would: subscriptions, channel numbers, a counter over the line. */
export interface DialectLine {
  /** Instruments whose book this line has subscribed. */
  readonly books: ReadonlySet<string>
  hear(text: string): void
  step(step: Step): void
  trade?(deal: Deal): void
  /** Once a second. */
  beat?(): void
}

/** One venue's words over the common truth. */
export interface Dialect {
  readonly venue: Venue
  readonly listings: readonly Listing[]
  /** Levels a side that the stream keeps; Infinity all. */
  readonly view: number
  readonly ids: Ids
  /** Most changes a message; 1 where the venue tells one level at a time. */
  readonly most?: number
  readonly fallsSilently?: boolean
  /** The ids of its books are counted on each line: what a book is at an id is not the venue's to say, and its time tells. */
  readonly idsOfLine?: boolean
  /** Levels a side whose loss the venue lets a reader prove: all, those under the checksum, none. */
  readonly proven: number
  /** The venue pings its lines this often, by its documentation, ms; never where this is left out. */
  readonly pingMs?: number
  /** False where the venue, or what stands before it, answers no pings. */
  readonly answersPings?: boolean
  /** What the venue calls the n-th deal of an instrument; n itself where this is left out. One to one. */
  dealId?(n: number): number
  /** A deal that is not heard is missed by what else the line says (`line`), or by the number of the next one of its instrument (`each`). */
  readonly numbersDeals?: 'line' | 'each'
  /** Of a deal's flags those that its stream tells; none where this is left out. */
  told?(flags: number): number
  line(wire: Wire): DialectLine
  /** The answer to a request, undefined where there is no such address. */
  answer(url: URL, post: string | undefined, market: Market): object | string | undefined
}

/** The stream of an instrument's prints. */
export const printsOf = (symbol: string): string => `${symbol} prints`

/** The decimal text of a whole number of units of the last decimal. */
export function textOf(units: number, decimals: number): string {
  if (decimals === 0) return String(units)
  const digits = String(units).padStart(decimals + 1, '0')
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

/** Levels as pairs of decimal texts, as most venues write them. */
export const pairsOf = (
  levels: readonly (readonly [number, number])[],
  { price, size }: Listing
): [string, string][] => levels.map(([p, s]) => [textOf(p, price), textOf(s, size)])

/** JSON that is an object, or nothing. */
export function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}

/** Levels with prices and sizes as JSON numbers. */
export const numbersOf = (
  levels: readonly (readonly [number, number])[],
  { price, size }: Listing
): [number, number][] => levels.map(([p, s]) => [Number(textOf(p, price)), Number(textOf(s, size))])

export const isoOf = (at: number): string => new Date(at).toISOString().replace('Z', '000Z')
