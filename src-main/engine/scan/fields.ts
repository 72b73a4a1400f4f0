import type { Scanner } from './scanner'
import { BACKSLASH, CLOSE_OBJECT, COLON, COMMA, OPEN_OBJECT, QUOTE, SPACE } from './bytes'

/**
 * The known keys of a venue's messages and where, in the message at hand, their values begin: the order of keys is nobody's promise, so a
 * reader walks the message once and reads afterwards what it needs. Keys are matched by bytes.
 */
export class Fields<Name extends string> {
  readonly #names: readonly Name[]
  readonly #bytes: readonly Uint8Array[]
  /** By first byte: the first key that begins so, and after each key the next one; -1 ends. */
  readonly #head = new Int16Array(256).fill(-1)
  readonly #after: Int16Array
  readonly #at: Int32Array
  /** Which key came last behind each, and first of all behind the place past the last. */
  readonly #following: Int16Array

  constructor(names: readonly Name[]) {
    this.#names = names
    this.#bytes = names.map((name) => Uint8Array.from(name, (letter) => letter.charCodeAt(0)))
    this.#after = new Int16Array(names.length)
    this.#at = new Int32Array(names.length)
    this.#following = new Int16Array(names.length + 1).fill(-1)
    this.#bytes.forEach((bytes, index) => {
      this.#after[index] = this.#head[bytes[0]!]!
      this.#head[bytes[0]!] = index
    })
  }

  /** Ask once: the other methods take indices. */
  index(name: Name): number {
    return this.#names.indexOf(name)
  }

  /** Forgets the last message. */
  clear(): void {
    this.#at.fill(-1)
  }

  /** The index of the bytes the scanner read last, -1 when they are no known key. */
  match({ bytes, from, to }: Scanner): number {
    return this.#match(bytes, from, to)
  }

  #match(bytes: Uint8Array, from: number, to: number): number {
    if (to === from) return -1
    let index = this.#head[bytes[from]!]!
    for (; index >= 0; index = this.#after[index]!) {
      const name = this.#bytes[index]!
      if (name.length !== to - from) continue
      let same = 1
      while (same < name.length && name[same] === bytes[from + same]) same++
      if (same === name.length) return index
    }
    return -1
  }

  /** Passes the object that the scanner stands before, and notes where the values of its known keys begin, besides those noted before. */
  collect(scan: Scanner): void {
    if (scan.peek() === OPEN_OBJECT && !scan.failed() && this.#collectPlain(scan)) return
    scan.enterObject()
    while (scan.nextKey()) {
      const field = this.match(scan)
      if (field >= 0) this.note(field, scan)
      scan.skip()
    }
  }

  /** The hot path: objects without white space or escapes in their keys. False, and nothing passed, for any other and for broken ones. */
  #collectPlain(scan: Scanner): boolean {
    const { bytes, marks } = scan
    let at = scan.at + 1
    let before = this.#bytes.length
    while (bytes[at] === QUOTE) {
      const from = at + 1
      let to = this.#asExpected(bytes, from, before)
      let index = to > 0 ? this.#following[before]! : -1
      if (to < 0) {
        to = endOfKey(bytes, from)
        if (to < 0) return false
        index = this.#match(bytes, from, to)
      }
      if (bytes[to + 1] !== COLON) return false
      at = bytes[to + 2] === SPACE ? to + 3 : to + 2
      if (index >= 0) {
        this.#at[index] = at
        this.#following[before] = index
        before = index
      }
      at = marks.behind(bytes, at)
      if (at < 0) return false
      if (bytes[at] === CLOSE_OBJECT) {
        scan.at = at + 1
        return true
      }
      if (bytes[at] !== COMMA) return false
      at += bytes[at + 1] === SPACE ? 2 : 1
    }
    return false
  }

  /** Where the key at `from` ends, if it is the one that came behind key `before` last time: keys mostly come in one order. -1 otherwise. */
  #asExpected(bytes: Uint8Array, from: number, before: number): number {
    const expected = this.#following[before]!
    if (expected < 0) return -1
    const name = this.#bytes[expected]!
    for (let n = 0; n < name.length; n++) if (bytes[from + n] !== name[n]) return -1
    const to = from + name.length
    return bytes[to] === QUOTE ? to : -1
  }

  /** Keeps where the value of key `index` begins: where the scanner stands. */
  note(index: number, scan: Scanner): void {
    scan.peek()
    this.#at[index] = scan.at
  }

  /** The value has been read already. */
  done(index: number): void {
    this.#at[index] = -2
  }

  isDone(index: number): boolean {
    return this.#at[index] === -2
  }

  has(index: number): boolean {
    return this.#at[index]! !== -1
  }

  /** Moves the scanner to a value; without one the scanner fails. */
  seek(index: number, scan: Scanner): boolean {
    const at = this.#at[index]!
    if (at < 0) return scan.fail()
    scan.at = at
    return !scan.failed()
  }
}

/** Where the quote behind a key without escapes stands; -1 for any other key. */
function endOfKey(bytes: Uint8Array, from: number): number {
  let to = from
  let byte = bytes[to]!
  while (byte !== QUOTE) {
    if (!(byte >= SPACE) || byte === BACKSLASH) return -1
    byte = bytes[++to]!
  }
  return to
}
