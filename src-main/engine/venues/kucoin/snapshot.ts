import { millis } from '../../../../src-shared/units'
import { Message } from '../../dialects/message'
import { readLevels } from '../../scan/levels'
import type { Lane, Reading } from '../venue'

const OPEN_OBJECT = 0x7b

/** What can be had without a key. A side of exactly so many levels may have been cut, whoever asked. */
const cuts: readonly number[] = [20, 100]

const message = new Message(['code', 'data', 'time', 'sequence', 'bids', 'asks'])

/**
 * Reads `{"code":"200000","data":{"time":..,"sequence":"..","bids":[..],"asks":[..]}}` into the lane's changes. It names no symbol: who asked knows. `ordinary` for any
 * other object (an error's code and message, a frame).
 */
export function readSnapshot(bytes: Uint8Array, lane: Lane): Reading {
  const { scan, offGrid } = message
  if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
  if (!message.load(bytes)) return 'malformed'
  if (!message.isObject('data')) return 'ordinary'
  message.enter('data')
  if (!message.has('sequence') || !message.has('bids') || !message.has('asks')) return 'ordinary'
  const changes = lane.changes.reset()
  changes.isSnapshot = true
  changes.last = message.whole('sequence')
  if (message.has('time')) changes.at = millis(message.whole('time'))
  for (const side of ['bids', 'asks'] as const)
    if (message.seek(side)) readLevels(scan, lane.instrument, changes[side], offGrid)
  changes.complete = !cuts.includes(changes.bids.count) && !cuts.includes(changes.asks.count)
  return message.verdict(lane)
}

/** The symbol that a request's address names; the whole book (with a key) is asked for as the 100 levels are. */
export const symbolAsked = ({ pathname, searchParams }: URL): string | undefined =>
  /\/orderbook\/level2(_\d+)?$/.test(pathname) ? (searchParams.get('symbol') ?? undefined) : undefined
