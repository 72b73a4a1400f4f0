import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { baseOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import type { Side } from '../../book/book'
import { HeldAverage } from '../../math/held-average'
import { SlidingColumns } from '../../math/sliding-columns'
import { isQuoted } from '../crossing'
import type { Metric } from '../metric'
import { unavailable, warming } from '../warming'
import { MidTrail } from './mid-trail'
import type { Paid } from './paid-trades'
import { PaidTrades } from './paid-trades'

const horizons = [1, 5, 10, 60] as const
const depthLevels = 5
const quotedMs = 60_000
/** Where what is told of the window itself stands among the fields, and the column of its count. */
const [tradesPlace, seenPlace] = [3 + 2 * horizons.length, 4 + 2 * horizons.length] as const
const countColumn = 2 + 3 * horizons.length

/** NaN where there are none: prices of combinations may be 0 or below. */
const bpsOf = (distance: number, mid: number): number => (mid > 0 ? (distance / mid) * 1e4 : NaN)

const fieldsOf = (seconds: number): FieldSpec[] => [
  { id: `realised${seconds}`, title: `Realised after ${seconds} s`, unit: 'bps', signed: true },
  { id: `impact${seconds}`, title: `Impact after ${seconds} s`, unit: 'bps', signed: true }
]

export const spreads: Metric = {
  spec: {
    id: 'spreads',
    title: 'Spreads paid',
    short: 'Spread',
    needs: ['book', 'trades'],
    fields: [
      { id: 'quoted', title: 'Quoted, average of 60 s', unit: 'bps' },
      { id: 'depth', title: `${depthLevels} levels, by size`, unit: 'bps' },
      { id: 'effective', title: 'Effective', unit: 'bps' },
      ...horizons.flatMap(fieldsOf),
      { id: 'trades', title: 'Trades behind the effective spread', unit: 'count' },
      { id: 'seen', title: 'Window of trades watched', unit: 'share', range: [0, 1] }
    ],
    params: [
      {
        id: 'window',
        title: 'Trades of the last',
        unit: 'seconds',
        default: 300,
        range: [10, 3_600],
        whole: true
      }
    ],
    explains:
      'Quoted: (ask − bid) / mid, averaged over time (τ 60 s). By size: the average ask less the average bid of the best 5 levels. Effective: 2 ε (p − M) / M of the trades of the last 5 min, ε +1 ' +
      'bought, −1 sold, M the mid before the trade by the venue’s own clock where it tells one, weighted by volume. Realised: 2 ε (p − M later) / M, what the maker kept 1, 5, 10 and 60 s after; ' +
      'impact: the rest, 2 ε (M later − M) / M. Each is unknown until its window was watched from end to end (the quoted for 60 s, the realised for the later mid too); ' +
      'how many trades are in it and how much of it was watched is told at once. A quote that arrives before the trade that moved it makes the effective spread too small or negative: a book in batches of 100 ms does. ' +
      'Source: Huang & Stoll 1996; SEC rule 605.'
  },
  start(scope, { window = NaN }) {
    const windowMs = window * 1_000
    const quoted = new HeldAverage(quotedMs)
    const trail = new MidTrail()
    /** Effective and its weight, then of each horizon realised, impact and their weight; each times the base traded; then how many trades. */
    const sums = new SlidingColumns(windowMs, countColumn + 1)
    const paid = new PaidTrades(horizons.map((seconds) => seconds * 1_000))
    let watchedSince = NaN
    let quotedSince = NaN
    /** Those whose time has come before `at`: the mid that held until then is theirs. */
    const settle = (at: number): void => {
      sums.turn(at)
      paid.settle(at, trail.mid, take)
    }
    const take = (horizon: number, { sign, price, before, base }: Readonly<Paid>, mid: number): void => {
      const column = 2 + 3 * horizon
      sums.add(column, ((2 * sign * (price - mid)) / before) * 1e4 * base)
      sums.add(column + 1, ((2 * sign * (mid - before)) / before) * 1e4 * base)
      sums.add(column + 2, base)
    }
    /** What is settled in the window was traded up to the horizon before it. */
    const spanOf = (horizon: number): number => windowMs + horizons[horizon]! * 1_000
    const forget = (): void => {
      watchedSince = quotedSince = NaN
      quoted.reset()
      trail.forget()
      paid.forget()
      sums.clear()
    }

    return {
      onBook({ touchAfter, at: venueAt }, at) {
        const { bid, ask } = touchAfter
        if (Number.isNaN(watchedSince)) watchedSince = at
        settle(at)
        const mid = (bid + ask) / 2
        if (isQuoted(scope.book, touchAfter) && mid > 0) {
          if (Number.isNaN(quotedSince)) quotedSince = at
          quoted.hold(at, bpsOf(ask - bid, mid))
        }
        trail.moved(mid, venueAt, at)
      },
      onTrades(trades, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        settle(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          const before = trail.before(trades.at[row]!, at)
          if (!(before > 0) || (trades.flags[row]! & apartFromFlow) !== 0) continue
          const price = trades.price[row]!
          const sign = trades.aggressor[row]! > 0 ? 1 : -1
          const base = baseOf(instrument, ticks(price), lots(trades.size[row]!))
          sums.add(0, ((2 * sign * (price - before)) / before) * 1e4 * base)
          sums.add(1, base)
          sums.add(countColumn, 1)
          paid.add(at, sign, price, before, base)
        }
      },
      onGap: forget,
      onRescale(priceFactor) {
        trail.rescale(priceFactor)
        paid.rescale(priceFactor)
      },
      sample(at, into, from) {
        settle(at)
        const mid = (scope.book.touch.bid + scope.book.touch.ask) / 2
        const depth = averageOf(scope.book.asks) - averageOf(scope.book.bids)
        const watchedMs = at - watchedSince
        into[from] = at - quotedSince >= quotedMs ? quoted.value(at) : NaN
        into[from + 1] = bpsOf(depth, mid)
        // A sum of nothing over nothing is not known.
        const read = sums.read(at)
        into[from + 2] = watchedMs >= windowMs ? read[0]! / read[1]! : NaN
        for (let place = 0; place < horizons.length; place++) {
          const column = 2 + 3 * place
          const known = watchedMs >= spanOf(place)
          into[from + 3 + 2 * place] = known ? read[column]! / read[column + 2]! : NaN
          into[from + 4 + 2 * place] = known ? read[column + 1]! / read[column + 2]! : NaN
        }
        into[from + tradesPlace] = watchedMs >= 0 ? read[countColumn]! : NaN
        into[from + seenPlace] = Math.min(1, watchedMs / windowMs)
      },
      why(at, field) {
        if (field === 0 && !(at - quotedSince >= quotedMs))
          return warming(at, quotedSince, quotedMs, 'quotes')
        if (field < 2)
          return unavailable('Not known: the book is not known as far, or a side of it is empty.')
        const spanMs = field === 2 ? windowMs : field < tradesPlace ? spanOf((field - 3) >> 1) : 0
        if (!(at - watchedSince >= spanMs)) return warming(at, watchedSince, spanMs, 'trades')
        return unavailable('Nothing was traded in this window while the book was known.')
      }
    }
  }
}

/** Average price of the best levels by size, ticks; NaN where there are fewer. */
function averageOf(side: Side): number {
  let [money, size] = [0, 0]
  for (let rank = 0; rank < depthLevels; rank++) {
    money += side.price(rank) * side.size(rank)
    size += side.size(rank)
  }
  return money / size
}
