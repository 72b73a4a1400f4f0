import { refusalOf } from '../../dialects/coinbase/refusal'
import { jsonOf } from '../../dialects/json'
import { ignored, isObject, noJson } from '../../dialects/words'
import type { VenueEvent } from '../venue'

/** Reads what Coinbase Exchange says apart from market data: acknowledgements and errors. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  if (frame['type'] === 'error') return [refusalOf(frame)]
  if (frame['type'] === 'subscriptions')
    return [{ kind: 'subscribed', symbols: symbolsOf(frame['channels']) }]
  return ignored
}

/** An acknowledgement lists all that is subscribed, channel by channel. */
function symbolsOf(channels: unknown): string[] {
  if (!Array.isArray(channels)) return []
  const all = channels.flatMap((channel: unknown) =>
    isObject(channel) && Array.isArray(channel['product_ids']) ? (channel['product_ids'] as unknown[]) : []
  )
  return [...new Set(all.filter((symbol) => typeof symbol === 'string'))]
}
