import type { VenueEvent } from '../../venues/venue'
import { jsonOf } from '../json'
import { ignored, isObject, noJson, shortened } from '../words'

/** Reads what Binance says apart from market data: acknowledgements, errors and the announcement that a link will be closed. */
export function decodeNotice(text: string): readonly VenueEvent[] {
  const frame = jsonOf(text)
  if (frame === undefined) return noJson(text)
  if (!isObject(frame)) return ignored
  const event = isObject(frame['data']) ? frame['data'] : frame
  if (event['e'] === 'serverShutdown') return [{ kind: 'closing', reason: 'the venue is about to restart' }]
  const error = isObject(frame['error']) ? frame['error'] : frame
  if (typeof error['code'] === 'number' && typeof error['msg'] === 'string')
    return [{ kind: 'refused', reason: shortened(`${error['code']} ${error['msg']}`) }]
  // The acknowledgement names neither streams nor symbols, only the request's id.
  const { result, id } = frame
  if (result !== null || id === undefined) return ignored
  return [{ kind: 'subscribed', symbols: [], ...(typeof id === 'number' && { request: id }) }]
}
