import { behind, bytesOfWord } from '../scan/plain'

/** The keys of an object in plain form, `"name":`, of which mostly that one comes which came behind the one before last time. */
export class ExpectedKeys {
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

  #search(bytes: Uint8Array, at: number): number {
    for (let key = 0; key < this.#keys.length; key++) if (behind(bytes, at, this.#keys[key]!) > 0) return key
    return -1
  }
}
