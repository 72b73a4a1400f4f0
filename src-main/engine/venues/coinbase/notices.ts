import { refusalOf } from '../../dialects/coinbase/refusal'
import type { VenueEvent } from '../venue'

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads what Coinbase Exchange says apart from market data: acknowledgements and errors. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
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
