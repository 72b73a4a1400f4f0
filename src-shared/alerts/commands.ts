import * as v from 'valibot'
import { idSchema, ruleSchema, severitySchema } from '../rule'
import { instrumentIdSchema } from '../watchlist'
import { snoozeForSchema, snoozeTargetSchema } from './policy'
import { historyOrders } from './state'

const longId = v.pipe(v.string(), v.minLength(1), v.maxLength(300))
/** The window's own number of a question; the answer carries it. */
const request = v.pipe(v.number(), v.integer())
const ms = v.pipe(v.number(), v.finite())

const act = [
  v.strictObject({ kind: v.literal('snooze'), target: snoozeTargetSchema, for: snoozeForSchema }),
  v.strictObject({ kind: v.literal('unsnooze'), target: snoozeTargetSchema }),
  /** `by` says from where: `feed`, `toast`, `tray`, `palette`. */
  v.strictObject({
    kind: v.literal('acknowledge'),
    episode: longId,
    by: v.pipe(v.string(), v.maxLength(32))
  }),
  v.strictObject({ kind: v.literal('acknowledge-all'), by: v.pipe(v.string(), v.maxLength(32)) }),
  v.strictObject({ kind: v.literal('note'), alert: longId, text: v.pipe(v.string(), v.maxLength(2_000)) }),
  v.strictObject({ kind: v.literal('tag'), alert: longId, tag: v.picklist(['', 'useful', 'noise']) }),
  /** A rule that was to fire once, or until the user says so, is armed again on all its instruments. */
  v.strictObject({ kind: v.literal('rearm'), rule: idSchema }),
  /** Ends what was set quiet by itself. */
  v.strictObject({ kind: v.literal('unquiet'), rule: idSchema })
] as const

/** What somebody does about alerts. */
export const alertCommandSchema = v.variant('kind', act)
export type AlertCommand = Readonly<v.InferOutput<typeof alertCommandSchema>>

/** All that a window may say of alerts: what it does, and what it asks. */
export const alertCommandOptions = [
  ...act,
  v.strictObject({
    kind: v.literal('alert-history'),
    request,
    wish: v.strictObject({
      rule: v.exactOptional(idSchema),
      instrument: v.exactOptional(instrumentIdSchema),
      severity: v.exactOptional(severitySchema),
      tag: v.exactOptional(v.picklist(['useful', 'noise'])),
      from: v.exactOptional(ms),
      to: v.exactOptional(ms),
      text: v.exactOptional(v.pipe(v.string(), v.maxLength(100))),
      episode: v.exactOptional(longId),
      by: v.exactOptional(v.picklist(historyOrders)),
      rising: v.exactOptional(v.boolean()),
      before: v.exactOptional(longId)
    }),
    most: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000))
  }),
  /** From now on how the conditions of a rule, saved or not, stand on one instrument; without a rule no more. A new one takes the place of the last. */
  v.strictObject({
    kind: v.literal('probe-rule'),
    wish: v.exactOptional(v.strictObject({ rule: ruleSchema, instrument: instrumentIdSchema }))
  }),
  v.strictObject({ kind: v.literal('alert-evidence'), request, alert: longId }),
  v.strictObject({ kind: v.literal('alert-scores'), request }),
  /** Where levels that move with the figures' own history stand on an instrument. */
  v.strictObject({ kind: v.literal('rule-levels'), request, instrument: instrumentIdSchema }),
  /** Plays a rule, saved or not, over what was recorded of its instruments in the last `hours`. Another one of the same window ends the one that runs, unanswered. */
  v.strictObject({
    kind: v.literal('estimate-rule'),
    request,
    rule: ruleSchema,
    hours: v.pipe(v.number(), v.minValue(0.01), v.maxValue(168))
  }),
  /** The estimate is not wanted any more; it is not answered. */
  v.strictObject({ kind: v.literal('estimate-cancel'), request })
] as const
