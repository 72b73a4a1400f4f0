import { CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE, SPACE } from './bytes'
import { behind } from './plain'
import { behindNumber, behindString, behindWord, Marks } from './marks'

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
  /** What of the text has been found sound. */
  readonly marks = new Marks()
  #fresh = false
  #failed = false

  load(bytes: Uint8Array): this {
    this.bytes = bytes
    this.at = 0
    this.marks.load(bytes.length)
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
    let at = this.at
    let byte = bytes[at]
    while (byte !== undefined && byte <= SPACE) byte = bytes[++at]
    this.at = at
    return byte ?? 0
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
    if (!this.#next(CLOSE_OBJECT) || !this.string()) return false
    if (this.bytes[this.at] !== COLON) return this.pass(COLON)
    this.at++
    return true
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

  /** Passes this text where it stands next, byte by byte; false, and nothing passed or failed, where something else does. */
  passText(text: Uint8Array): boolean {
    const at = behind(this.bytes, this.at, text)
    if (at < 0) return false
    this.at = at
    return true
  }

  /** Passes a string; its bytes, escapes and all, are `from` to `to`. */
  string(): boolean {
    if (this.#failed || this.peek() !== QUOTE) return this.fail()
    const from = this.at
    const end = behindString(this.bytes, from)
    if (end < 0) return this.fail()
    this.from = from + 1
    this.to = end - 1
    this.at = end
    return true
  }

  /** The bytes `from` to `to` as text, one unit a byte: for numbers and words. Allocates. */
  text(): string {
    let text = ''
    for (let at = this.from; at < this.to; at++) text += String.fromCharCode(this.bytes[at]!)
    return text
  }

  /** Passes any value. What it holds is found sound once; passed again, or entered and passed in parts, it costs nothing. A string's bytes are then `from` to `to`. */
  skip(): boolean {
    if (this.#failed) return false
    if (this.peek() === QUOTE) return this.string()
    return this.#moveTo(this.marks.behind(this.bytes, this.at))
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
    if (this.#fresh) this.#fresh = false
    else {
      if (byte !== COMMA) return this.fail()
      this.at++
      if (this.peek() === close) return this.fail()
    }
    return true
  }

  #moveTo(at: number): boolean {
    if (at < 0) return this.fail()
    this.at = at
    return true
  }

  /** Passes a literal such as `true`. */
  protected word(word: string): boolean {
    return !this.#failed && this.#moveTo(behindWord(this.bytes, this.at, word))
  }

  /** Passes digits, signs, points and exponents; who wants the number reads it with a stricter method. */
  protected number(): boolean {
    return this.#moveTo(behindNumber(this.bytes, this.at))
  }
}
