import * as fc from 'fast-check'
import type { Condition, Leaf } from '../../src-shared/alerts/condition'
import type { Rule } from '../../src-shared/rule'

const name = fc.stringMatching(/^[a-z][a-zA-Z0-9-]{0,12}$/)
const id = fc.constantFrom('sim:BTC-PERP', 'sim:ETH-USDT', 'binance-usdm:BTCUSDT', 'group:1', 'nowhere:X')
const figure = fc.constantFrom(['imbalance', 'bps10'], ['spread', 'bps'], ['not-here', 'x1']) as fc.Arbitrary<
  [string, string]
>
/** Never −0, which JSON does not know. */
const level = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true }).map((it) => it + 0)
const ms = (least: number, most: number): fc.Arbitrary<number> => fc.integer({ min: least, max: most })
const maybe = <Key extends string, T>(
  key: Key,
  value: fc.Arbitrary<T>
): fc.Arbitrary<Partial<Record<Key, T>>> =>
  fc.oneof(
    fc.constant({}),
    value.map((it) => ({ [key]: it }) as Record<Key, T>)
  )
const all = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((found) => Object.assign({}, ...found) as object)
const hour = 3_600_000

const figures = all(
  fc.constant({ kind: 'figure' }),
  figure.map(([metric, field]) => ({ metric, field })),
  fc
    .tuple(
      fc.constantFrom('extreme', 'above', 'below'),
      fc.constantFrom('level', 'percentile', 'deviation', 'median', 'rank'),
      level,
      level
    )
    .filter(([op, by]) => by !== 'median' || op !== 'extreme')
    .map(([op, by, a, b]) => {
      const isLow = op === 'below' || by === 'rank'
      const share = (it: number): number => Math.abs(it) % 100
      const [x, y] =
        by === 'percentile'
          ? [share(a), share(b)]
          : by === 'rank'
            ? [1 + Math.floor(Math.abs(a) % 50), Math.abs(b) + 51]
            : [a, b]
      const [low, high] = x === y ? [x, x + 1] : x < y ? [x, y] : [y, x]
      return { op, by, on: isLow ? low : high, off: isLow ? high : low }
    })
    .filter(({ by, on, off }) => by !== 'percentile' || (on <= 100 && off <= 100)),
  fc.record({ smoothMs: ms(0, 60_000) }),
  maybe('instrument', id),
  maybe('change', fc.record({ overMs: ms(100, hour), in: fc.constantFrom('units', 'share') })),
  maybe('window', fc.constantFrom('1h', '6h', '24h', '7d')),
  maybe('byHour', fc.boolean()),
  maybe('floor', level)
)
const bands = all(
  fc.constant({ kind: 'band' }),
  figure.map(([metric, field]) => ({ metric, field })),
  fc
    .tuple(level, fc.double({ min: 0.001, max: 1e6, noNaN: true }))
    .map(([low, wide]) => ({ low, high: low + wide + Math.abs(low) }))
    .filter(({ low, high }) => low < high),
  fc.record({
    by: fc.constantFrom('level', 'percentile'),
    inside: fc.boolean(),
    margin: level.map(Math.abs),
    smoothMs: ms(0, 60_000)
  }),
  maybe('instrument', id),
  maybe('window', fc.constantFrom('1h', '6h', '24h', '7d'))
)
const flips = all(
  fc.constant({ kind: 'flip' }),
  figure.map(([metric, field]) => ({ metric, field })),
  level.map((on) => ({ on: Math.abs(on), off: Math.abs(on) / 2 - 1 })),
  fc.record({ smoothMs: ms(0, 60_000), withinMs: ms(100, hour) }),
  maybe('instrument', id)
)
const events = all(
  fc.record({
    kind: fc.constant('event'),
    metric: name,
    event: name,
    atLeast: ms(1, 1_000),
    withinMs: ms(100, hour)
  }),
  fc.record({ confidence: fc.double({ min: 0, max: 1, noNaN: true }) }),
  maybe('instrument', id)
)
const silences = all(
  fc.record({
    kind: fc.constant('silence'),
    what: fc.constantFrom('trades', 'book'),
    forMs: ms(100, 24 * hour)
  }),
  maybe('instrument', id)
)
const datas = all(
  fc.record({
    kind: fc.constant('data'),
    what: fc.constantFrom('down', 'stale', 'gaps'),
    forMs: ms(100, 24 * hour)
  }),
  maybe('atLeast', ms(1, 1_000)),
  maybe('instrument', id)
)
const leaf = fc.oneof(figures, bands, flips, events, silences, datas) as unknown as fc.Arbitrary<Leaf>

/** A condition of every kind, at most three deep. */
const { condition } = fc.letrec<{ condition: Condition }>((tie) => {
  const list = fc.array(tie('condition'), { minLength: 1, maxLength: 2 })
  const withinMs = ms(100, hour)
  return {
    condition: fc.oneof(
      { depthSize: 'small', maxDepth: 2 },
      leaf,
      fc.record({ kind: fc.constantFrom('all', 'any'), of: list }),
      fc.record({ kind: fc.constant('not'), of: tie('condition') }),
      fc.record({
        kind: fc.constant('among'),
        instruments: fc.uniqueArray(id, { minLength: 1, maxLength: 3 }),
        atLeast: fc.constant(1),
        when: tie('condition')
      }),
      fc.record({ kind: fc.constant('sequence'), first: tie('condition'), then: tie('condition'), withinMs }),
      fc.record({ kind: fc.constant('repeated'), when: tie('condition'), atLeast: ms(2, 100), withinMs }),
      fc.record({ kind: fc.constant('divergence'), when: tie('condition'), from: tie('condition'), withinMs })
    ) as fc.Arbitrary<Condition>
  }
})

/** Any rule that the schema takes, also of figures, lists and channels that are not known here. */
export const anyRule = all(
  fc.record({
    id: name,
    name: fc.string({ minLength: 1, maxLength: 40 }).map((it) => it.trim() || 'x'),
    enabled: fc.boolean(),
    severity: fc.constantFrom('info', 'warn', 'critical'),
    scope: fc.oneof(
      fc.record({ kind: fc.constant('instrument'), instrument: id }),
      fc.record({ kind: fc.constant('watchlist'), watchlist: fc.constantFrom('start', 'deleted') })
    ),
    side: fc.constantFrom('bid', 'ask', 'both', 'none'),
    when: condition,
    trigger: fc.constantFrom('up', 'down', 'either', 'level')
  }),
  fc.record({
    minMs: ms(0, hour),
    hold: fc.constantFrom('strict', 'most'),
    rearmMs: ms(0, hour),
    rearm: fc.constantFrom('auto', 'once', 'manual', 'daily'),
    cooldownMs: ms(0, 24 * hour),
    repeatMs: ms(0, 24 * hour),
    staleMs: ms(500, 600_000),
    deferFire: fc.boolean(),
    fireIfAlreadyTrue: fc.boolean(),
    channels: fc.uniqueArray(fc.constantFrom('feed', 'desktop', 'sound:2', 'speech', 'pager'), {
      maxLength: 4
    })
  }),
  maybe('group', name),
  maybe('expiresAt', fc.integer({ min: 0, max: 4e12 })),
  maybe('stepUp', fc.record({ when: condition, severity: fc.constantFrom('warn', 'critical') }))
) as unknown as fc.Arbitrary<Rule>
