import { millis } from '../../../../src-shared/units'
import type { Lane, Reading } from '../../venues/venue'
import { Message } from '../message'
import { readSide, WINDOW } from './levels'
import type { Market } from './levels'

const OPEN_OBJECT = 0x7b
/** Futures tell seconds with a fraction where spot tells whole milliseconds; the two are 10^3 apart for ever. */
const MOST_SECONDS = 1e11

const message = new Message(['id', 'update', 'bids', 'asks'])

/**
 * Reads `{"id":..,"update":..,"asks":[..],"bids":[..]}`, the answer to a depth request with `with_id=true`, into the lane's changes. It names no symbol: who asked
 * knows. `ordinary` for any other object (an error's label and message).
 */
export const readSnapshot =
  (market: Market) =>
  (bytes: Uint8Array, lane: Lane): Reading => {
    const { scan, offGrid } = message
    if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
    if (!message.load(bytes)) return 'malformed'
    if (!message.has('id') || !message.has('bids')) return 'ordinary'
    const changes = lane.changes.reset()
    changes.isSnapshot = true
    changes.window = WINDOW
    changes.last = message.whole('id')
    const at = message.figure('update')
    changes.at = millis(at < MOST_SECONDS ? at * 1_000 : at)
    for (const side of ['bids', 'asks'] as const)
      if (message.seek(side)) readSide(market, scan, lane.instrument, changes[side], offGrid)
    return message.verdict(lane)
  }
