import { millis } from '../../../../src-shared/units'
import type { Levels } from '../../book/changes'
import { plainLevels } from '../../scan/levels'
import { behind, bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../../venues/venue'
import { ExpectedKeys } from '../expected-keys'
import { laneOf, past, pastString, pastWhole } from '../own-form'
import type { Market } from './levels'
import { gateObjects, WINDOW } from './levels'

/** What stands around the result of a change of a book. */
const text = {
  time: bytesOfWord('{"time":'),
  timeMs: bytesOfWord(',"time_ms":'),
  spot: bytesOfWord(',"channel":"spot.order_book_update","event":"update","result":'),
  futures: bytesOfWord(',"channel":"futures.order_book_update","event":"update","result":'),
  symbol: bytesOfWord(',"s":'),
  end: bytesOfWord('}')
} as const

/** Futures sorted them in 2023; their levels are told since 2024. */
const names = ['t', 's', 'U', 'u', 'b', 'a', 'E', 'e', 'l']
const [AT, SYMBOL, FIRST, LAST, BIDS, ASKS, SENT] = [0, 1, 2, 3, 4, 5, 6] as const
/** A side without changes may be left out. */
const NEEDED = 2 ** BIDS - 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)
/** How far from the end a symbol stands at most that comes behind the levels. */
const TAIL = 96

/** Changes of books in exactly a form that the venue sends, read in one pass. Nothing is refused here. */
export class Depth {
  readonly #scan: Scanner
  readonly #market: Market
  readonly #symbols: Symbols
  readonly #channel: Uint8Array
  /** Where the symbol of the message at hand stands, and who watches it. */
  #symbol = -1
  #lane: Lane | undefined

  constructor(scan: Scanner, market: Market, symbols: Symbols) {
    this.#scan = scan
    this.#market = market
    this.#symbols = symbols
    this.#channel = market === 'spot' ? text.spot : text.futures
  }

  /** The lane in which it has been staged; undefined for every other message and form, which the reader then reads from the beginning. */
  read(sink: Sink): Lane | undefined {
    const { bytes } = this.#scan
    const result = this.#pastHead()
    if (result < 0) return undefined
    this.#symbol = -1
    this.#lane = undefined
    let at = result
    for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
      at = this.#value(keys.value, key, sink)
    if ((keys.told & NEEDED) !== NEEDED || past(bytes, keys.end, text.end) !== bytes.length) return undefined
    return this.#finished()
  }

  #pastHead(): number {
    const { bytes } = this.#scan
    let at = pastWhole(bytes, behind(bytes, 0, text.time), figures, SENT)
    const timeMs = past(bytes, at, text.timeMs)
    // Before 2022 only seconds were told.
    if (timeMs >= 0) at = pastWhole(bytes, timeMs, figures, SENT)
    return past(bytes, at, this.#channel)
  }

  #value(at: number, key: number, sink: Sink): number {
    const { bytes } = this.#scan
    if (key === SYMBOL) return this.#named(at, sink)
    if (key !== BIDS && key !== ASKS)
      return key <= SENT ? pastWhole(bytes, at, figures, key) : pastString(bytes, at)
    const lane = this.#lane ?? this.#namedBehind(at, sink)
    return lane ? this.#side(at, lane, key === BIDS ? lane.changes.bids : lane.changes.asks) : -1
  }

  #named(at: number, sink: Sink): number {
    const scan = this.#scan
    const end = pastString(scan.bytes, at)
    if (end < 0 || (this.#symbol >= 0 && this.#symbol !== at)) return -1
    if (this.#lane) return end
    this.#symbol = at
    this.#lane = laneOf(scan, at + 1, end - 1, this.#symbols, sink)
    this.#lane?.changes.reset()
    return this.#lane ? end : -1
  }

  /** Levels need the grid of an instrument that may be named behind them. Who comes to that place must find that it was the symbol. */
  #namedBehind(from: number, sink: Sink): Lane | undefined {
    const { bytes } = this.#scan
    const least = Math.max(from, bytes.length - TAIL)
    for (let at = bytes.length - 1; at > least; at--) {
      const symbol = behind(bytes, at, text.symbol)
      if (symbol >= 0) return this.#named(symbol, sink) < 0 ? undefined : this.#lane
    }
    return undefined
  }

  #side(at: number, { instrument }: Lane, into: Levels): number {
    const scan = this.#scan
    if (this.#market === 'spot') return plainLevels(scan.bytes, at, instrument, into)
    scan.at = at
    return gateObjects.readPlain(scan, instrument, into) ? scan.at : -1
  }

  #finished(): Lane | undefined {
    if (!this.#lane) return undefined
    const { changes } = this.#lane
    changes.window = WINDOW
    changes.first = figures[FIRST]!
    changes.last = figures[LAST]!
    changes.at = millis(figures[AT]!)
    return this.#lane
  }
}
