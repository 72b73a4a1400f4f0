import { millis } from '../../../../src-shared/units'
import { ExpectedKeys } from '../../dialects/expected-keys'
import { past, pastRows, pastString, pastWhole } from '../../dialects/own-form'
import { bytesOfWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Lane } from '../venue'

/** In the order of 2026; that of 2021 was another. */
const names = ['timestamp', 'type', 'change_id', 'instrument_name', 'bids', 'asks', 'prev_change_id']
const [TIME, TYPE, LAST, NAME, BIDS, ASKS, PREVIOUS] = [0, 1, 2, 3, 4, 5, 6] as const
/** All of them. */
const WHOLE = 2 ** names.length - 1
const change = bytesOfWord('"change"')

const keys = new ExpectedKeys(names)
const figures = new Float64Array(names.length)

/**
 * Stages the data of a change of one full book in one pass: exactly the keys that the venue sends, each once and in any order.
 * @returns behind the data; -1 for every other form, which the reader then reads from the beginning
 */
export function readChange(scan: Scanner, from: number, lane: Lane): number {
  const { changes } = lane
  changes.reset()
  const end = pastData(scan, from, lane)
  changes.at = millis(figures[TIME]!)
  changes.last = figures[LAST]!
  changes.previous = figures[PREVIOUS]!
  // What follows 0 begins a book, whatever it is called.
  return changes.previous > 0 ? end : -1
}

function pastData(scan: Scanner, from: number, lane: Lane): number {
  const { bytes } = scan
  let at = from
  for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at))
    at = pastValue(scan, keys.value, key, lane)
  return keys.told === WHOLE ? keys.end : -1
}

function pastValue(scan: Scanner, at: number, key: number, { instrument, changes }: Lane): number {
  // What combinations are worth may be nothing or less.
  const least = instrument.product === 'combo' ? -Infinity : 1
  if (key === BIDS) return pastRows(scan, at, instrument, 1, least, changes.bids)
  if (key === ASKS) return pastRows(scan, at, instrument, 1, least, changes.asks)
  if (key === TYPE) return past(scan.bytes, at, change)
  return key === NAME ? pastString(scan.bytes, at) : pastWhole(scan.bytes, at, figures, key)
}
