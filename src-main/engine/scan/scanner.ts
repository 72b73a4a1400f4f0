import type { Grid } from '../../../src-shared/instrument'

const QUOTE = 0x22
const COMMA = 0x2c
const POINT = 0x2e
const COLON = 0x3a
const ZERO = 0x30
const NINE = 0x39
const BACKSLASH = 0x5c
const SPACE = 0x20
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

/** Deeper nesting than any venue sends is refused, so that a hostile frame cannot exhaust the stack. */
const DEEPEST = 32
const powersOfTen = Float64Array.from({ length: 23 }, (_, n) => 10 ** n)

/**
 * A cursor over one JSON text in UTF-8. Nothing is allocated while reading. A broken text makes it `failed()`, which stays: the calls after it
 * answer NaN or false, so that a reader asks once, at its end. It never throws and never reads outside the bytes.
 */
export class Scanner {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  /** The key or string read last, without its quotes. */
  from = 0
  to = 0
  /** Significant decimals of the last number that was no point of its grid; 0 where only the step did not fit. */
  offGridDecimals = -1
  #fresh = false
  #failed = false

  load(bytes: Uint8Array): this {
    this.bytes = bytes
    this.at = 0
    this.#failed = false
    this.offGridDecimals = -1
    return this
  }

  failed(): boolean {
    return this.#failed
  }

  fail(): false {
    this.#failed = true
    return false
  }

  /** The next byte that is no white space, without passing it; 0 at the end. */
  peek(): number {
    const { bytes } = this
    while (this.at < bytes.length) {
      const byte = bytes[this.at]!
      if (byte > SPACE) return byte
      this.at++
    }
    return 0
  }

  /** Nothing but white space is left. */
  atEnd(): boolean {
    return this.peek() === 0 && this.at === this.bytes.length
  }

  enterObject(): boolean {
    return this.#enter(OPEN_OBJECT)
  }

  enterArray(): boolean {
    return this.#enter(OPEN_ARRAY)
  }

  /** Moves to the value of the next key, whose bytes are `from` to `to`; false behind the object's end. */
  nextKey(): boolean {
    if (!this.#next(CLOSE_OBJECT)) return false
    if (!this.string()) return false
    return this.pass(COLON)
  }

  /** Moves to the next item; false behind the array's end. */
  nextItem(): boolean {
    return this.#next(CLOSE_ARRAY)
  }

  /** Passes one byte of punctuation. */
  pass(byte: number): boolean {
    if (this.#failed || this.peek() !== byte) return this.fail()
    this.at++
    return true
  }

  comma(): boolean {
    return this.pass(COMMA)
  }

  /** Passes a string; its bytes, escapes and all, are `from` to `to`. */
  string(): boolean {
    if (!this.pass(QUOTE)) return false
    const { bytes } = this
    let at = this.at
    for (; at < bytes.length; at++) {
      const byte = bytes[at]!
      if (byte === QUOTE) {
        this.from = this.at
        this.to = at
        this.at = at + 1
        return true
      }
      if (byte === BACKSLASH) at++
      else if (byte < SPACE) return this.fail()
    }
    return this.fail()
  }

  /** A whole number of any length, quoted or bare; NaN beyond 2^53, where it could not be told from its neighbours. */
  whole(): number {
    const n = this.#digits()
    return n <= Number.MAX_SAFE_INTEGER ? n : NaN
  }

  /** True or false; fails on anything else. */
  boolean(): boolean {
    const value = this.peek() === 0x74
    return this.#word(value ? 'true' : 'false') && value
  }

  /**
   * The point of `grid` that an unsigned plain decimal names, quoted or bare, exactly. NaN and `offGridDecimals` where it lies between points (its text is `from`
   * to `to`). Fails on signs, exponents, empty text, words, and on what passes 2^53 counted in its own last decimal.
   */
  decimal(grid: Grid): number {
    if (this.#failed) return NaN
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
    n *= powersOfTen[missing]!
    if (!sound || !this.#endsNumber(at, quoted) || n > Number.MAX_SAFE_INTEGER) {
      this.fail()
      return NaN
    }
    if (beyond > 0 || (grid.step !== 1 && n % grid.step !== 0)) return this.#offGrid(from, at, beyond)
    return grid.step === 1 ? n : n / grid.step
  }

  /** An ordinary signed decimal number, quoted or bare, for figures that are no book prices; NaN for an empty string or null. Allocates. */
  figure(): number {
    if (this.#failed) return NaN
    if (this.peek() === 0x6e) {
      this.#word('null')
      return NaN
    }
    const quoted = this.peek() === QUOTE
    if (quoted) this.string()
    else {
      this.from = this.at
      this.#number()
      this.to = this.at
    }
    if (this.failed() || this.from === this.to) return NaN
    const text = this.text()
    if (/^-?\d{1,30}(\.\d{1,30})?$/.test(text)) return Number(text)
    this.fail()
    return NaN
  }

  /** The bytes `from` to `to` as text, one unit a byte: for numbers and words. Allocates. */
  text(): string {
    let text = ''
    for (let at = this.from; at < this.to; at++) text += String.fromCharCode(this.bytes[at]!)
    return text
  }

  /** Passes any value. */
  skip(depth = 0): boolean {
    if (this.#failed || depth > DEEPEST) return this.fail()
    switch (this.peek()) {
      case QUOTE:
        return this.string()
      case OPEN_OBJECT:
        this.enterObject()
        while (this.nextKey()) this.skip(depth + 1)
        return !this.failed()
      case OPEN_ARRAY:
        this.enterArray()
        while (this.nextItem()) this.skip(depth + 1)
        return !this.failed()
      case 0x74:
        return this.#word('true')
      case 0x66:
        return this.#word('false')
      case 0x6e:
        return this.#word('null')
      default:
        return this.#number()
    }
  }

  #enter(open: number): boolean {
    if (!this.pass(open)) return false
    this.#fresh = true
    return true
  }

  #next(close: number): boolean {
    if (this.#failed) return false
    const byte = this.peek()
    if (byte === close) {
      this.at++
      this.#fresh = false
      return false
    }
    if (!this.#fresh) {
      if (byte !== COMMA) return this.fail()
      this.at++
      if (this.peek() === close) return this.fail()
    }
    this.#fresh = false
    return true
  }

  #digits(): number {
    if (this.#failed) return NaN
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

  #word(word: string): boolean {
    if (this.#failed) return false
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) return this.fail()
    }
    this.at += word.length
    return true
  }

  /** Passes digits, signs, points and exponents; who wants the number reads it with a stricter method. */
  #number(): boolean {
    const { bytes } = this
    const start = this.at
    let byte = bytes[this.at]!
    while (
      (byte >= ZERO && byte <= NINE) ||
      byte === POINT ||
      byte === 0x2d ||
      byte === 0x2b ||
      (byte | 32) === 0x65
    )
      byte = bytes[++this.at]!
    return this.at > start || this.fail()
  }
}
