import { millis } from '../../../../src-shared/units'
import { Message } from '../../dialects/message'
import { readLevels } from '../../scan/levels'
import type { Lane, Reading } from '../venue'

const OPEN_OBJECT = 0x7b

const message = new Message(['microtimestamp', 'bids', 'asks'])

/**
 * Reads `{"timestamp":"..","microtimestamp":"..","bids":[..],"asks":[..]}`, the whole book, into the lane's changes. It names no symbol: who asked knows. `ordinary`
 * for any other object (an error's status and reason).
 */
export function readSnapshot(bytes: Uint8Array, lane: Lane): Reading {
  const { scan, offGrid } = message
  if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
  if (!message.load(bytes)) return 'malformed'
  if (!message.has('microtimestamp') || !message.has('bids') || !message.has('asks')) return 'ordinary'
  const changes = lane.changes.reset()
  changes.isSnapshot = true
  changes.complete = true
  changes.last = message.whole('microtimestamp')
  changes.at = millis(changes.last / 1_000)
  for (const side of ['bids', 'asks'] as const)
    if (message.seek(side)) readLevels(scan, lane.instrument, changes[side], offGrid)
  return message.verdict(lane)
}
