import * as v from 'valibot'
import { remoteChannels } from '../../src-shared/alerts/channels'
import type { Shape } from '../store/shape'

/** One alert on its way out. */
const waitingSchema = v.strictObject({
  /** Of the alert; also the key that receivers know it by. */
  alert: v.pipe(v.string(), v.maxLength(300)),
  channel: v.picklist(remoteChannels),
  body: v.pipe(v.string(), v.maxLength(64 * 1024)),
  queuedAt: v.number(),
  attempts: v.pipe(v.number(), v.integer(), v.minValue(0)),
  nextAt: v.number()
})
export type Waiting = Readonly<v.InferOutput<typeof waitingSchema>>

const outboxSchema = v.strictObject({ version: v.literal(1), waiting: v.array(waitingSchema) })
export type WaitingList = Readonly<v.InferOutput<typeof outboxSchema>>

export const waitingShape: Shape<WaitingList> = {
  name: 'outbox',
  title: 'alerts on their way out',
  version: 1,
  migrations: {},
  schema: outboxSchema,
  defaults: { version: 1, waiting: [] }
}
