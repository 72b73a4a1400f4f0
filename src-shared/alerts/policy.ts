import * as v from 'valibot'
import { channelSchema, idSchema } from '../rule'

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const clockTime = v.pipe(v.string(), v.regex(/^([01]\d|2[0-3]):[0-5]\d$/))
const minute = 60_000

/** Hours in which some channels keep quiet, by the wall clock of the policy's zone; `to` at or before `from` ends the next day. */
const quietSchema = v.strictObject({
  id: idSchema,
  enabled: v.boolean(),
  /** Days on which it begins, 1 Monday to 7 Sunday. */
  days: v.pipe(v.array(whole(1, 7)), v.minLength(1), v.maxLength(7)),
  from: clockTime,
  to: clockTime,
  channels: v.pipe(v.array(channelSchema), v.minLength(1), v.maxLength(16)),
  /** Critical alerts are told all the same. */
  criticalPasses: v.boolean()
})

/** How alerts are told; it never changes what is judged. */
export const alertPolicySchema = v.strictObject({
  version: v.literal(1),
  /** IANA name, such as `Europe/Berlin`; empty is the machine's own. */
  zone: v.pipe(v.string(), v.maxLength(64), v.regex(/^[\w+/-]*$/)),
  quiet: v.pipe(v.array(quietSchema), v.maxLength(16)),
  /** A DATA alert holds back its instrument's market alerts; a critical one info of the same instrument for 30 s; a market-wide one single ones. */
  inhibits: v.boolean(),
  /** The same rule on so many instruments within the time is one market-wide alert; what is not critical waits `waitMs` for others. */
  storm: v.strictObject({
    instruments: whole(2, 100),
    withinMs: whole(100, minute),
    waitMs: whole(0, 5_000)
  }),
  /** Desktop notices; critical ones are exempt. What is over is told as one sum every `digestMs`. */
  budget: v.strictObject({
    perMinute: whole(1, 60),
    burst: whole(1, 60),
    perHour: whole(1, 1_000),
    digestMs: whole(minute, 60 * minute),
    soundGapMs: whole(0, minute)
  }),
  /** So many fires of one rule within the time, and it goes to the feed alone for a while; it is judged on. */
  autoQuiet: v.strictObject({
    enabled: v.boolean(),
    fires: whole(2, 1_000),
    withinMs: whole(1_000, 60 * minute),
    forMs: whole(minute, 24 * 60 * minute)
  }),
  /** Critical alerts until somebody acknowledges: sound again and again, then these channels, then once more. */
  escalation: v.strictObject({
    enabled: v.boolean(),
    soundEveryMs: whole(1_000, 10 * minute),
    soundForMs: whole(0, 60 * minute),
    afterMs: whole(1_000, 60 * minute),
    againMs: whole(1_000, 60 * minute),
    channels: v.pipe(v.array(channelSchema), v.maxLength(8))
  })
})
export type AlertPolicy = Readonly<v.InferOutput<typeof alertPolicySchema>>
export type QuietHours = AlertPolicy['quiet'][number]

export const defaultAlertPolicy: AlertPolicy = {
  version: 1,
  zone: '',
  quiet: [],
  inhibits: true,
  storm: { instruments: 4, withinMs: 2_000, waitMs: 300 },
  budget: { perMinute: 6, burst: 3, perHour: 12, digestMs: 5 * minute, soundGapMs: 2_000 },
  autoQuiet: { enabled: true, fires: 10, withinMs: 3 * minute, forMs: 15 * minute },
  escalation: {
    enabled: true,
    soundEveryMs: 10_000,
    soundForMs: 2 * minute,
    afterMs: minute,
    againMs: 5 * minute,
    channels: ['telegram', 'webhook']
  }
}

/** What a snooze is of. */
export const snoozeTargetSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('rule'), rule: idSchema }),
  v.strictObject({ kind: v.literal('instrument'), instrument: v.pipe(v.string(), v.maxLength(96)) }),
  v.strictObject({ kind: v.literal('group'), group: idSchema }),
  v.strictObject({ kind: v.literal('all') })
])
export type SnoozeTarget = Readonly<v.InferOutput<typeof snoozeTargetSchema>>

/** For how long; `tomorrow` is 08:00 of the next day in the policy's zone, `reset` until what fires now is over. */
export const snoozeForSchema = v.picklist(['5m', '15m', '1h', 'tomorrow', 'reset'])
export type SnoozeFor = v.InferOutput<typeof snoozeForSchema>
