import * as v from 'valibot'
import { jsonOf } from '../../dialects/json'
import { heard, ignored, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'

const event = v.object({
  event: v.string(),
  message: v.optional(v.string()),
  feed: v.optional(v.string()),
  product_ids: v.optional(v.array(v.string()))
})
const ticker = v.object({ feed: v.literal('ticker'), product_id: v.string(), suspended: v.boolean() })

const heartbeat = v.object({ feed: v.literal('heartbeat') })

/** Reads what Kraken Futures says apart from market data. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (v.is(event, frame)) return answered(frame)
  if (v.is(ticker, frame)) return suspended(frame)
  return v.is(heartbeat, frame) ? heard : ignored
}

function answered({
  event: kind,
  message = '',
  feed,
  product_ids: products = []
}: v.InferOutput<typeof event>) {
  const reason = shortened(message || `Kraken Futures refused the feed ${feed ?? ''}`)
  switch (kind) {
    case 'subscribed':
      // Each feed is acknowledged by itself.
      if (feed !== 'book' && feed !== 'trade') return heard
      return [{ kind: feed === 'book' ? 'subscribed' : 'trades', symbols: products }] as const
    case 'subscribed_failed':
      if (feed === 'trade') return [{ kind: 'trades', symbols: products, refused: reason }] as const
      return products.map((symbol) => ({ kind: 'refused' as const, symbol, reason }))
    case 'error':
      return [{ kind: 'refused', reason }] as const
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
