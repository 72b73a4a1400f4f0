import { tradeFlag } from '../../book/changes'
import { ExpectedKeys } from '../../dialects/expected-keys'
import { laneOf, past, pastQuotedWhole, pastSame, pastString, pastWhole } from '../../dialects/own-form'
import { behind, bytesOfWord, plainNumber } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

/** What stands around the data of a message with one trade. */
const text = {
  symbol: bytesOfWord('{"arg":{"channel":"trades","instId":'),
  data: bytesOfWord('},"data":['),
  buy: bytesOfWord('"buy"'),
  sell: bytesOfWord('"sell"'),
  end: bytesOfWord(']}')
} as const

const names = ['instId', 'tradeId', 'px', 'sz', 'side', 'ts', 'count', 'source', 'seqId']
const [NAME, ID, PRICE, SIZE, SIDE, TIME, COUNT, SOURCE, SEQUENCE] = [0, 1, 2, 3, 4, 5, 6, 7, 8] as const
/** Those without which there is no trade; how many orders it took, and of whom, came later. */
const NEEDED = 2 ** COUNT - 1
const RETAIL = 1
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)

/**
 * A message with one trade in exactly the form that the venue sends, the keys of its data in any order, read in one pass and staged in the lane of its symbol.
 * Undefined for every other message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readTrade(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const symbol = past(bytes, 0, text.symbol)
  const behindSymbol = pastString(bytes, symbol)
  const data = past(bytes, behindSymbol, text.data)
  const lane = data < 0 ? undefined : laneOf(scan, symbol + 1, behindSymbol - 1, symbols, sink)
  if (!lane) return undefined
  figures[SOURCE] = 0
  figures[COUNT] = 1
  const at = pastRow(bytes, data, lane, symbol)
  if (past(bytes, at, text.end) !== bytes.length) return undefined
  const [price, size, aggressor] = [figures[PRICE]!, figures[SIZE]!, figures[SIDE]! > 0 ? 1 : -1] as const
  if (!(price > 0) || !(size > 0)) return undefined
  const flags = figures[SOURCE] === RETAIL ? tradeFlag.rpi : 0
  lane.trades.reset().push(price, size, aggressor, figures[TIME]!, figures[ID]!, flags, figures[COUNT])
  return lane
}

function pastRow(bytes: Uint8Array, from: number, lane: Lane, name: number): number {
  let at = from
  for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
    at = pastValue(bytes, keys.value, key, lane, name)
  return (keys.told & NEEDED) === NEEDED ? keys.end : -1
}

function pastValue(bytes: Uint8Array, at: number, key: number, { instrument }: Lane, name: number): number {
  if (key === NAME) return pastSame(bytes, at, name)
  if (key === PRICE) return plainNumber(bytes, at, instrument.price, figures, key)
  if (key === SIZE) return plainNumber(bytes, at, instrument.size, figures, key)
  if (key === SEQUENCE) return pastWhole(bytes, at, figures, key)
  if (key !== SIDE) return pastQuotedWhole(bytes, at, figures, key)
  const bought = behind(bytes, at, text.buy)
  figures[SIDE] = bought < 0 ? -1 : 1
  return bought < 0 ? behind(bytes, at, text.sell) : bought
}
