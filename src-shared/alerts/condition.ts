import * as v from 'valibot'
import { instrumentIdSchema } from '../watchlist'

const name = v.pipe(v.string(), v.regex(/^[A-Za-z0-9-]{1,64}$/))
const finite = v.pipe(v.number(), v.finite())
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
const span = (most: number) => whole(0, most)
/** Another instrument than the rule's own; a group of venues is one too. */
const instrument = v.exactOptional(instrumentIdSchema)
const hour = 3_600_000

/** Of how long a figure's own history is: an observation counts half after half of it. */
export const historyWindows = { '1h': hour, '6h': 6 * hour, '24h': 24 * hour, '7d': 168 * hour } as const

/**
 * A figure beyond a level, with hysteresis: on at `on`, over only past `off`.
 *
 * `op`: `extreme` is high on the bid side of a rule and low on its ask side (of a rule without sides: high); `above` and `below` mean the same on both.
 * `by` says what `on` and `off` are: `level` values of the field (`extreme`: magnitudes, 0.6 on the ask side is -0.6) · `percentile` percents of the
 * figure's own history (`extreme`: 99.5 is the highest half percent on the bid side and the lowest half percent on the ask side, each from its own end) ·
 * `deviation` robust z: (x - median) / (1.4826 MAD) (`extreme`: magnitudes) · `median` multiples of its own median · `rank` places in the rule's
 * watchlist, 1 the highest (with `below`: the lowest).
 */
const figure = v.pipe(
  v.strictObject({
    kind: v.literal('figure'),
    instrument,
    metric: name,
    field: name,
    op: v.picklist(['extreme', 'above', 'below']),
    by: v.picklist(['level', 'percentile', 'deviation', 'median', 'rank']),
    on: finite,
    off: finite,
    /** Time constant of the smoothing before the levels, ms; 0 is none. */
    smoothMs: span(60_000),
    /** Judge how far the (smoothed) figure moved over this time instead of where it is, in units of the field; `share` in parts of what it was. */
    change: v.exactOptional(
      v.strictObject({ overMs: whole(100, 3_600_000), in: v.picklist(['units', 'share']) })
    ),
    /** For what counts against the figure's own history. */
    window: v.exactOptional(v.picklist(['1h', '6h', '24h', '7d'])),
    /** Hours of the day (UTC) have histories of their own, that count the more the fuller they are. */
    byHour: v.exactOptional(v.boolean()),
    /** ON is never nearer than this, in units of the field (`extreme`: a magnitude): a dead-quiet market does not alert on noise. */
    floor: v.exactOptional(finite)
  }),
  v.check(
    ({ op, by, on, off }) => (op === 'below' || by === 'rank' ? off > on : off < on),
    'the OFF level must lie on the quiet side of the ON level'
  ),
  v.check(
    ({ by, on, off }) => by !== 'percentile' || (Math.min(on, off) >= 0 && Math.max(on, off) <= 100),
    'a percentile lies between 0 and 100'
  ),
  v.check(({ by, on }) => by !== 'rank' || (Number.isInteger(on) && on >= 1), 'a rank is a place: 1, 2, 3…'),
  v.check(({ op, by }) => by !== 'median' || op !== 'extreme', 'multiples of the median have no sides')
)

/** Inside (or outside) of a band, with a margin: it is left only `margin` beyond its ends. Percents of its own history, or values. */
const band = v.pipe(
  v.strictObject({
    kind: v.literal('band'),
    instrument,
    metric: name,
    field: name,
    by: v.picklist(['level', 'percentile']),
    low: finite,
    high: finite,
    margin: v.pipe(finite, v.minValue(0)),
    inside: v.boolean(),
    smoothMs: span(60_000),
    window: v.exactOptional(v.picklist(['1h', '6h', '24h', '7d']))
  }),
  v.check(({ low, high }) => low < high, 'the band’s low end must lie below its high end')
)

/** The figure crossed from beyond -`on` to beyond `on` (on the rule's side) within `withinMs`; over below `off`. */
const flip = v.pipe(
  v.strictObject({
    kind: v.literal('flip'),
    instrument,
    metric: name,
    field: name,
    on: v.pipe(finite, v.minValue(0)),
    off: finite,
    smoothMs: span(60_000),
    withinMs: whole(100, hour)
  }),
  v.check(({ on, off }) => off < on, 'the OFF level must lie below the ON level')
)

/** At least so many events of a metric within a time, on the rule's side. */
const event = v.strictObject({
  kind: v.literal('event'),
  instrument,
  metric: name,
  event: name,
  atLeast: whole(1, 1_000),
  withinMs: whole(100, hour),
  /** In [0, 1]: less sure ones do not count. */
  confidence: v.pipe(finite, v.minValue(0), v.maxValue(1))
})

/** Nothing traded, or nothing changed in the book, for so long; unknown while the book is not live. */
const silence = v.strictObject({
  kind: v.literal('silence'),
  instrument,
  what: v.picklist(['trades', 'book']),
  forMs: whole(100, 24 * hour)
})

/**
 * Of the data itself, and so never unknown: `down` the book has not been live for `forMs` · `stale` nothing was heard of it for `forMs` ·
 * `gaps` it was lost at least `atLeast` times within `forMs`.
 */
const data = v.strictObject({
  kind: v.literal('data'),
  instrument,
  what: v.picklist(['down', 'stale', 'gaps']),
  forMs: whole(100, 24 * hour),
  atLeast: v.exactOptional(whole(1, 1_000))
})

export type FigureCondition = Readonly<v.InferOutput<typeof figure>>
export type BandCondition = Readonly<v.InferOutput<typeof band>>
export type FlipCondition = Readonly<v.InferOutput<typeof flip>>
export type EventCondition = Readonly<v.InferOutput<typeof event>>
export type SilenceCondition = Readonly<v.InferOutput<typeof silence>>
export type DataCondition = Readonly<v.InferOutput<typeof data>>
/** What looks at the market itself. */
export type Leaf =
  FigureCondition | BandCondition | FlipCondition | EventCondition | SilenceCondition | DataCondition

/** True, false or unknown (Kleene): unknown never fires and never clears. */
export type Condition =
  | Leaf
  | { readonly kind: 'all' | 'any'; readonly of: readonly Condition[] }
  | { readonly kind: 'not'; readonly of: Condition }
  /** `when` holds on at least `atLeast` of these instruments. */
  | {
      readonly kind: 'among'
      readonly instruments: readonly string[]
      readonly atLeast: number
      readonly when: Condition
    }
  /** `then` became true at most `withinMs` after `first` did (or while it was), and still is. */
  | {
      readonly kind: 'sequence'
      readonly first: Condition
      readonly then: Condition
      readonly withinMs: number
    }
  /** `when` became true at least `atLeast` times within `withinMs`. */
  | {
      readonly kind: 'repeated'
      readonly when: Condition
      readonly atLeast: number
      readonly withinMs: number
    }
  /** `when` has been true for `withinMs`, and `from` has not been in all that time. */
  | {
      readonly kind: 'divergence'
      readonly when: Condition
      readonly from: Condition
      readonly withinMs: number
    }

const deepest = 6
const mostParts = 64

const nested: v.GenericSchema<unknown, Condition> = v.lazy(() => node)
const parts = v.pipe(v.array(nested), v.minLength(1), v.maxLength(16))
const node = v.variant('kind', [
  figure,
  band,
  flip,
  event,
  silence,
  data,
  v.strictObject({ kind: v.picklist(['all', 'any']), of: parts }),
  v.strictObject({ kind: v.literal('not'), of: nested }),
  v.pipe(
    v.strictObject({
      kind: v.literal('among'),
      instruments: v.pipe(v.array(instrumentIdSchema), v.minLength(1), v.maxLength(32)),
      atLeast: whole(1, 32),
      when: nested
    }),
    v.check(({ instruments, atLeast }) => atLeast <= instruments.length, 'more asked for than there are')
  ),
  v.strictObject({
    kind: v.literal('sequence'),
    first: nested,
    then: nested,
    withinMs: whole(100, hour)
  }),
  v.strictObject({
    kind: v.literal('repeated'),
    when: nested,
    atLeast: whole(2, 100),
    withinMs: whole(100, hour)
  }),
  v.strictObject({
    kind: v.literal('divergence'),
    when: nested,
    from: nested,
    withinMs: whole(100, hour)
  })
])

/** Untrusted input may nest without end: held against its bounds before anything walks through it. */
export const conditionSchema: v.GenericSchema<unknown, Condition> = v.pipe(
  v.unknown(),
  v.check((it) => partsOf(it, deepest) <= mostParts, 'a condition of too many parts'),
  node
)

function partsOf(value: unknown, deeper: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (deeper < 0) return Infinity
  const inner = ['of', 'when', 'from', 'first', 'then'].flatMap((key) => {
    const found = (value as Record<string, unknown>)[key]
    return Array.isArray(found) ? (found as unknown[]).slice(0, mostParts + 1) : [found]
  })
  return inner.reduce<number>((sum, it) => sum + partsOf(it, deeper - 1), 1)
}
