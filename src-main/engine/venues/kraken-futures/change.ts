import { millis } from '../../../../src-shared/units'
import { QUOTE } from '../../scan/bytes'
import { behind, bytesOfWord, plainNumber, plainValue, plainWhole } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands between the values of a change, in the order in which the venue sends them. */
const text = {
  product: bytesOfWord('{"feed":"book","product_id":'),
  buy: bytesOfWord(',"side":"buy","seq":'),
  sell: bytesOfWord(',"side":"sell","seq":'),
  price: bytesOfWord(',"price":'),
  size: bytesOfWord(',"qty":'),
  timestamp: bytesOfWord(',"timestamp":'),
  end: bytesOfWord('}')
} as const

const SEQUENCE = 0
const PRICE = 1
const SIZE = 2
const AT = 3
const figures = new Float64Array(4)

/**
 * A change of one level in exactly the form that the venue sends, read in one pass and staged in the lane of its product. Undefined for every other message
 * and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readChange(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const product = behind(bytes, 0, text.product)
  if (product < 0 || bytes[product] !== QUOTE) return undefined
  const behindProduct = plainValue(bytes, product)
  if (behindProduct < 0) return undefined
  scan.from = product + 1
  scan.to = behindProduct - 1
  const buy = behind(bytes, behindProduct, text.buy)
  const sequence = buy < 0 ? behind(bytes, behindProduct, text.sell) : buy
  if (sequence < 0) return undefined
  const lane = sink.lane(symbols.text(scan))
  if (!lane || !readFigures(bytes, sequence, lane)) return undefined
  const { changes } = lane
  changes.reset()
  changes.first = changes.last = figures[SEQUENCE]!
  changes.at = millis(figures[AT]!)
  const side = buy < 0 ? changes.asks : changes.bids
  side.push(figures[PRICE]!, figures[SIZE]!)
  return lane
}

function readFigures(bytes: Uint8Array, from: number, { instrument }: Lane): boolean {
  let at = plainWhole(bytes, from, figures, SEQUENCE)
  at = at < 0 ? -1 : behind(bytes, at, text.price)
  at = at < 0 ? -1 : plainNumber(bytes, at, instrument.price, figures, PRICE)
  if (at < 0 || figures[PRICE] === 0) return false
  at = behind(bytes, at, text.size)
  at = at < 0 ? -1 : plainNumber(bytes, at, instrument.size, figures, SIZE)
  at = at < 0 ? -1 : behind(bytes, at, text.timestamp)
  at = at < 0 ? -1 : plainWhole(bytes, at, figures, AT)
  return at > 0 && behind(bytes, at, text.end) === bytes.length
}
