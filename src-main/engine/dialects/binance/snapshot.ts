import type { Lane, Reading } from '../../venues/venue'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { millis } from '../../../../src-shared/units'

/** Levels a side that are asked for. */
export const SNAPSHOT_LEVELS = 1000

/** What can be asked for. A side of exactly so many levels may have been cut, whoever asked (a capture may have asked for fewer than we do). */
const limits: readonly number[] = [5, 10, 20, 50, 100, 500, SNAPSHOT_LEVELS, 5000]

const scan = new Scanner()
const offGrid = new OffGrid()
const fields = new Fields(['lastUpdateId', 'bids', 'asks', 'E', 'T'])
const [LAST, BIDS, ASKS] = [fields.index('lastUpdateId'), fields.index('bids'), fields.index('asks')]
const [EVENT_TIME, TIME] = [fields.index('E'), fields.index('T')]

/**
 * Reads the answer of a Binance depth request, `{"lastUpdateId":..,"bids":[..],"asks":[..]}`, into the lane's changes. The answer of spot and USD-M does not name
 * its symbol: who asked knows. `ordinary` for any other object (an error's code and message, a frame).
 */
export function readSnapshot(bytes: Uint8Array, lane: Lane): Reading {
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
  if (!fields.has(LAST)) return 'ordinary'
  stage(lane)
  if (scan.failed()) return 'malformed'
  if (!offGrid.any) return 'taken'
  offGrid.refine(lane)
  return 'off-grid'
}

function stage({ changes, instrument }: Lane): void {
  changes.reset()
  changes.isSnapshot = true
  fields.seek(LAST, scan)
  changes.last = scan.whole()
  if (Number.isNaN(changes.last)) scan.fail()
  const time = fields.has(TIME) ? TIME : EVENT_TIME
  if (fields.has(time) && fields.seek(time, scan)) changes.at = millis(scan.whole())
  if (fields.seek(BIDS, scan)) readLevels(scan, instrument, changes.bids, offGrid)
  if (fields.seek(ASKS, scan)) readLevels(scan, instrument, changes.asks, offGrid)
  changes.complete = isWhole(changes.bids.count) && isWhole(changes.asks.count)
}

/** The symbol that a request's address names. */
export const symbolAsked = ({ pathname, searchParams }: URL): string | undefined =>
  pathname.endsWith('/depth') ? (searchParams.get('symbol') ?? undefined) : undefined

const isWhole = (levels: number): boolean => levels < SNAPSHOT_LEVELS && !limits.includes(levels)
