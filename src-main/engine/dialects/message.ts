import type { Grid } from '../../../src-shared/instrument'
import { Fields } from '../scan/fields'
import { OffGrid } from '../scan/off-grid'
import { Scanner } from '../scan/scanner'
import type { Lane, Reading } from '../venues/venue'

const QUOTE = 0x22
const OPEN_ARRAY = 0x5b
const OPEN_OBJECT = 0x7b
const LETTER_N = 0x6e

/**
 * One JSON message at a time: where the values of its known keys begin, and those values as the house counts them. What cannot be read makes the scanner
 * fail, which a reader asks once, before it hands anything over.
 */
export class Message<Name extends string> {
  readonly scan = new Scanner()
  readonly offGrid = new OffGrid()
  readonly #fields: Fields<Name>
  readonly #indices: ReadonlyMap<Name, number>

  constructor(names: readonly Name[]) {
    this.#fields = new Fields(names)
    this.#indices = new Map(names.map((name, index) => [name, index]))
  }

  /** True when the bytes are one JSON object from the first to the last; its keys are then known. */
  load(bytes: Uint8Array): boolean {
    const { scan } = this
    scan.load(bytes)
    this.offGrid.clear()
    this.#fields.clear()
    this.walk()
    return scan.atEnd() && !scan.failed()
  }

  /** Notes the known keys of the object that the scanner stands before, and passes it. */
  walk(): void {
    this.#fields.collect(this.scan)
  }

  /** Forgets the object before and notes the known keys of this one. */
  next(): void {
    this.#fields.clear()
    this.walk()
  }

  /** Goes into the object that is the value of `name`. Its keys join those known, in place of outer ones of the same name. */
  enter(name: Name): void {
    if (this.seek(name)) this.walk()
  }

  /** Calls `read` for each object of the array, or for the one object, that the scanner stands before. */
  each(read: () => void): void {
    const { scan } = this
    const isArray = scan.peek() === OPEN_ARRAY
    if (isArray) scan.enterArray()
    while (isArray ? scan.nextItem() : !scan.failed()) {
      this.next()
      const behind = scan.at
      read()
      scan.at = behind
      if (!isArray) return
    }
  }

  /** The key is there, and not null. */
  has(name: Name): boolean {
    const index = this.#index(name)
    if (!this.#fields.has(index) || !this.#fields.seek(index, this.scan)) return false
    return this.scan.peek() !== LETTER_N
  }

  /** Moves the scanner to a value, which must be there. */
  seek(name: Name): boolean {
    return this.#fields.seek(this.#index(name), this.scan)
  }

  isObject(name: Name): boolean {
    return this.has(name) && this.scan.peek() === OPEN_OBJECT
  }

  /** A text's bytes, from `scan.from` to `scan.to`. */
  string(name: Name): boolean {
    return this.seek(name) && this.scan.string()
  }

  /** Which of these words the value is, -1 for none. */
  word(name: Name, words: Fields<string>): number {
    if (!this.has(name) || this.scan.peek() !== QUOTE || !this.scan.string()) return -1
    return words.match(this.scan)
  }

  /** Ids and times: beyond 2^53 they could not be told apart, so that is broken. */
  whole(name: Name): number {
    const n = this.seek(name) ? this.scan.whole() : NaN
    if (Number.isNaN(n)) this.scan.fail()
    return n
  }

  /** A trade's id: NaN beyond 2^53, where it could not be told from its neighbours. The trade is true without it. */
  tradeId(name: Name): number {
    return this.seek(name) ? this.scan.whole() : NaN
  }

  /** A point of a grid; NaN where it is none, which is noted. */
  point(name: Name, which: 'price' | 'size', grid: Grid): number {
    const n = this.seek(name) ? this.scan.decimal(grid) : NaN
    return this.#noted(n, which)
  }

  signedPoint(name: Name, which: 'price' | 'size', grid: Grid): number {
    const n = this.seek(name) ? this.scan.signedDecimal(grid) : NaN
    return this.#noted(n, which)
  }

  /** As `point`; NaN for 0, for an empty text and where there is none: that side has no quote. */
  quoted(name: Name, which: 'price' | 'size', grid: Grid): number {
    if (!this.has(name)) return NaN
    const { bytes, at } = this.scan
    if (bytes[at] === QUOTE && bytes[at + 1] === QUOTE) return NaN
    return this.point(name, which, grid) || NaN
  }

  /** An ordinary number; NaN where it is not told. */
  figure(name: Name): number {
    return this.has(name) ? this.scan.figure() : NaN
  }

  /** Whether what was staged may be handed over; otherwise the answer of the reader. */
  verdict(lane: Lane): Reading {
    if (this.scan.failed()) return 'malformed'
    if (!this.offGrid.any) return 'taken'
    this.offGrid.refine(lane)
    return 'off-grid'
  }

  #noted(n: number, which: 'price' | 'size'): number {
    if (Number.isNaN(n) && !this.scan.failed()) this.offGrid.note(which, this.scan)
    return n
  }

  #index(name: Name): number {
    return this.#indices.get(name)!
  }
}
