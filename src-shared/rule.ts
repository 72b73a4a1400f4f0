import * as v from 'valibot'
import { conditionSchema } from './alerts/condition'
import { instrumentIdSchema } from './watchlist'

export const idSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(64))
const span = (most: number) => v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(most))
const day = 86_400_000

/** `feed` is the list in the window; `desktop`, `sound`, `speech`, `telegram`, `webhook` leave it. `sound:2` names a variant of one. */
export const channelSchema = v.pipe(v.string(), v.regex(/^[a-z]{2,16}(:[\w-]{1,32})?$/))
export const severitySchema = v.picklist(['info', 'warn', 'critical'])
export type Severity = v.InferOutput<typeof severitySchema>

/** A rule as files and ports carry it. Any change of it starts its machines anew; its history stays, by `ruleHash`. */
export const ruleSchema = v.strictObject({
  id: idSchema,
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60)),
  enabled: v.boolean(),
  severity: severitySchema,
  /** Rules of one group can be snoozed together. */
  group: v.exactOptional(idSchema),
  scope: v.variant('kind', [
    v.strictObject({ kind: v.literal('instrument'), instrument: instrumentIdSchema }),
    v.strictObject({ kind: v.literal('watchlist'), watchlist: idSchema })
  ]),
  /** One machine a side: `extreme`, `flip` and events look at that side. `none`: the condition has no side, one machine. */
  side: v.picklist(['bid', 'ask', 'both', 'none']),
  when: conditionSchema,
  /** What of the condition is told: that it became true (`up`), false (`down`), both (`either`), or nothing (`level`: a colour in the window alone). */
  trigger: v.picklist(['up', 'down', 'either', 'level']),
  /** While it fires and this holds too, the same notice is told again, louder. */
  stepUp: v.exactOptional(
    v.strictObject({ when: conditionSchema, severity: v.picklist(['warn', 'critical']) })
  ),
  /** True for at least this long before it fires, ms. */
  minMs: span(3_600_000),
  /** `strict`: true all that time. `most`: for 80 % of the last `minMs`, for raw figures. */
  hold: v.picklist(['strict', 'most']),
  /** Past OFF for this long before it may fire anew, ms. */
  rearmMs: span(3_600_000),
  /** What follows a fire: armed again by itself, never again, when the user says so, or after midnight (zone of the alert policy). */
  rearm: v.picklist(['auto', 'once', 'manual', 'daily']),
  /** At least this long between two delivered notices per instrument and side, ms. */
  cooldownMs: span(day),
  /** While it fires, told again this often, ms; 0 never. */
  repeatMs: span(day),
  /** A figure of a book not heard of for this long is unknown, ms. */
  staleMs: v.pipe(v.number(), v.integer(), v.minValue(500), v.maxValue(600_000)),
  /** A notice held back by the cooldown is given when the cooldown ends, if the episode still runs. */
  deferFire: v.boolean(),
  /** Fire for a condition that was already true when watching began. */
  fireIfAlreadyTrue: v.boolean(),
  /** Ms since 1970: not judged from then on. */
  expiresAt: v.exactOptional(v.pipe(v.number(), v.finite())),
  channels: v.pipe(v.array(channelSchema), v.maxLength(16))
})

export const rulesSchema = v.pipe(
  v.strictObject({ version: v.literal(2), rules: v.pipe(v.array(ruleSchema), v.maxLength(500)) }),
  v.check(({ rules }) => new Set(rules.map((rule) => rule.id)).size === rules.length, 'two rules share an id')
)

export type Rule = Readonly<v.InferOutput<typeof ruleSchema>>
export type Rules = Readonly<v.InferOutput<typeof rulesSchema>>

/** The preset "Calm" of the alert study: smoothing 2 s, on for 3 s, re-arm 5 s, one notice a minute. */
export const calm = { minMs: 3_000, rearmMs: 5_000, cooldownMs: 60_000 } as const
export const calmSmoothMs = 2_000

/** What a rule is unless it says otherwise. */
export const usual = {
  enabled: true,
  severity: 'warn',
  trigger: 'up',
  hold: 'strict',
  ...calm,
  rearm: 'auto',
  repeatMs: 0,
  staleMs: 3_000,
  deferFire: true,
  fireIfAlreadyTrue: false
} as const satisfies Partial<Rule>

/** Names what a rule judges, whatever it is called and whether it is on: its history is found by it. FNV-1a of its JSON, 16 hex digits. */
export function ruleHash(rule: Rule): string {
  const judged = Object.entries(rule).filter(([key]) => !unjudged.includes(key))
  const text = JSON.stringify(Object.fromEntries(judged), sortedKeys)
  let low = 0x811c9dc5
  let high = 0xcbf29ce4
  for (let place = 0; place < text.length; place++) {
    low = Math.imul(low ^ text.charCodeAt(place), 0x01000193)
    high = Math.imul(high ^ text.charCodeAt(text.length - 1 - place), 0x01000193)
  }
  return [low, high].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('')
}

const unjudged = ['name', 'enabled', 'channels']

const sortedKeys = (_: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
