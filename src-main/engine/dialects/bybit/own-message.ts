import type { Lane, Sink } from '../../venues/venue'
import { bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import { ExpectedKeys } from '../expected-keys'
import { past, pastString, pastWhole } from '../own-form'
import type { BookData } from './book-data'
import { OwnTrades } from './own-trades'
import type { Topic, Topics } from './topic'

/** Linear and inverse send `topic`, `type`, `ts`; spot `topic`, `ts`, `type`; options begin with an `id` and end with the `type`. Few topics have `cts`. */
const names = ['topic', 'type', 'ts', 'data', 'cts', 'id']
const [TOPIC, TYPE, SENT, DATA, MATCHED] = [0, 1, 2, 3, 4] as const
const NEEDED = 2 ** MATCHED - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)
const delta = bytesOfWord('"delta"')
const snapshot = bytesOfWord('"snapshot"')

/** A message of a book, a best quote or trades in exactly a form that the venue sends, read in one pass. Nothing is refused here. */
export class OwnMessage {
  /** Of what was staged last. */
  topic: Topic | undefined
  isSnapshot = false
  /** Venue ms. */
  at = NaN
  readonly #scan: Scanner
  readonly #symbols: Symbols
  readonly #topics: Topics
  readonly #book: BookData
  readonly #trades: OwnTrades
  #lane: Lane | undefined

  constructor(scan: Scanner, symbols: Symbols, topics: Topics, book: BookData) {
    this.#scan = scan
    this.#symbols = symbols
    this.#topics = topics
    this.#book = book
    this.#trades = new OwnTrades(scan, symbols)
  }

  /** The lane in which it has been staged; undefined for every other message and form, which the reader then reads from the beginning. */
  stage(sink: Sink): Lane | undefined {
    const { bytes } = this.#scan
    this.topic = this.#lane = undefined
    let at = 0
    for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
      at = this.#value(keys.value, key, sink)
    if (keys.end !== bytes.length || (keys.told & NEEDED) !== NEEDED) return undefined
    this.at = keys.told & (1 << MATCHED) ? figures[MATCHED]! : figures[SENT]!
    return this.#lane
  }

  #value(at: number, key: number, sink: Sink): number {
    const { bytes } = this.#scan
    if (key === TOPIC) return this.#named(at, sink)
    if (key === TYPE) return this.#typed(at)
    if (key === DATA) return this.#data(at, sink)
    return key === SENT || key === MATCHED ? pastWhole(bytes, at, figures, key) : pastString(bytes, at)
  }

  /** Rows of trades name their instruments themselves. */
  #named(from: number, sink: Sink): number {
    const scan = this.#scan
    const end = pastString(scan.bytes, from)
    if (end < 0) return -1
    scan.from = from + 1
    scan.to = end - 1
    this.topic = this.#topics.of(this.#symbols.text(scan))
    const kind = this.topic?.kind
    if (kind === 'trades') return end
    if (kind === 'book' || kind === 'quote') this.#lane = sink.lane(this.topic!.symbol)
    return this.#lane ? end : -1
  }

  #typed(at: number): number {
    const { bytes } = this.#scan
    const changed = past(bytes, at, delta)
    this.isSnapshot = changed < 0
    return changed < 0 ? past(bytes, at, snapshot) : changed
  }

  #data(at: number, sink: Sink): number {
    const kind = this.topic?.kind
    if (kind === 'trades') {
      const end = this.#trades.stage(at, sink)
      this.#lane = this.#trades.lane
      return end
    }
    return this.#lane ? this.#book.readOwn(this.#scan, at, this.#lane, kind === 'quote') : -1
  }
}
