import type { VenueEvent } from '../../venues/venue'
import { jsonOf } from '../json'
import type { Wire } from '../words'
import { heard, ignored, isObject, noJson, shortened } from '../words'

/** What Gate says apart from market data: acknowledgements and errors of requests, pongs, and that a link will be closed. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  const { channel, event, error, result } = frame
  const closing = upgradeOf(isObject(result) ? result : {}) ?? upgradeOf(frame)
  if (closing) return [closing]
  if (typeof channel === 'string' && channel.endsWith('.pong')) return heard
  if (event === 'unsubscribe') return heard
  if (isObject(error)) return [refusal(frame, error)]
  if (event !== 'subscribe') return ignored
  // Each channel is asked for and acknowledged by itself; only that of the book says that the book is heard.
  if (typeof channel === 'string' && !channel.endsWith('.order_book_update')) return heard
  const symbol = symbolOf(frame)
  return [{ kind: 'subscribed', symbols: symbol === undefined ? [] : [symbol] }]
}

/** `{"type":"upgrade","msg":".."}`: in the `result` of `spot.system` and `futures.system`, or as a frame of its own. */
function upgradeOf({ type, msg }: Wire): VenueEvent | undefined {
  if (typeof type !== 'string' || !type.includes('upgrade')) return undefined
  return { kind: 'closing', reason: typeof msg === 'string' ? shortened(msg) : 'service upgrade' }
}

function refusal(frame: Wire, { code, message }: Wire): VenueEvent {
  const words = typeof message === 'string' ? message : 'no reason given'
  const named = /\b[A-Z\d]+_[A-Z]+\d*\b/.exec(words)?.[0]
  const symbol = symbolOf(frame) ?? named
  const reason = shortened(`${typeof code === 'number' ? `${code} ` : ''}${words}`)
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}

/** Requests name one symbol each, first in their payload; acknowledgements repeat it since 2025. */
function symbolOf({ payload }: Wire): string | undefined {
  const [first] = Array.isArray(payload) ? (payload as readonly unknown[]) : []
  return typeof first === 'string' ? first : undefined
}
