import { laneOf } from '../../dialects/own-form'
import { BACKSLASH, QUOTE, SPACE } from '../../scan/bytes'
import { behind, bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands around a channel's name and its data. */
const text = {
  channel: bytesOfWord('{"jsonrpc":"2.0","method":"subscription","params":{"channel":"'),
  book: bytesOfWord('book.'),
  ticker: bytesOfWord('ticker.'),
  data: bytesOfWord('","data":'),
  end: bytesOfWord('}}')
} as const
const DOT = 0x2e

/** What stands around the data of a book or ticker in exactly the form that the venue sends. Nothing is refused here: other forms are read the general way. */
export class Envelope {
  isTicker = false
  /** Where the data of the message found last begin. */
  from = 0

  /** The lane of a full book or a ticker. */
  find(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
    const { bytes } = scan
    const channel = behind(bytes, 0, text.channel)
    if (channel < 0) return undefined
    let symbol = behind(bytes, channel, text.book)
    this.isTicker = symbol < 0
    if (symbol < 0) symbol = behind(bytes, channel, text.ticker)
    const behindSymbol = symbol < 0 ? -1 : nameEnd(bytes, symbol)
    if (behindSymbol < 0 || bytes[behindSymbol] !== DOT) return undefined
    // Behind the second dot stands how often it comes; the grouped channels have more dots.
    const behindChannel = nameEnd(bytes, behindSymbol + 1)
    this.from = behindChannel < 0 ? -1 : behind(bytes, behindChannel, text.data)
    return this.from < 0 ? undefined : laneOf(scan, symbol, behindSymbol, symbols, sink)
  }

  /** Whether data that end there end the message. */
  endsBehind(bytes: Uint8Array, at: number): boolean {
    return at >= 0 && behind(bytes, at, text.end) === bytes.length
  }
}

/** Where a name without escapes ends: at a dot or a quote; -1 for what needs a closer look. */
function nameEnd(bytes: Uint8Array, from: number): number {
  let at = from
  let byte = bytes[at]!
  while (byte !== DOT && byte !== QUOTE) {
    if (!(byte >= SPACE) || byte === BACKSLASH) return -1
    byte = bytes[++at]!
  }
  return at
}
