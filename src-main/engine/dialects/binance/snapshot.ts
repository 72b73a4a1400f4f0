import { millis } from '../../../../src-shared/units'
import { readLevels } from '../../scan/levels'
import type { Lane, Reading } from '../../venues/venue'
import { Message } from '../message'

const OPEN_OBJECT = 0x7b
/** Levels a side that are asked for. */
export const SNAPSHOT_LEVELS = 1000

/** What can be asked for. A side of exactly so many levels may have been cut, whoever asked (a capture may have asked for fewer than we do). */
const limits: readonly number[] = [5, 10, 20, 50, 100, 500, SNAPSHOT_LEVELS, 5000]

const message = new Message(['lastUpdateId', 'bids', 'asks', 'E', 'T'])

/**
 * Reads the answer of a Binance depth request, `{"lastUpdateId":..,"bids":[..],"asks":[..]}`, into the lane's changes. The answer of spot and USD-M does not name
 * its symbol: who asked knows. `ordinary` for any other object (an error's code and message, a frame).
 */
export function readSnapshot(bytes: Uint8Array, lane: Lane): Reading {
  const { scan, offGrid } = message
  if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
  if (!message.load(bytes)) return 'malformed'
  if (!message.has('lastUpdateId')) return 'ordinary'
  const changes = lane.changes.reset()
  changes.isSnapshot = true
  changes.last = message.whole('lastUpdateId')
  const time = message.has('T') ? 'T' : 'E'
  if (message.has(time)) changes.at = millis(message.whole(time))
  for (const side of ['bids', 'asks'] as const)
    if (message.seek(side)) readLevels(scan, lane.instrument, changes[side], offGrid)
  changes.complete = isWhole(changes.bids.count) && isWhole(changes.asks.count)
  return message.verdict(lane)
}

/** The symbol that a request's address names. */
export const symbolAsked = ({ pathname, searchParams }: URL): string | undefined =>
  pathname.endsWith('/depth') ? (searchParams.get('symbol') ?? undefined) : undefined

const isWhole = (levels: number): boolean => levels < SNAPSHOT_LEVELS && !limits.includes(levels)
