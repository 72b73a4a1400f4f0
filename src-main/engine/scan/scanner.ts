import type { Grid } from '../../../src-shared/instrument'
import { Cursor } from './cursor'
import { figureRead, plainFigure } from './plain-figure'
import { exactUpTo, exponential, readExponential } from './exponential'
import {
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COMMA,
  LETTER_E,
  LETTER_N,
  LETTER_T,
  MINUS,
  NINE,
  POINT,
  QUOTE,
  SPACE,
  ZERO
} from './bytes'

const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/** Reads numbers from a JSON text, exactly, as the house counts them. */
export class Scanner extends Cursor {
  /** Significant decimals of the last number that was no point of its grid; 0 where only the step did not fit. */
  offGridDecimals = -1

  /** A whole number of any length, quoted or bare; NaN beyond 2^53, where it could not be told from its neighbours. */
  whole(): number {
    const n = this.#digits()
    return n <= Number.MAX_SAFE_INTEGER ? n : NaN
  }

  /** As `whole`, exact beyond 2^53 too; undefined, and failed, for what is none and beyond 10^30. Allocates. */
  bigWhole(): bigint | undefined {
    const from = this.peek() === QUOTE ? this.at + 1 : this.at
    const n = this.#digits()
    if (n <= Number.MAX_SAFE_INTEGER) return BigInt(n)
    if (!(n <= 1e30)) {
      this.fail()
      return undefined
    }
    this.from = from
    this.to = from
    while (this.bytes[this.to]! >= ZERO && this.bytes[this.to]! <= NINE) this.to++
    return BigInt(this.text())
  }

  /** True or false; fails on anything else. */
  boolean(): boolean {
    const value = this.peek() === LETTER_T
    return this.word(value ? 'true' : 'false') && value
  }

  /**
   * The point of `grid` that an unsigned decimal names, quoted or bare, with an exponent (`7e-7`) or without, exactly. NaN and `offGridDecimals` where it lies
   * between points (its text is `from` to `to`). Fails on signs, empty text, words, and on what the grid cannot hold
   * exactly in a double.
   */
  decimal(grid: Grid): number {
    if (this.failed()) return NaN
    const quoted = this.peek() === QUOTE
    return this.#point(grid, quoted ? this.at + 1 : this.at, quoted)
  }

  /** As `decimal`, with a minus sign or without; `from` to `to` leave the sign out. */
  signedDecimal(grid: Grid): number {
    if (this.failed()) return NaN
    const quoted = this.peek() === QUOTE
    const first = quoted ? this.at + 1 : this.at
    if (this.bytes[first] !== MINUS) return this.#point(grid, first, quoted)
    const n = this.#point(grid, first + 1, quoted)
    return n === 0 ? 0 : -n
  }

  #point(grid: Grid, from: number, quoted: boolean): number {
    const { bytes } = this
    let at = from
    let n = 0
    let byte = bytes[at]!
    while (byte >= ZERO && byte <= NINE) {
      n = n * 10 + (byte - ZERO)
      byte = bytes[++at]!
    }
    let sound = at > from
    let missing = grid.decimals
    let beyond = 0
    if (byte === POINT) {
      const first = at + 1
      byte = bytes[++at]!
      while (missing > 0 && byte >= ZERO && byte <= NINE) {
        n = n * 10 + (byte - ZERO)
        missing--
        byte = bytes[++at]!
      }
      while (byte >= ZERO && byte <= NINE) {
        if (byte !== ZERO) beyond = at - first + 1
        byte = bytes[++at]!
      }
      sound &&= at > first
    }
    if ((byte | 32) === LETTER_E) return this.#exponential(grid, from, quoted)
    if (!sound || !this.#endsNumber(at, quoted) || n > exactUpTo[missing]!) {
      this.fail()
      return NaN
    }
    n *= powersOfTen[missing]!
    if (beyond > 0 || (grid.step !== 1 && n % grid.step !== 0)) return this.#offGrid(from, at, beyond)
    return grid.step === 1 ? n : n / grid.step
  }

  /** An ordinary signed decimal number, quoted or bare, for figures that are no book prices; NaN for an empty string or null. */
  figure(): number {
    if (this.failed()) return NaN
    const first = this.peek()
    if (first === LETTER_N) {
      this.word('null')
      return NaN
    }
    const quoted = first === QUOTE
    const start = this.at
    const end = plainFigure(this.bytes, quoted ? start + 1 : start)
    if (end > 0 && this.#endsNumber(end, quoted)) return figureRead.value
    this.at = start
    return this.#carefulFigure(quoted)
  }

  /** Allocates. */
  #carefulFigure(quoted: boolean): number {
    if (quoted) this.string()
    else {
      this.from = this.at
      this.number()
      this.to = this.at
    }
    if (this.failed() || this.from === this.to) return NaN
    const text = this.text()
    if (/^-?\d{1,30}(\.\d{1,30})?([eE][-+]?\d{1,3})?$/.test(text)) return Number(text)
    this.fail()
    return NaN
  }

  #exponential(grid: Grid, from: number, quoted: boolean): number {
    if (!readExponential(this.bytes, from) || !this.#endsNumber(exponential.end, quoted)) {
      this.fail()
      return NaN
    }
    const { digits, scale, end } = exponential
    const missing = Math.max(0, grid.decimals - scale)
    const n = digits * powersOfTen[missing]!
    if (digits > exactUpTo[missing]! || scale > 15) this.fail()
    else if (scale <= grid.decimals && n % grid.step === 0) return n / grid.step
    this.from = from
    this.to = end
    this.offGridDecimals = scale > grid.decimals ? scale : 0
    return NaN
  }

  #digits(): number {
    if (this.failed()) return NaN
    const { bytes } = this
    const quoted = this.peek() === QUOTE
    const from = quoted ? this.at + 1 : this.at
    let at = from
    let n = 0
    let byte = bytes[at]!
    while (byte >= ZERO && byte <= NINE) {
      n = n * 10 + (byte - ZERO)
      byte = bytes[++at]!
    }
    if (at > from && this.#endsNumber(at, quoted)) return n
    this.fail()
    return NaN
  }

  /** Moves behind a number whose digits end at `at`; false where something else than its end stands there. */
  #endsNumber(at: number, quoted: boolean): boolean {
    const byte = this.bytes[at]
    if (byte === undefined) return false
    if (quoted) {
      this.at = at + 1
      return byte === QUOTE
    }
    this.at = at
    return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || byte <= SPACE
  }

  /** What would not be whole even on a grid of its own is refused: a grid refined for it could hold no other number. */
  #offGrid(from: number, to: number, decimals: number): number {
    let n = 0
    let left = decimals
    let fraction = false
    for (let at = from; at < to && (!fraction || left > 0); at++) {
      const byte = this.bytes[at]!
      if (byte === POINT) fraction = true
      else {
        n = n * 10 + (byte - ZERO)
        if (fraction) left--
      }
    }
    if (n > Number.MAX_SAFE_INTEGER || decimals > 15) this.fail()
    this.from = from
    this.to = to
    this.offGridDecimals = decimals
    return NaN
  }
}
