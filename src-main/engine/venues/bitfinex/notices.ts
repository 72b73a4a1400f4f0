import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { heard, ignored, isObject, noJson, shortened } from '../../dialects/words'
import type { VenueEvent } from '../venue'
import type { Channels } from './channels'
import { leaving } from './channels'

const ALREADY_SUBSCRIBED = 10301

/** Reads what Bitfinex says in objects, and keeps the channel numbers it tells. */
export function decodeNotice(text: string, channels: Channels): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  switch (frame['event']) {
    case 'info':
      return [informed(frame)]
    case 'subscribed': {
      const left = channels.subscribed(frame)
      if (left !== undefined) return [{ kind: 'answer', text: leaving(left) }]
      const { symbol } = channels.find(Number(frame['chanId'])) ?? {}
      return symbol ? [{ kind: 'subscribed', symbols: [symbol] }] : heard
    }
    case 'unsubscribed':
      channels.unsubscribed(frame)
      return heard
    case 'error':
      return [refusalOf(frame)]
    case 'conf':
      return frame['status'] === 'OK' ? heard : [refusalOf(frame)]
    default:
      return heard
  }
}

/** 20051 reconnect, 20060 maintenance begins, 20061 it has ended; the greeting has a status, 0 under maintenance, 1 when it is open: the end may have been told while nobody listened. */
function informed({ code, msg, platform }: Wire): VenueEvent {
  const words = typeof msg === 'string' ? shortened(msg) : ''
  if (code === 20051) return { kind: 'reconnect', reason: words || 'the venue asks for a new connection' }
  if (code === 20060) return { kind: 'maintenance', closed: true, reason: words || 'maintenance' }
  if (code === 20061) return { kind: 'maintenance', closed: false, reason: words }
  if (isObject(platform) && (platform['status'] === 0 || platform['status'] === 1))
    return { kind: 'maintenance', closed: platform['status'] === 0, reason: 'the venue is under maintenance' }
  return { kind: 'heard' }
}

function refusalOf({ code, msg, symbol, key }: Wire): VenueEvent {
  if (code === ALREADY_SUBSCRIBED) return { kind: 'heard' }
  const named =
    typeof symbol === 'string' ? symbol : typeof key === 'string' ? key.replace(/^deriv:/, '') : ''
  const words = typeof msg === 'string' ? msg : 'refused'
  const reason = shortened(typeof code === 'number' ? `${code} ${words}` : words)
  return { kind: 'refused', ...(named === '' ? {} : { symbol: named }), reason }
}
