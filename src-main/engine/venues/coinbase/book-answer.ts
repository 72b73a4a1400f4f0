import { millis } from '../../../../src-shared/units'
import { Message } from '../../dialects/message'
import { readInstant } from '../../scan/instant'
import { readLevels } from '../../scan/levels'
import type { BookSource, Lane, Reading } from '../venue'

const OPEN_OBJECT = 0x7b

const message = new Message(['bids', 'asks', 'time'])

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
  const { scan, offGrid } = message
  if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
  if (!message.load(bytes)) return 'malformed'
  if (!message.has('bids') || !message.has('asks')) return 'ordinary'
  const changes = lane.changes.reset()
  changes.isSnapshot = changes.complete = true
  if (message.has('time') && message.seek('time')) changes.at = millis(readInstant(scan))
  for (const side of ['bids', 'asks'] as const)
    if (message.seek(side)) readLevels(scan, lane.instrument, changes[side], offGrid)
  return message.verdict(lane)
}
