import { jsonOf } from '../../dialects/json'
import { heard, ignored, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'

/** Of a connection whose token has run out: a new one comes with a new connection. */
const TOKEN_SPENT = 401
/** The id of a request for a book is its symbol; those of others are numbers. */
const SYMBOL = /\D/

/** What KuCoin says apart from market data: `welcome`, `ack`, `pong` and errors, which name their topic in words. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (typeof frame !== 'object' || frame === null) return ignored
  const { id, type, code, data } = frame as Readonly<Record<string, unknown>>
  switch (type) {
    case 'welcome':
    case 'pong':
      return heard
    case 'ack':
      return typeof id === 'string' && SYMBOL.test(id) ? [{ kind: 'subscribed', symbols: [id] }] : heard
    case 'error':
      return [errorOf(code, typeof data === 'string' ? data : 'no reason given')]
    default:
      return ignored
  }
}

function errorOf(code: unknown, words: string): VenueEvent {
  const reason = shortened(`${typeof code === 'number' ? `${code} ` : ''}${words}`)
  if (code === TOKEN_SPENT) return { kind: 'reconnect', reason }
  const symbol = /\/market\/\w+:([A-Z\d]+-[A-Z\d]+)/.exec(words)?.[1]
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}
