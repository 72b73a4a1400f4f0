import type { VenueEvent } from '../../venues/venue'

/** Words of a venue are shown, so they are kept short. */
const LONGEST = 200

/** `{"type":"error","message":"Failed to subscribe","reason":"FOO-BAR is not a valid product"}`: of one product where the words name one. */
export function refusalOf(error: Readonly<Record<string, unknown>>): VenueEvent {
  const words = [error['message'], error['reason']].filter((part) => typeof part === 'string')
  const reason = words.join(': ').slice(0, LONGEST)
  const symbol = /\b([A-Z0-9]{1,20}-[A-Z0-9]{1,20}(?:-[A-Z0-9]{1,10})?)\b/.exec(reason)?.[1]
  return { kind: 'refused', ...(symbol === undefined ? {} : { symbol }), reason }
}
