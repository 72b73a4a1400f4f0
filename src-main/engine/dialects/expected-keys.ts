import { CLOSE_OBJECT, COMMA, OPEN_OBJECT } from '../scan/bytes'
import { behind, bytesOfWord } from '../scan/plain'

/**
 * The keys of an object in plain form, `"name":`, of which mostly that one comes which came behind the one before last time. A whole object of known keys, each
 * but once and in any order, is passed so: `for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at)) at = pastValue(keys.value, key)`; `end`
 * then tells whether it was one.
 */
export class ExpectedKeys {
  /** The keys that came, a bit each; of the first 31 only. */
  told = 0
  /** Where the value of the key that came last begins. */
  value = -1
  /** Behind the object; -1 where it has not been passed whole. */
  end = -1
  readonly #keys: readonly Uint8Array[]
  /** Which came behind each, and first of all behind the place past the last. */
  readonly #following: Uint8Array
  #before = 0

  /** @param names at most 255 */
  constructor(names: readonly string[]) {
    this.#keys = names.map((name) => bytesOfWord(`"${name}":`))
    this.#following = new Uint8Array(names.length + 1)
  }

  /** A new object. */
  begin(): void {
    this.#before = this.#keys.length
  }

  /** The first key of the object at `at`; -1 where none begins there, or with another key. */
  first(bytes: Uint8Array, at: number): number {
    this.begin()
    this.told = 0
    this.end = -1
    return at >= 0 && bytes[at] === OPEN_OBJECT ? this.#once(bytes, at + 1) : -1
  }

  /** The key behind the comma at `at`; -1 at the end of the object, for another key, one that came before, and where something else stands. */
  next(bytes: Uint8Array, at: number): number {
    if (at < 0) return -1
    const byte = bytes[at]
    if (byte === COMMA) return this.#once(bytes, at + 1)
    if (byte === CLOSE_OBJECT) this.end = at + 1
    return -1
  }

  /** Which key stands at `at`; -1 for another. */
  at(bytes: Uint8Array, at: number): number {
    const expected = this.#following[this.#before]!
    const key = behind(bytes, at, this.#keys[expected]!) > 0 ? expected : this.#search(bytes, at)
    if (key < 0) return -1
    this.#following[this.#before] = key
    this.#before = key
    return key
  }

  /** From the opening quote of a key to behind its colon. */
  lengthOf(key: number): number {
    return this.#keys[key]!.length
  }

  #once(bytes: Uint8Array, at: number): number {
    const key = this.at(bytes, at)
    if (key < 0 || this.told & (1 << key)) return -1
    this.told |= 1 << key
    this.value = at + this.#keys[key]!.length
    return key
  }

  #search(bytes: Uint8Array, at: number): number {
    for (let key = 0; key < this.#keys.length; key++) if (behind(bytes, at, this.#keys[key]!) > 0) return key
    return -1
  }
}
