import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { baseOf, priceOf, valueOn } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import { SlidingMoments } from '../../math/sliding-moments'
import type { WeightedMoments } from '../../math/weighted-moments'
import type { Metric, Reason } from '../metric'
import { unavailable, warming } from '../warming'
import { Lately } from './lately'
import { Since } from './since'

const dayMs = 86_400_000
const bands = [1, 2, 3] as const
const fieldsEach = 1 + 2 * bands.length

const fieldsOf = (id: string, title: string): FieldSpec[] => [
  { id, title, unit: 'price' },
  ...bands.flatMap((k): FieldSpec[] => [
    { id: `${id}Up${k}`, title: `${title} + ${k} σ`, unit: 'price' },
    { id: `${id}Down${k}`, title: `${title} − ${k} σ`, unit: 'price' }
  ])
]

/** A figure's average and its bands. */
const idsOf = (id: string): string[] => fieldsOf(id, '').map((field) => field.id)

export const vwap: Metric = {
  spec: {
    id: 'vwap',
    title: 'VWAP',
    short: 'VWAP',
    needs: ['trades'],
    fields: [
      ...fieldsOf('session', 'Session VWAP'),
      ...fieldsOf('rolling', 'Rolling VWAP'),
      ...fieldsOf('anchored', 'Anchored VWAP'),
      { id: 'away', title: 'Last trade from rolling VWAP', unit: 'bps', signed: true },
      { id: 'sessionSeen', title: 'Session watched', unit: 'share', range: [0, 1] },
      { id: 'anchoredSeen', title: 'Watched since the anchor', unit: 'share', range: [0, 1] },
      { id: 'anchoredFor', title: 'Since the anchor', unit: 'seconds' }
    ],
    params: [
      {
        ...{ id: 'window', title: 'Rolling over', unit: 'seconds', whole: true },
        ...{ default: 3_600, range: [60, 86_400], concerns: [...idsOf('rolling'), 'away'] }
      },
      {
        ...{
          id: 'anchor',
          title: 'Anchor of instruments without their own, UTC (empty: when watching began)'
        },
        ...{ unit: 'seconds', moment: true, default: 0, range: [0, 4_102_444_800] },
        concerns: [...idsOf('anchored'), 'anchoredSeen', 'anchoredFor']
      },
      {
        ...{ id: 'coverage', title: 'Session and anchor shown once watched', unit: 'share' },
        ...{ default: 0.95, range: [0, 1], concerns: [...idsOf('session'), ...idsOf('anchored')] }
      }
    ],
    explains:
      'Average price of all trades weighted by base volume: Σ p v / Σ v; for inverse contracts, where v = N / p, that is Σ N / Σ (N / p). Bands at k = 1, 2, 3 times σ, σ² = Σ v (p − VWAP)² / Σ v, ' +
      'by West’s update. Session from 00:00 UTC; rolling over the chosen window (an hour unless changed), its oldest hundredth leaves as a whole; anchored from a moment you choose, for an instrument in its chart or here for all others, up to a day ago as far as this was watched (more than an hour ago from the next whole minute; older trades are not taken from the tape). Session and anchored are unknown unless ' +
      '95 % of their time was watched; what was seen is kept over restarts. Blocks and legs of combinations are left out. Source: Berkowitz, Logue & Noser 1988; West 1979.'
  },
  remembers: 1,
  start(scope, params) {
    let { window = NaN, anchor = NaN, coverage = NaN } = params
    const session = new Since()
    let anchored = new Since()
    const lately = new Lately()
    let rolling = new SlidingMoments(window * 1_000)
    const { members } = scope.book
    const isWhole = (): boolean => members?.areWhole ?? true
    let watchedSince = NaN
    /** As `watchedSince`, or since there is this window. */
    let rollingSince = NaN
    /** When watching began, of a group with every member. */
    let began = NaN
    let last = NaN
    let seenAt = NaN
    const see = (at: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = rollingSince = at
      seenAt = at
      // Without a member, what is traded is not all of the group's.
      const whole = isWhole()
      if (whole) {
        if (Number.isNaN(began)) began = at
        lately.see(at)
        session.see(at)
      }
      const day = Math.floor(at / dayMs) * dayMs
      if (session.from !== day) session.begin(day, Math.max(day, watchedSince))
      if (anchor * 1_000 > at) return
      if (whole) anchored.see(at)
      const from = anchor > 0 ? anchor * 1_000 : anchored.from
      if (Number.isNaN(from)) {
        if (whole) anchored.begin(at, at)
      } else if (anchored.from !== from) anchored.begin(from, Math.max(from, watchedSince))
    }
    const write = (moments: WeightedMoments, known: boolean, into: Float64Array, from: number): void => {
      const tick = valueOn(scope.instrument().price, 1)
      const sigma = Math.sqrt(moments.variance)
      const value = (k: number): number =>
        known && moments.weight > 0 ? (moments.mean + k * sigma) / tick : NaN
      into[from] = value(0)
      for (const k of bands) {
        into[from + 2 * k - 1] = value(k)
        into[from + 2 * k] = value(-k)
      }
    }
    const partly = (share: number, what: string): Reason =>
      Number.isNaN(share)
        ? unavailable(isWhole() ? 'The anchor lies ahead.' : 'Begins when every member is there.')
        : share >= coverage
          ? unavailable('Nothing was traded since.')
          : {
              share: Math.min(1, share / coverage),
              why: `${Math.floor(share * 100)} % of the time since ${what} was watched${members ? ' with every member' : ''}, and ${Math.round(coverage * 100)} % are needed: an average that misses trades is not the market’s.`
            }

    return {
      onBook(_changes, at) {
        see(at)
      },
      onTrades(trades, at) {
        see(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          const inTicks = ticks(trades.price[row]!)
          const base = baseOf(instrument, inTicks, lots(trades.size[row]!))
          const price = priceOf(instrument, inTicks)
          last = price
          rolling.add(at, base, price)
          if (!isWhole()) continue
          session.add(at, base, price)
          lately.add(at, base, price)
          if (at >= anchored.from) anchored.add(at, base, price)
        }
      },
      onGap() {
        watchedSince = rollingSince = last = NaN
        rolling.clear()
        session.gap()
        anchored.gap()
        lately.gap()
      },
      sample(at, into, from) {
        if (!Number.isNaN(watchedSince)) see(at)
        const [seen, seenAnchored] = [session.share(at), anchored.share(at)]
        const moving = rolling.at(at)
        write(session.moments, seen >= coverage, into, from)
        const whole = at - rollingSince >= rolling.windowMs
        write(moving, whole, into, from + fieldsEach)
        write(anchored.moments, seenAnchored >= coverage, into, from + 2 * fieldsEach)
        const rest = from + 3 * fieldsEach
        into[rest] = whole && moving.weight > 0 ? (last / moving.mean - 1) * 1e4 : NaN
        into[rest + 1] = seen
        into[rest + 2] = seenAnchored
        into[rest + 3] = at > anchored.from ? (at - anchored.from) / 1_000 : NaN
      },
      why(at, field) {
        if (field < fieldsEach) return partly(session.share(at), '00:00 UTC')
        if (field < 2 * fieldsEach || field === 3 * fieldsEach)
          return at - rollingSince >= rolling.windowMs
            ? unavailable('Nothing was traded in this window.')
            : warming(at, rollingSince, rolling.windowMs, 'trades')
        return partly(anchored.share(at), 'the anchor')
      },
      adjust(wanted) {
        const before = { window, anchor }
        ;({ window = NaN, anchor = NaN, coverage = NaN } = wanted)
        if (window !== before.window) {
          rolling = new SlidingMoments(window * 1_000)
          if (!Number.isNaN(watchedSince)) rollingSince = seenAt
        }
        const from = anchor > 0 ? anchor * 1_000 : Math.max(began, lately.oldest)
        if (anchor !== before.anchor) anchored = from <= seenAt ? lately.since(from) : new Since()
      },
      save() {
        if (Number.isNaN(seenAt)) return []
        return [...session.save(seenAt), ...anchored.save(seenAt), seenAt, ...lately.save()]
      },
      restore(values) {
        const [of, rest, [until = NaN, ...recent]] = [
          values.slice(0, 5),
          values.slice(5, 10),
          values.slice(10)
        ]
        // Before the last day was kept there were the first five, or ten.
        const isOlder = values.length === 5 || values.length === 10
        if (!new Since().restore(of) || (rest.length > 0 && !new Since().restore(rest))) return false
        if (!isOlder && !(until >= 0 && lately.restore(recent))) return false
        session.restore(of)
        if (!(anchor > 0)) return true
        // Another anchor: what was added up since the old one is of no use, the last day is.
        const from = anchor * 1_000
        if (rest[0] === from) anchored.restore(rest)
        else if (from < until) anchored = lately.since(from)
        return true
      }
    }
  }
}
