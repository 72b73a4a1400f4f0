import type { Scanner } from './scanner'

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

  constructor(names: readonly Name[]) {
    this.#names = names
    this.#bytes = names.map((name) => Uint8Array.from(name, (letter) => letter.charCodeAt(0)))
    this.#after = new Int16Array(names.length)
    this.#at = new Int32Array(names.length)
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
