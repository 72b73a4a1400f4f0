import { Message } from '../../dialects/message'
import type { BookSource, Lane, Reading } from '../venue'
import { BookData } from './book-data'
import { channels } from './channels'

const OPEN_OBJECT = 0x7b
const OPEN_ARRAY = 0x5b

const message = new Message(['data'])
const book = new BookData()
const { window: levels } = channels.get('books')!

/**
 * The book by REST, `{"code":"0","data":[{"asks":[..],"bids":[..],"ts":"..","seqId":..}]}`: the same best 400 a side as the stream's, and an id of the stream. `source=0`
 * stands in the venue's own instruction. It names no symbol: who asked knows. `ordinary` for any other object (an error's code and words).
 */
export const bookAnswer: BookSource = {
  request: (symbol, { rest }) => ({
    url: `${rest}/api/v5/market/books?instId=${encodeURIComponent(symbol)}&sz=${levels}&source=0`,
    weight: 1
  }),
  read,
  symbolOf: ({ pathname, searchParams }) =>
    pathname.endsWith('/market/books') ? (searchParams.get('instId') ?? undefined) : undefined
}

function read(bytes: Uint8Array, lane: Lane): Reading {
  const { scan, offGrid } = message
  if (scan.load(bytes).peek() !== OPEN_OBJECT) return 'ordinary'
  if (!message.load(bytes)) return 'malformed'
  if (!message.has('data') || scan.peek() !== OPEN_ARRAY || !message.seek('data')) return 'ordinary'
  book.read(scan, lane, offGrid)
  const { changes } = lane
  changes.isSnapshot = changes.complete = true
  changes.window = levels
  // Without an id nothing of the stream could join it.
  if (Number.isNaN(changes.last)) scan.fail()
  return message.verdict(lane)
}
