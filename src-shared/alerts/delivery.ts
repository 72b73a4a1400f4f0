import * as v from 'valibot'
import type { Millis } from '../units'
import type { DeliveryResult } from './record'

/** What a window says of a sound or a voice. */
export const deliverySchema = v.strictObject({
  alert: v.pipe(v.string(), v.minLength(1), v.maxLength(300)),
  channel: v.picklist(['sound', 'speech']),
  at: v.pipe(
    v.number(),
    v.finite(),
    v.transform((at) => at as Millis)
  ),
  outcome: v.picklist(['sent', 'failed', 'unsupported']),
  detail: v.pipe(v.string(), v.maxLength(200))
}) satisfies v.GenericSchema<unknown, DeliveryResult>
