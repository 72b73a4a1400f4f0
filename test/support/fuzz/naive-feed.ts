import type { FeedLane } from '../../../src-main/engine/feed/lane'
import type { NaiveMessage, NaiveReader, Row } from './naive-readers'
import { naiveSnapshot } from './naive-readers'

interface Json {
  readonly value: unknown
  readonly isLoose: boolean
}

interface NaiveState {
  readonly bids: Map<number, number>
  readonly asks: Map<number, number>
  last: number
  joined: boolean
  /** Venue time of the last message that told one, ms; NaN before. */
  at: number
  /** Levels a side that the venue keeps up. */
  window: number
}

/** The books of one line kept with JSON.parse and Map, and held against those of the feed. */
export class NaiveFeed {
  readonly #read: NaiveReader
  /** Texts that come again and again, by what JSON.parse makes of them. */
  readonly #known: ReadonlyMap<string, unknown>
  #books = new Map<string, NaiveState>()
  /** Where the last frame was JSON only if one looks away a little: the books as if it had not come. */
  #unread: Map<string, NaiveState> | undefined

  constructor(reader: NaiveReader, known: ReadonlyMap<string, unknown> = new Map()) {
    this.#read = reader
    this.#known = known
  }

  /** The next frame of the line. What is no message of a book, or none that can be read, changes nothing. */
  take(text: string): void {
    this.#unread = undefined
    const json = this.#parsed(text)
    if (json === undefined) return
    if (json.isLoose) this.#unread = copyOf(this.#books)
    try {
      const { messages, missed } = this.#read(json.value)
      if (missed) this.#books.clear()
      for (const message of messages) this.#apply(message)
    } catch {
      // Not as the venue writes it: no book may show anything of it.
    }
  }

  /** An answer to a request for a snapshot. */
  snapshot(symbol: string, text: string): void {
    const json = this.#parsed(text)
    try {
      const { last, bids, asks } = naiveSnapshot(json?.value)
      this.#replace(symbol, last, bids, asks)
    } catch {
      // As above.
    }
  }

  /** A book as it stands is carried on from `last`, with no more levels than the feed keeps of it. */
  adopt({ symbol, book, instrument, sync, changes, venueAt }: FeedLane, last: number): void {
    const { price, size } = instrument
    const levels = (from: FeedLane['book']['bids']) =>
      Array.from({ length: from.count }, (_, rank): Row => [
        (from.price(rank) * price.step) / 10 ** price.decimals,
        (from.size(rank) * size.step) / 10 ** size.decimals
      ])
    this.#replace(symbol, last, levels(book.bids), levels(book.asks))
    const joined = sync.state === 'joined'
    Object.assign(this.#books.get(symbol)!, { joined, at: venueAt, window: changes.window })
  }

  /** Nothing is known of a book that the feed does not follow. */
  forget(symbol: string): void {
    this.#books.delete(symbol)
  }

  /** What is wrong with a book that is followed, in words; undefined: it is level by level the same. */
  differs(lane: FeedLane): string | undefined {
    const wrong = differenceOf(lane, this.#books.get(lane.symbol))
    if (wrong === undefined || !this.#unread) return wrong
    const before = differenceOf(lane, this.#unread.get(lane.symbol))
    if (before === undefined) this.#books = this.#unread
    return before === undefined ? undefined : wrong
  }

  #apply({ symbol, isSnapshot, bids, asks, last, at = NaN, window, fits }: NaiveMessage): void {
    const book = this.#books.get(symbol)
    if (isSnapshot) {
      // Held up on its way: neither younger by the venue's time nor ahead by its id.
      const isOld = book !== undefined && at < book.at && !(last >= book.last)
      if (!book || (!isOld && fits(book.last, book.joined) !== 'stale'))
        this.#replace(symbol, last, bids, asks, window)
      this.#at(symbol, at)
      return
    }
    if (!book) return
    this.#at(symbol, at)
    const succession = fits(book.last, book.joined)
    if (succession === 'gap') this.#books.delete(symbol)
    if (succession !== 'next') return
    put(book.bids, bids)
    put(book.asks, asks)
    trim(book, window)
    book.last = last
    book.joined = true
  }

  #at(symbol: string, at: number): void {
    const book = this.#books.get(symbol)
    if (book && Number.isFinite(at)) book.at = at
  }

  #parsed(text: string): Json | undefined {
    const value = this.#known.get(text)
    return value === undefined ? parsed(text) : { value, isLoose: false }
  }

  #replace(symbol: string, last: number, bids: readonly Row[], asks: readonly Row[], window?: number): void {
    const book: NaiveState = {
      bids: new Map(),
      asks: new Map(),
      last,
      joined: false,
      at: NaN,
      window: Infinity
    }
    put(book.bids, bids)
    put(book.asks, asks)
    trim(book, window)
    this.#books.set(symbol, book)
  }
}

/** What the venue does not keep up is not known. */
function trim(book: NaiveState, window = book.window): void {
  book.window = window
  cut(book.bids, window, -1)
  cut(book.asks, window, 1)
}

function differenceOf(lane: FeedLane, naive: NaiveState | undefined): string | undefined {
  if (!naive) return 'followed although it cannot be known'
  const { book, instrument } = lane
  const { price, size } = instrument
  // A whole number through a power of ten is the very number that the decimal text is.
  const [prices, sizes] = [10 ** price.decimals, 10 ** size.decimals]
  for (const side of ['bids', 'asks'] as const) {
    const [own, other] = [book[side], naive[side]]
    if (own.count !== other.size)
      return `${own.count} ${side} at ${book.sequence} instead of ${other.size} at ${naive.last}`
    for (let rank = 0; rank < own.count; rank++) {
      const [at, of] = [(own.price(rank) * price.step) / prices, (own.size(rank) * size.step) / sizes]
      const told = other.get(at) ?? nearest(other, at)
      if (!isSame(of, told)) return `${of} at ${at} of the ${side} instead of ${told}`
    }
  }
  return undefined
}

/**
 * JSON; or what is JSON but for its blanks, escapes and numbers, as readers look only at those they want: a control character is a blank, leading zeros are passed over,
 * and what else is no number is null, which nobody takes where one is wanted. Then it may as well be refused. Undefined for anything else.
 */
function parsed(text: string): Json | undefined {
  for (const isLoose of [false, true])
    try {
      return { value: JSON.parse(isLoose ? loosely(text) : text), isLoose }
    } catch {
      continue
    }
  return undefined
}

function loosely(text: string): string {
  const spaced = text.replace(CONTROL, ' ')
  // An escape that is none is only looked at in a text that is wanted.
  return spaced.replace(/\\(?!["\\/bfnrtu])/g, '').replace(NUMBER, (number) => {
    const plain = number.replace(/^(-?)0+(?=\d)/, '$1')
    return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(plain) ? plain : 'null'
  })
}

const copyOf = (books: ReadonlyMap<string, NaiveState>): Map<string, NaiveState> =>
  new Map(
    [...books].map(([symbol, { bids, asks, ...rest }]) => [
      symbol,
      { ...rest, bids: new Map(bids), asks: new Map(asks) }
    ])
  )

const CONTROL = /(?![\x7f-\x9f])\p{Cc}/gu
const NUMBER = /(?<=[:,[]\s*)[-+.\deE]+(?=\s*[,\]}])/g

/** Only the best `count` of a side are kept up. */
function cut(side: Map<number, number>, count: number, sign: 1 | -1): void {
  if (side.size <= count) return
  const prices = [...side.keys()].sort((one, other) => sign * (one - other))
  for (const price of prices.slice(count)) side.delete(price)
}

function put(side: Map<number, number>, rows: readonly Row[]): void {
  for (const [price, size] of rows)
    if (size === 0) side.delete(price)
    else side.set(price, size)
}

/** Ticks times their step are not always the very number that the text was. */
function nearest(side: ReadonlyMap<number, number>, price: number): number {
  for (const [at, size] of side) if (isSame(at, price)) return size
  return NaN
}

const isSame = (one: number, other: number): boolean => Math.abs(one - other) <= 1e-12 * Math.abs(other)
