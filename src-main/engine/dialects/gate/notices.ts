import type { VenueEvent } from '../../venues/venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What Gate says apart from market data: acknowledgements and errors of requests, pongs, and that a link will be closed. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (!isObject(frame)) return ignored
  const { channel, event, error, result } = frame
  const closing = upgradeOf(isObject(result) ? result : {}) ?? upgradeOf(frame)
  if (closing) return [closing]
  if (typeof channel === 'string' && channel.endsWith('.pong')) return [{ kind: 'heard' }]
  if (event === 'unsubscribe') return [{ kind: 'heard' }]
  if (isObject(error)) return [refusal(frame, error)]
  if (event !== 'subscribe') return ignored
  const symbol = symbolOf(frame)
  return [{ kind: 'subscribed', symbols: symbol === undefined ? [] : [symbol] }]
}

/** `{"type":"upgrade","msg":".."}`: in the `result` of `spot.system` and `futures.system`, or as a frame of its own. */
function upgradeOf({ type, msg }: Record<string, unknown>): VenueEvent | undefined {
  if (typeof type !== 'string' || !type.includes('upgrade')) return undefined
  return { kind: 'closing', reason: typeof msg === 'string' ? msg.slice(0, LONGEST) : 'service upgrade' }
}

function refusal(frame: Record<string, unknown>, { code, message }: Record<string, unknown>): VenueEvent {
  const words = typeof message === 'string' ? message : 'no reason given'
  const named = /\b[A-Z\d]+_[A-Z]+\d*\b/.exec(words)?.[0]
  const symbol = symbolOf(frame) ?? named
  const reason = `${typeof code === 'number' ? `${code} ` : ''}${words}`.slice(0, LONGEST)
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}

/** Requests name one symbol each, first in their payload; acknowledgements repeat it since 2025. */
function symbolOf({ payload }: Record<string, unknown>): string | undefined {
  const [first] = Array.isArray(payload) ? (payload as readonly unknown[]) : []
  return typeof first === 'string' ? first : undefined
}
