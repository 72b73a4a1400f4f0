import { millis } from '../../../../src-shared/units'
import { ExpectedKeys } from '../../dialects/expected-keys'
import { laneOf, past, pastQuotedWhole, pastRows, pastSignedWhole, pastString } from '../../dialects/own-form'
import { bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'
import { channels } from './channels'

/** What stands around the data of a book's update. */
const text = {
  symbol: bytesOfWord('{"arg":{"channel":"books","instId":'),
  data: bytesOfWord('},"action":"update","data":['),
  end: bytesOfWord(']}')
} as const

/** The ids came in 2023, the name in 2026, and not every message has a checksum. */
const names = ['asks', 'bids', 'ts', 'checksum', 'seqId', 'prevSeqId', 'instId']
const [ASKS, BIDS, TIME, CHECKSUM, LAST, PREVIOUS, NAME] = [0, 1, 2, 3, 4, 5, 6] as const
const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)
const WINDOW = channels.get('books')!.window

/**
 * An update of one book in exactly the form that the venue sends, the keys of its data in any order, read in one pass and staged in the lane of its symbol.
 * Undefined for every other message and form, which the reader then reads from the beginning: nothing is refused here.
 */
export function readUpdate(scan: Scanner, symbols: Symbols, sink: Sink): Lane | undefined {
  const { bytes } = scan
  const symbol = past(bytes, 0, text.symbol)
  let at = pastString(bytes, symbol)
  const lane = at < 0 ? undefined : laneOf(scan, symbol + 1, at - 1, symbols, sink)
  if (!lane) return undefined
  const { changes } = lane
  changes.reset()
  figures.fill(NaN)
  at = pastData(scan, past(bytes, at, text.data), lane)
  if (past(bytes, at, text.end) !== bytes.length || Number.isNaN(figures[TIME])) return undefined
  changes.window = WINDOW
  changes.at = millis(figures[TIME]!)
  changes.first = changes.last = idOf(figures[LAST]!)
  changes.previous = idOf(figures[PREVIOUS]!)
  // 0 stands for "none": the venue stopped summing in 2023.
  changes.checksum = figures[CHECKSUM] === 0 ? NaN : figures[CHECKSUM]!
  return lane
}

function pastData(scan: Scanner, from: number, lane: Lane): number {
  const { bytes } = scan
  let at = from
  for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
    at = pastValue(scan, keys.value, key, lane)
  return keys.end
}

function pastValue(scan: Scanner, at: number, key: number, { instrument, changes }: Lane): number {
  if (key === ASKS) return pastRows(scan, at, instrument, 0, 1, changes.asks)
  if (key === BIDS) return pastRows(scan, at, instrument, 0, 1, changes.bids)
  if (key === TIME) return pastQuotedWhole(scan.bytes, at, figures, key)
  return key === NAME ? pastString(scan.bytes, at) : pastSignedWhole(scan.bytes, at, figures, key)
}

/** Below 0 is no message. */
const idOf = (n: number): number => (n < 0 ? NaN : n)
