import type { VenueEvent } from '../venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200
/** Of a connection whose token has run out: a new one comes with a new connection. */
const TOKEN_SPENT = 401

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]

/** What KuCoin says apart from market data: `welcome`, `ack`, `pong` and errors, which name their topic in words. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (typeof frame !== 'object' || frame === null) return ignored
  const { type, code, data } = frame as Readonly<Record<string, unknown>>
  switch (type) {
    case 'welcome':
    case 'pong':
      return [{ kind: 'heard' }]
    case 'ack':
      // It repeats the request's id and nothing else.
      return [{ kind: 'subscribed', symbols: [] }]
    case 'error':
      return [errorOf(code, typeof data === 'string' ? data : 'no reason given')]
    default:
      return ignored
  }
}

function errorOf(code: unknown, words: string): VenueEvent {
  const reason = `${typeof code === 'number' ? `${code} ` : ''}${words}`.slice(0, LONGEST)
  if (code === TOKEN_SPENT) return { kind: 'reconnect', reason }
  const symbol = /\/market\/\w+:([A-Z\d]+-[A-Z\d]+)/.exec(words)?.[1]
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}
