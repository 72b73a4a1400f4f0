import type { VenueEvent } from '../../venues/venue'
import type { Wire } from '../words'
import { shortened } from '../words'

/** `{"type":"error","message":"Failed to subscribe","reason":"FOO-BAR is not a valid product"}`: of one product where the words name one. */
export function refusalOf(error: Wire): VenueEvent {
  const words = [error['message'], error['reason']].filter((part) => typeof part === 'string')
  const reason = shortened(words.join(': '))
  const symbol = /\b([A-Z0-9]{1,20}-[A-Z0-9]{1,20}(?:-[A-Z0-9]{1,10})?)\b/.exec(reason)?.[1]
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}
