import type { VenueEvent } from '../../venues/venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200

const ignored: readonly VenueEvent[] = [{ kind: 'ignored' }]
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Reads what Binance says apart from market data: acknowledgements, errors and the announcement that a link will be closed. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return [{ kind: 'malformed', reason: `no JSON: ${text.slice(0, 40)}` }]
  }
  if (!isObject(frame)) return ignored
  const event = isObject(frame['data']) ? frame['data'] : frame
  if (event['e'] === 'serverShutdown') return [{ kind: 'closing', reason: 'the venue is about to restart' }]
  const error = isObject(frame['error']) ? frame['error'] : frame
  if (typeof error['code'] === 'number' && typeof error['msg'] === 'string')
    return [{ kind: 'refused', reason: `${error['code']} ${error['msg']}`.slice(0, LONGEST) }]
  // The acknowledgement names neither streams nor symbols, only the request's id.
  if (frame['result'] === null && 'id' in frame) return [{ kind: 'subscribed', symbols: [] }]
  return ignored
}
