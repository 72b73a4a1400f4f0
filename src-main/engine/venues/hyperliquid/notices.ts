import { jsonOf } from '../../dialects/json'
import type { Wire } from '../../dialects/words'
import { heard, ignored, isObject, noJson, shortened } from '../../dialects/words'
import type { Reference, VenueEvent } from '../venue'

/** Reads what comes beside books, trades and quotes: figures of a perpetual, acknowledgements, errors, pongs. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  const { channel, data } = frame
  if (channel === 'pong') return heard
  if (channel === 'error') return [refusalOf(typeof data === 'string' ? data : JSON.stringify(data))]
  if (!isObject(data)) return ignored
  if (channel === 'activeAssetCtx') return figuresOf(data)
  if (channel === 'subscriptionResponse') return acknowledged(data)
  return ignored
}

/** The coin whose trades a text of ours asks for; undefined for any other. */
export function tradesAskedIn(text: string): string | undefined {
  if (!text.startsWith('{"method":"subscribe"')) return undefined
  const { subscription } = JSON.parse(text) as { subscription?: { type?: string; coin?: string } }
  return subscription?.type === 'trades' ? subscription.coin : undefined
}

/** The coin whose trades the venue says that it sends from here on; undefined for any other message. */
export function tradesAnsweredIn(text: string): string | undefined {
  const frame = text.startsWith('{"channel":"subscriptionResponse"') ? jsonOf(text) : undefined
  const data = isObject(frame) && isObject(frame['data']) ? frame['data'] : {}
  const { method, subscription } = data
  if (method !== 'subscribe' || !isObject(subscription) || subscription['type'] !== 'trades') return undefined
  return typeof subscription['coin'] === 'string' ? subscription['coin'] : undefined
}

/** `Invalid subscription {"type":"l2Book","coin":"FOO"}` names the coin in the request it quotes. */
function refusalOf(words: string): VenueEvent {
  const symbol = /"coin":\s*"([^"\\]{1,40})"/.exec(words.replaceAll('\\"', '"'))?.[1]
  const reason = shortened(words)
  // Asking twice is refused too, and changes nothing.
  if (words.startsWith('Already subscribed')) return { kind: 'heard' }
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}

/** Funding is that of an hour. Open interest is in base units. */
function figuresOf({ coin, ctx }: Wire): readonly VenueEvent[] {
  if (typeof coin !== 'string' || !isObject(ctx)) return ignored
  const told: (readonly [keyof Reference, unknown])[] = [
    ['mark', ctx['markPx']],
    ['index', ctx['oraclePx']],
    ['funding', ctx['funding']],
    ['openInterest', ctx['openInterest']]
  ]
  const figures = told.flatMap(([name, text]) => {
    const value = typeof text === 'string' && text !== '' ? Number(text) : NaN
    return Number.isFinite(value) ? [[name, value] as const] : []
  })
  return [{ kind: 'reference', symbol: coin, reference: Object.fromEntries(figures) }]
}

function acknowledged({ method, subscription }: Wire): readonly VenueEvent[] {
  const coin = isObject(subscription) ? subscription['coin'] : undefined
  if (method !== 'subscribe' || !isObject(subscription) || typeof coin !== 'string') return heard
  const subscribed: VenueEvent = { kind: 'subscribed', symbols: [coin] }
  return subscription['type'] === 'trades' ? [subscribed, { kind: 'trades', symbols: [coin] }] : [subscribed]
}
