import type { PastDepth } from '../../../src-shared/contract/frames'
import type { Book, Side } from '../book/book'

/** What a row's columns are: `metric.field`, in their order, and which of them hold prices (ticks). */
export interface RowShape {
  readonly columns: readonly string[]
  readonly prices: ReadonlySet<number>
}

/** Levels a side that are kept of a book. */
const mostLevels = 100

/** The known figures of a row: its time, then for each its place (u16) and value, a double for prices and a float for the rest. */
export function packRow(row: Float64Array, { prices }: RowShape): Buffer {
  const bytes = Buffer.allocUnsafe(8 + row.length * 10)
  let at = bytes.writeDoubleLE(row[0]!, 0)
  for (let place = 1; place < row.length; place++) {
    const value = row[place]!
    if (Number.isNaN(value)) continue
    at = bytes.writeUInt16LE(place, at)
    // The first places are times.
    const isExact = place < 3 || prices.has(place)
    at = isExact ? bytes.writeDoubleLE(value, at) : bytes.writeFloatLE(value, at)
  }
  return bytes.subarray(0, at)
}

/** Calls with each known figure of a packed row; answers with its time. */
export function unpackRow(
  bytes: Buffer,
  prices: ReadonlySet<number>,
  figure: (place: number, value: number) => void
): number {
  for (let at = 8; at + 6 <= bytes.length;) {
    const place = bytes.readUInt16LE(at)
    const isExact = place < 3 || prices.has(place)
    figure(place, isExact ? bytes.readDoubleLE(at + 2) : bytes.readFloatLE(at + 2))
    at += isExact ? 10 : 6
  }
  return bytes.readDoubleLE(0)
}

/** A book's best levels: time, levels a side, how far it is known, then for each the price and the size, as doubles. */
export function packDepth(at: number, { bids, asks }: Book): Buffer {
  const [bidCount, askCount] = [Math.min(mostLevels, bids.count), Math.min(mostLevels, asks.count)]
  const numbers = new Float64Array(5 + (bidCount + askCount) * 2)
  // Beyond the last level that is kept nothing is said.
  const knownBid = bidCount < bids.count ? bids.price(bidCount - 1) : bids.known
  const knownAsk = askCount < asks.count ? asks.price(askCount - 1) : asks.known
  numbers.set([at, bidCount, askCount, knownBid, knownAsk])
  push(numbers, 5, bids, bidCount)
  push(numbers, 5 + bidCount * 2, asks, askCount)
  return Buffer.from(numbers.buffer)
}

export function unpackDepth(bytes: Buffer): PastDepth {
  // Records lie at any byte; doubles do not.
  const numbers = new Float64Array(new Uint8Array(bytes).buffer)
  const [at = NaN, bidCount = 0, askCount = 0, knownBid = NaN, knownAsk = NaN] = numbers
  const middle = 5 + bidCount * 2
  const [bids, asks] = [numbers.slice(5, middle), numbers.slice(middle, middle + askCount * 2)]
  return { at, bids, asks, knownBid, knownAsk }
}

function push(into: Float64Array, from: number, side: Side, count: number): void {
  for (let rank = 0; rank < count; rank++) {
    into[from + rank * 2] = side.price(rank)
    into[from + rank * 2 + 1] = side.size(rank)
  }
}
