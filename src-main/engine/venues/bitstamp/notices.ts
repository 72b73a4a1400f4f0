import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { heard, ignored, isObject, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import { isBook, isTrades, symbolIn } from './channels'

/** What Bitstamp says apart from market data: events named `bts:…`. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  const { event, channel, data } = frame
  const symbol = typeof channel === 'string' ? symbolIn(channel) : undefined
  switch (event) {
    case 'bts:heartbeat':
    case 'bts:unsubscription_succeeded':
      return heard
    case 'bts:subscription_succeeded':
      // Each channel is acknowledged by itself; only that of the diffs says that the book is heard.
      if (symbol !== undefined && isTrades(String(channel))) return [{ kind: 'trades', symbols: [symbol] }]
      if (symbol !== undefined && !isBook(String(channel))) return heard
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
function refusal({ code, message }: Wire, symbol: string | undefined): VenueEvent {
  const words = typeof message === 'string' ? message : 'no reason given'
  const named = symbol ?? symbolIn(/\b[a-z]+_[a-z_\d-]+\b/.exec(words)?.[0] ?? '')
  const reason = shortened(`${typeof code === 'number' ? `${code} ` : ''}${words}`)
  return { kind: 'refused', ...(named === undefined ? {} : { symbol: named }), reason }
}
