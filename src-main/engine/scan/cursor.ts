import {
  BACKSLASH,
  CLOSE_ARRAY,
  CLOSE_OBJECT,
  COLON,
  COMMA,
  LETTER_E,
  LETTER_N,
  LETTER_T,
  MINUS,
  NINE,
  OPEN_ARRAY,
  OPEN_OBJECT,
  PLUS,
  POINT,
  QUOTE,
  SPACE,
  ZERO
} from './bytes'

/** Deeper nesting than any venue sends is refused, so that a hostile frame cannot exhaust the stack. */
const DEEPEST = 32

/**
 * A cursor over one JSON text in UTF-8. Nothing is allocated while reading. A broken text makes it `failed()`, which stays: the calls after it
 * answer NaN or false, so that a reader asks once, at its end. It never throws and never reads outside the bytes.
 */
export class Cursor {
  bytes: Uint8Array = new Uint8Array(0)
  at = 0
  /** The key or string read last, without its quotes. */
  from = 0
  to = 0
  #fresh = false
  #failed = false

  load(bytes: Uint8Array): this {
    this.bytes = bytes
    this.at = 0
    this.#failed = false
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
      case LETTER_T:
        return this.word('true')
      case 0x66:
        return this.word('false')
      case LETTER_N:
        return this.word('null')
      default:
        return this.number()
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

  /** Passes a literal such as `true`. */
  protected word(word: string): boolean {
    if (this.#failed) return false
    for (let i = 0; i < word.length; i++) {
      if (this.bytes[this.at + i] !== word.charCodeAt(i)) return this.fail()
    }
    this.at += word.length
    return true
  }

  /** Passes digits, signs, points and exponents; who wants the number reads it with a stricter method. */
  protected number(): boolean {
    const { bytes } = this
    const start = this.at
    let byte = bytes[this.at]!
    while (
      (byte >= ZERO && byte <= NINE) ||
      byte === POINT ||
      byte === MINUS ||
      byte === PLUS ||
      (byte | 32) === LETTER_E
    )
      byte = bytes[++this.at]!
    return this.at > start || this.fail()
  }
}
