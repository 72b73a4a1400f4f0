import { Fields } from '../../scan/fields'
import type { RowForm } from '../../scan/levels'
import { readLevels } from '../../scan/levels'
import type { OffGrid } from '../../scan/off-grid'
import { bytesOfWord, isWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import { millis } from '../../../../src-shared/units'
import type { Lane } from '../venue'

const fields = new Fields(['type', 'timestamp', 'prev_change_id', 'change_id', 'bids', 'asks'])
const [TYPE, TIME, PREVIOUS] = [
  fields.index('type'),
  fields.index('timestamp'),
  fields.index('prev_change_id')
]
const [LAST, BIDS, ASKS] = [fields.index('change_id'), fields.index('bids'), fields.index('asks')]

const SNAPSHOT = bytesOfWord('snapshot')
const CHANGE = bytesOfWord('change')
const LETTER_N = 0x6e

/** `[action, price, amount]` of a full book; a delete has amount 0. */
const actions: RowForm = { lead: 1 }
/** What combinations are worth may be nothing or less. */
const signedActions: RowForm = { lead: 1, signedPrices: true }
/** `[price, amount]` of the grouped channels, which send their best levels anew each time. */
const pairs: RowForm = {}
const signedPairs: RowForm = { signedPrices: true }

function formOf({ instrument }: Lane, isGrouped: boolean): RowForm {
  if (instrument.product === 'combo') return isGrouped ? signedPairs : signedActions
  return isGrouped ? pairs : actions
}

/** Reads the `data` of a `book` notification into the lane's changes; fails the scanner on anything unsound. */
export function stageBook(scan: Scanner, lane: Lane, isGrouped: boolean, offGrid: OffGrid): void {
  const changes = lane.changes.reset()
  const form = formOf(lane, isGrouped)
  let isTyped = false
  let sides = 0
  scan.enterObject()
  while (scan.nextKey()) {
    switch (fields.match(scan)) {
      case TYPE:
        isTyped = true
        changes.isSnapshot = isSnapshot(scan)
        break
      case TIME:
        changes.at = millis(scan.whole())
        break
      case PREVIOUS:
        if (scan.peek() === LETTER_N) scan.skip()
        else changes.previous = scan.whole()
        break
      case LAST:
        changes.last = scan.whole()
        break
      case BIDS:
        readLevels(scan, lane.instrument, changes.bids, offGrid, form)
        sides |= 1
        break
      case ASKS:
        readLevels(scan, lane.instrument, changes.asks, offGrid, form)
        sides |= 2
        break
      default:
        scan.skip()
    }
  }
  // Ids beyond 2^53 could not be told from their neighbours.
  if (sides !== 3 || Number.isNaN(changes.last) || Number.isNaN(changes.at)) scan.fail()
  // A book that was empty so far begins with a change that follows 0; the raw channel of 2019 had no types.
  const isFirst = changes.previous === 0 || (!isTyped && Number.isNaN(changes.previous))
  changes.isSnapshot ||= isGrouped || isFirst
  changes.complete = changes.isSnapshot && !isGrouped
}

function isSnapshot(scan: Scanner): boolean {
  scan.peek()
  const { at } = scan
  if (isWord(scan.bytes, at, SNAPSHOT)) return scan.string()
  if (!isWord(scan.bytes, at, CHANGE)) return scan.fail()
  scan.string()
  return false
}
