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
      ...horizons.flatMap(fieldsOf)
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
      'impact: the rest, 2 ε (M later − M) / M. A quote that arrives before the trade that moved it makes the effective spread too small or negative: a book in batches of 100 ms does. ' +
      'Source: Huang & Stoll 1996; SEC rule 605.'
  },
  start(scope, { window = NaN }) {
    const windowMs = window * 1_000
    const quoted = new HeldAverage(60_000)
    const trail = new MidTrail()
    /** Effective and its weight, then of each horizon realised, impact and their weight; each times the base traded. */
    const sums = new SlidingColumns(windowMs, 2 + 3 * horizons.length)
    const paid = new PaidTrades(horizons.map((seconds) => seconds * 1_000))
    let watchedSince = NaN
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
    const forget = (): void => {
      watchedSince = NaN
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
        if (isQuoted(scope.book, touchAfter) && mid > 0) quoted.hold(at, bpsOf(ask - bid, mid))
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
        into[from] = quoted.value(at)
        into[from + 1] = bpsOf(depth, mid)
        // A sum of nothing over nothing is not known.
        const read = sums.read(at)
        into[from + 2] = read[0]! / read[1]!
        for (let place = 0; place < horizons.length; place++) {
          const column = 2 + 3 * place
          into[from + 3 + 2 * place] = read[column]! / read[column + 2]!
          into[from + 4 + 2 * place] = read[column + 1]! / read[column + 2]!
        }
      },
      why(at, field) {
        if (field < 2)
          return unavailable('Not known: the book is not known as far, or a side of it is empty.')
        const seconds = field === 2 ? 0 : horizons[(field - 3) >> 1]!
        if (at - watchedSince < seconds * 1_000) return warming(at, watchedSince, seconds * 1_000, 'trades')
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
