import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import { heard, ignored, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import type { Asked } from './asked'

const event = v.object({
  event: v.string(),
  message: v.optional(v.string()),
  feed: v.optional(v.string()),
  product_ids: v.optional(v.array(v.string()))
})
const ticker = v.object({ feed: v.literal('ticker'), product_id: v.string(), suspended: v.boolean() })

const heartbeat = v.object({ feed: v.literal('heartbeat') })

/** Reads what Kraken Futures says apart from market data; `asked` is what was asked on the line. */
export function decodeNotice(text: string, asked: Asked): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (v.is(event, frame)) return answered(frame, asked)
  if (v.is(ticker, frame)) return suspended(frame)
  return v.is(heartbeat, frame) ? heard : ignored
}

function answered(
  { event: kind, message = '', feed, product_ids: products = [] }: v.InferOutput<typeof event>,
  asked: Asked
): readonly VenueEvent[] {
  const reason = shortened(message || `Kraken Futures refused the feed ${feed ?? ''}`)
  switch (kind) {
    case 'subscribed':
      asked.answered('subscribe', feed ?? '', products)
      // Each feed is acknowledged by itself.
      if (feed !== 'book' && feed !== 'trade') return heard
      return [{ kind: feed === 'book' ? 'subscribed' : 'trades', symbols: products }]
    case 'unsubscribed':
    case 'unsubscribed_failed':
      asked.answered('unsubscribe', feed ?? '', products)
      return heard
    case 'subscribed_failed':
      asked.answered('subscribe', feed ?? '', products)
      if (feed === 'trade') return [{ kind: 'trades', symbols: products, refused: reason }]
      return products.map((symbol) => ({ kind: 'refused', symbol, reason }))
    case 'error':
      return asked.refused(reason)
    default:
      return heard
  }
}

function suspended({
  product_id: symbol,
  suspended: isSuspended
}: v.InferOutput<typeof ticker>): readonly VenueEvent[] {
  if (!isSuspended) return [{ kind: 'resumed', symbol }]
  return [{ kind: 'halted', symbol, reason: shortened(`Kraken Futures has suspended ${symbol}`) }]
}
