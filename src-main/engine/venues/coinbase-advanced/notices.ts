import { refusalOf } from '../../dialects/coinbase/refusal'
import { jsonOf } from '../../dialects/json'
import { heard, ignored, isObject, noJson } from '../../dialects/words'
import type { VenueEvent } from '../venue'

/** Reads what Coinbase Advanced Trade says apart from market data: acknowledgements, which list all subscriptions by channel, and errors. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  if (frame['type'] === 'error') return [refusalOf(frame)]
  if (frame['channel'] !== 'subscriptions' || !Array.isArray(frame['events'])) return ignored
  const told = frame['events'].flatMap((event: unknown) =>
    isObject(event) && isObject(event['subscriptions']) ? [event['subscriptions']] : []
  )
  // One of a product's channels says nothing of the other: both must have been heard.
  const of = (channel: string): readonly unknown[] =>
    told.flatMap((it) => (Array.isArray(it[channel]) ? (it[channel] as readonly unknown[]) : []))
  const traded = new Set(of('market_trades'))
  const symbols = of('level2').filter(
    (symbol): symbol is string => typeof symbol === 'string' && traded.has(symbol)
  )
  // An acknowledgement that names nobody would be taken for all.
  return symbols.length === 0 ? heard : [{ kind: 'subscribed', symbols: [...new Set(symbols)] }]
}
