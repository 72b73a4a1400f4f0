import * as v from 'valibot'
import { instrumentIdSchema } from './watchlist'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const span = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))

/** When a rule fires. Levels are of the field's magnitude on the rule's side: 0.6 on the ask side means -0.6. */
export const ruleSchema = v.pipe(
  v.strictObject({
    id,
    name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
    enabled: v.boolean(),
    scope: v.variant('kind', [
      v.strictObject({ kind: v.literal('instrument'), instrument: instrumentIdSchema }),
      v.strictObject({ kind: v.literal('watchlist'), watchlist: id })
    ]),
    /** A field of a metric in the engine's catalogue, such as `imbalance` and `bps10`. */
    metric: id,
    field: id,
    side: v.picklist(['bid', 'ask', 'both']),
    /** The condition is on at `on` and above, and over only below `off`. */
    on: v.pipe(v.number(), v.finite()),
    off: v.pipe(v.number(), v.finite()),
    /** Time constant of the smoothing before the levels, ms; 0 is none. */
    smoothMs: span(60_000),
    /** On for at least this long before it fires, ms. */
    minMs: span(3_600_000),
    /** Below `off` for this long before it may fire anew, ms. */
    rearmMs: span(3_600_000),
    /** At least this long between two delivered notices per instrument and side, ms. */
    cooldownMs: span(86_400_000),
    desktop: v.boolean()
  }),
  v.check(({ on, off }) => off < on, 'the OFF level must lie below the ON level')
)

export const rulesSchema = v.pipe(
  v.strictObject({ version: v.literal(1), rules: v.pipe(v.array(ruleSchema), v.maxLength(500)) }),
  v.check(({ rules }) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'two rules share an id')
)

export type Rule = Readonly<v.InferOutput<typeof ruleSchema>>
export type Rules = Readonly<v.InferOutput<typeof rulesSchema>>

/** The preset "Calm" of the alert study: smoothing 2 s, on for 3 s, re-arm 5 s, one notice a minute. */
export const calm = { smoothMs: 2_000, minMs: 3_000, rearmMs: 5_000, cooldownMs: 60_000 } as const

export const defaultRules: Rules = {
  version: 1,
  rules: [
    {
      id: 'strong-imbalance',
      name: 'Strong imbalance',
      enabled: true,
      scope: { kind: 'watchlist', watchlist: 'start' },
      metric: 'imbalance',
      field: 'bps10',
      side: 'both',
      on: 0.6,
      off: 0.35,
      ...calm,
      desktop: true
    }
  ]
}
