import { refusalOf } from '../../dialects/coinbase/refusal'
import { jsonOf } from '../../dialects/json'
import { ignored, isObject, noJson } from '../../dialects/words'
import type { VenueEvent } from '../venue'

/** Reads what Coinbase Advanced Trade says apart from market data: acknowledgements, which list all subscriptions by channel, and errors. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  if (frame['type'] === 'error') return [refusalOf(frame)]
  if (frame['channel'] !== 'subscriptions' || !Array.isArray(frame['events'])) return ignored
  const lists = frame['events'].flatMap((event: unknown) =>
    isObject(event) && isObject(event['subscriptions']) ? Object.values(event['subscriptions']) : []
  )
  const symbols = lists.flat().filter((symbol) => typeof symbol === 'string' && symbol.includes('-'))
  return [{ kind: 'subscribed', symbols: [...new Set(symbols as string[])] }]
}
