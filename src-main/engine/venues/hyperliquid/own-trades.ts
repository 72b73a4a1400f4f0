import { ExpectedKeys } from '../../dialects/expected-keys'
import { laneOf, past, pastSame, pastString, pastWhole } from '../../dialects/own-form'
import { COMMA } from '../../scan/bytes'
import { bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands around the rows, and the two sides. */
const text = {
  rows: bytesOfWord('{"channel":"trades","data":['),
  end: bytesOfWord(']}'),
  buyer: bytesOfWord('"B"'),
  seller: bytesOfWord('"A"')
} as const

const names = ['coin', 'side', 'px', 'sz', 'time', 'tid', 'hash', 'users']
const [COIN, SIDE, PRICE, SIZE, TIME, ID, HASH] = [0, 1, 2, 3, 4, 5, 6] as const
/** Those without which there is no trade. */
const NEEDED = 2 ** HASH - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)

/** Trades of one coin in exactly a form that the venue sends, read in one pass. Nothing is refused here. */
export class OwnTrades {
  readonly #scan: Scanner
  readonly #symbols: Symbols
  /** Of the first row, and where its coin stands. */
  #lane: Lane | undefined
  #coin = -1

  constructor(scan: Scanner, symbols: Symbols) {
    this.#scan = scan
    this.#symbols = symbols
  }

  /**
   * The lane of their coin, with those staged in it that are news; undefined for every other message and form, which the reader then reads from the beginning.
   * @param began when the line's first book of a coin was, venue ms: trades until then are none
   */
  read(sink: Sink, began: (coin: string) => number): Lane | undefined {
    const { bytes } = this.#scan
    this.#begin()
    const rows = past(bytes, 0, text.rows)
    if (rows < 0) return undefined
    let since = NaN
    let at = rows - 1
    do {
      const isFirst = this.#coin < 0
      at = this.#row(at + 1, sink)
      if (at < 0 || !this.#lane) return undefined
      if (isFirst) since = began(this.#lane.instrument.symbol)
      if (figures[TIME]! > since) push(this.#lane)
    } while (bytes[at] === COMMA)
    return past(bytes, at, text.end) === bytes.length ? this.#lane : undefined
  }

  #begin(): void {
    this.#lane = undefined
    this.#coin = -1
  }

  #row(from: number, sink: Sink): number {
    const { bytes } = this.#scan
    let at = from
    for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
      at = key === COIN ? this.#named(keys.value, sink) : this.#value(keys.value, key)
    return (keys.told & NEEDED) === NEEDED ? keys.end : -1
  }

  #named(at: number, sink: Sink): number {
    const scan = this.#scan
    if (this.#coin >= 0) return pastSame(scan.bytes, at, this.#coin)
    const end = pastString(scan.bytes, at)
    if (end < 0) return -1
    this.#coin = at
    this.#lane = laneOf(scan, at + 1, end - 1, this.#symbols, sink)
    this.#lane?.trades.reset()
    return end
  }

  #value(at: number, key: number): number {
    const scan = this.#scan
    const { bytes } = scan
    if (key === PRICE || key === SIZE) return this.#number(at, key)
    if (key === TIME) return pastWhole(bytes, at, figures, TIME)
    if (key === HASH) return pastString(bytes, at)
    if (key === SIDE) {
      const bought = past(bytes, at, text.buyer)
      figures[SIDE] = bought < 0 ? -1 : 1
      return bought < 0 ? past(bytes, at, text.seller) : bought
    }
    if (key !== ID) return scan.marks.behind(bytes, at)
    // They have up to 16 digits.
    scan.at = at
    figures[ID] = scan.whole()
    return figures[ID] >= 0 ? scan.at : -1
  }

  #number(at: number, key: number): number {
    if (!this.#lane) return -1
    const { price, size } = this.#lane.instrument
    const end = plainNumber(this.#scan.bytes, at, key === PRICE ? price : size, figures, key)
    return key === PRICE && figures[PRICE] === 0 ? -1 : end
  }
}

function push({ trades }: Lane): void {
  const aggressor = figures[SIDE]! > 0 ? 1 : -1
  trades.push(figures[PRICE]!, figures[SIZE]!, aggressor, figures[TIME]!, figures[ID]!)
}
