import { refusalOf } from '../../dialects/coinbase/refusal'
import type { VenueEvent } from '../venue'

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads what Coinbase Advanced Trade says apart from market data: acknowledgements, which list all subscriptions by channel, and errors. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (!isObject(frame)) return ignored
  if (frame['type'] === 'error') return [refusalOf(frame)]
  if (frame['channel'] !== 'subscriptions' || !Array.isArray(frame['events'])) return ignored
  const lists = frame['events'].flatMap((event: unknown) =>
    isObject(event) && isObject(event['subscriptions']) ? Object.values(event['subscriptions']) : []
  )
  const symbols = lists.flat().filter((symbol) => typeof symbol === 'string' && symbol.includes('-'))
  return [{ kind: 'subscribed', symbols: [...new Set(symbols as string[])] }]
}
