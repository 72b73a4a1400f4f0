import type { BookSource, Lane, Reading } from '../venue'
import { Fields } from '../../scan/fields'
import { readInstant } from '../../scan/instant'
import { readLevels } from '../../scan/levels'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { millis } from '../../../../src-shared/units'

const scan = new Scanner()
const offGrid = new OffGrid()
const fields = new Fields(['bids', 'asks', 'time'])
const [BIDS, ASKS, TIME] = [fields.index('bids'), fields.index('asks'), fields.index('time')]

/** The whole book by REST, `{"bids":[["price","size",orders],...],"asks":[...],"sequence":..,"time":".."}`: its ids are no ids of the stream. */
export const bookAnswer: BookSource = {
  request: (symbol, { rest }) => ({
    url: `${rest}/products/${encodeURIComponent(symbol)}/book?level=2`,
    weight: 1
  }),
  read,
  symbolOf: ({ pathname }) => {
    const named = /^\/products\/([^/]+)\/book$/.exec(pathname)?.[1]
    return named === undefined ? undefined : decodeURIComponent(named)
  }
}

function read(bytes: Uint8Array, lane: Lane): Reading {
  scan.load(bytes)
  fields.clear()
  offGrid.clear()
  if (scan.peek() !== 0x7b) return 'ordinary'
  scan.enterObject()
  while (scan.nextKey()) {
    const field = fields.match(scan)
    if (field >= 0) fields.note(field, scan)
    scan.skip()
  }
  if (scan.failed() || !scan.atEnd()) return 'malformed'
  if (!fields.has(BIDS) || !fields.has(ASKS)) return 'ordinary'
  stage(lane)
  if (scan.failed()) return 'malformed'
  if (!offGrid.any) return 'taken'
  offGrid.refine(lane)
  return 'off-grid'
}

function stage({ changes, instrument }: Lane): void {
  changes.reset()
  changes.isSnapshot = changes.complete = true
  if (fields.has(TIME) && fields.seek(TIME, scan)) changes.at = millis(readInstant(scan))
  if (fields.seek(BIDS, scan)) readLevels(scan, instrument, changes.bids, offGrid)
  if (fields.seek(ASKS, scan)) readLevels(scan, instrument, changes.asks, offGrid)
}
