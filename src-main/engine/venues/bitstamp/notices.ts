import type { VenueEvent } from '../venue'
import { isBook, symbolIn } from './channels'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What Bitstamp says apart from market data: events named `bts:…`. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (!isObject(frame)) return ignored
  const { event, channel, data } = frame
  const symbol = typeof channel === 'string' ? symbolIn(channel) : undefined
  switch (event) {
    case 'bts:heartbeat':
    case 'bts:unsubscription_succeeded':
      return [{ kind: 'heard' }]
    case 'bts:subscription_succeeded':
      // Each channel is acknowledged by itself; only that of the diffs says that the book is heard.
      if (symbol !== undefined && !isBook(String(channel))) return [{ kind: 'heard' }]
      return [{ kind: 'subscribed', symbols: symbol === undefined ? [] : [symbol] }]
    case 'bts:request_reconnect':
      return [{ kind: 'reconnect', reason: 'the venue asks to connect anew' }]
    case 'bts:error':
      return [refusal(isObject(data) ? data : {}, symbol)]
    default:
      return ignored
  }
}

/** Errors leave the channel empty as a rule; some name it in their words. */
function refusal({ code, message }: Record<string, unknown>, symbol: string | undefined): VenueEvent {
  const words = typeof message === 'string' ? message : 'no reason given'
  const named = symbol ?? symbolIn(/\b[a-z]+_[a-z_\d-]+\b/.exec(words)?.[0] ?? '')
  const reason = `${typeof code === 'number' ? `${code} ` : ''}${words}`.slice(0, LONGEST)
  return { kind: 'refused', ...(named === undefined ? {} : { symbol: named }), reason }
}
