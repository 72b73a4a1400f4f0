import * as v from 'valibot'
import { instrumentIdSchema } from '../../src-shared/watchlist'
import { venues } from '../engine/venues/index'

/** What is wrong with the first of these that is no instrument we can watch, in words; undefined when all are. */
export function whatIsWrong(ids: readonly string[]): string | undefined {
  const odd = ids.find((id) => !v.safeParse(instrumentIdSchema, id).success)
  if (odd !== undefined) return `"${odd}" is no instrument; write venue:SYMBOL, such as sim:BTC-PERP`
  const unknown = ids.find((id) => !venues.some((it) => id.startsWith(`${it.spec.id}:`)))
  if (unknown === undefined) return undefined
  return `"${unknown}" is at no venue we speak; there are ${venues.map((it) => it.spec.id).join(', ')}`
}
