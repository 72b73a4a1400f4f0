import type { Levels } from '../../book/changes'
import { laneOf, past, pastQuotedWhole } from '../../dialects/own-form'
import { QUOTE } from '../../scan/bytes'
import { plainLevels } from '../../scan/levels'
import { behind, bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of a message with levels, in the order in which the venue sends them. */
const text = {
  second: bytesOfWord('{"data":{"timestamp":'),
  time: bytesOfWord(',"microtimestamp":'),
  bids: bytesOfWord(',"bids":'),
  asks: bytesOfWord(',"asks":'),
  diff: bytesOfWord('},"channel":"diff_order_book_'),
  book: bytesOfWord('},"channel":"order_book_'),
  end: bytesOfWord('","event":"data"}')
} as const

const SECOND = 0
const AT = 1
const figures = new Float64Array(2)

/** Reads diffs and whole books in exactly the form that the venue sends: their symbol comes last, behind the levels. */
export class Sides {
  /** Of the message found last: whether it is a diff, or else a whole book. */
  isDiff = false
  /** Venue time, µs. */
  at = NaN
  /** Where its levels begin, and where they are to end. */
  #from = 0
  #to = 0

  /** The lane of the symbol that the message names at its end. Undefined for every other message and form, and nothing is refused here. */
  find(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
    const { bytes } = scan
    let at = past(bytes, 0, text.second)
    at = pastQuotedWhole(bytes, at, figures, SECOND)
    at = past(bytes, at, text.time)
    at = pastQuotedWhole(bytes, at, figures, AT)
    this.#from = past(bytes, at, text.bids)
    if (this.#from < 0) return undefined
    const end = bytes.length - text.end.length
    if (behind(bytes, end, text.end) < 0) return undefined
    const symbol = this.#symbolBefore(bytes, end)
    this.at = figures[AT]!
    return symbol < 0 ? undefined : laneOf(scan, symbol, end, symbols, sink)
  }

  /** The levels of the message found last; false where they are in another form. */
  read({ bytes }: Scanner, { instrument }: Lane, bids: Levels, asks: Levels): boolean {
    let at = plainLevels(bytes, this.#from, instrument, bids)
    at = past(bytes, at, text.asks)
    return at >= 0 && plainLevels(bytes, at, instrument, asks) === this.#to
  }

  /** From the end backwards: where the symbol begins that ends at `end`. */
  #symbolBefore(bytes: Uint8Array, end: number): number {
    let quote = end - 1
    while (quote > this.#from && bytes[quote] !== QUOTE) quote--
    this.isDiff = true
    this.#to = quote - text.diff.lastIndexOf(QUOTE)
    const symbol = behind(bytes, this.#to, text.diff)
    if (symbol >= 0) return symbol
    this.isDiff = false
    this.#to = quote - text.book.lastIndexOf(QUOTE)
    return behind(bytes, this.#to, text.book)
  }
}
