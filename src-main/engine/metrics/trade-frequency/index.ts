import { baseOf } from '../../../../src-shared/instrument'
import { lots, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import { SlidingSum } from '../../math/sliding-sum'
import type { Metric } from '../metric'
import { gathering, unavailable, warming } from '../warming'
import { Bursts, leastSeconds } from './bursts'
import { Excitation, leastTimes } from './excitation'
import { Profile } from './profile'

const seconds = [1, 10, 60] as const

export const tradeFrequency: Metric = {
  spec: {
    id: 'trade-frequency',
    title: 'Trading frequency',
    needs: ['trades'],
    fields: [
      ...seconds.map((span) => ({
        id: `trades${span}`,
        title: `Trades, last ${span} s`,
        unit: 'per-second' as const
      })),
      { id: 'burst', title: 'Burst z of the last second', unit: 'number', signed: true },
      { id: 'usual', title: 'Trades against this time of day', unit: 'number' },
      { id: 'branching', title: 'Trades set off by trades', unit: 'share', range: [0, 1] },
      { id: 'memory', title: 'Memory of an excitation', unit: 'seconds' },
      { id: 'base', title: 'Trades that nothing set off', unit: 'per-second' },
      { id: 'residual', title: 'p that the Hawkes model holds', unit: 'share', range: [0, 1] }
    ],
    table: {
      rowIs: 'a half hour of the UTC day',
      columns: [
        { id: 'from', title: 'From, after 00:00 UTC', unit: 'seconds' },
        { id: 'trades', title: 'Trades', unit: 'per-second' },
        { id: 'volume', title: 'Base currency a second', unit: 'base' },
        { id: 'days', title: 'Days seen', unit: 'count' }
      ]
    },
    explains:
      'Trades a second over 1, 10 and 60 s. Burst: the last whole second’s count less the mean, over the standard deviation of ' +
      'the seconds before (memory 15 min). Against this time of day: the last minute over the usual of this half hour, learned over days. Branching: α / β of a Hawkes process (memory 1 / β, μ what nothing set off), ' +
      'rate = μ + Σ α exp(−β (t − tᵢ)), fitted each minute to the last 1,500 distinct milliseconds (200 at least); a rate that wanders looks like branching near 1, and p below 0.05 says that the model ' +
      'does not hold (residuals against Exp(1), Kolmogorov-Smirnov). Source: Hawkes 1971; Ozaki 1979; Filimonov & Sornette 2012.'
  },
  remembers: 1,
  start(scope) {
    const counts = seconds.map((span) => new SlidingSum(span * 1_000))
    const bursts = new Bursts()
    const excitation = new Excitation()
    const profile = new Profile()
    let watchedSince = NaN
    const see = (at: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = at
      bursts.pass(at)
      profile.add(at, 0, 0)
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
          for (const count of counts) count.add(at, 1)
          bursts.add(at, 1)
          profile.add(at, 1, baseOf(instrument, ticks(trades.price[row]!), lots(trades.size[row]!)) || 0)
          // The venue's clock knows better than the network when trades were made.
          const time = Number.isNaN(trades.at[row]!) ? at : trades.at[row]!
          excitation.add(time)
        }
      },
      onGap() {
        watchedSince = NaN
        for (const count of counts) count.clear()
        bursts.forget()
        excitation.forget()
        profile.gap()
      },
      sample(at, into, from) {
        if (!Number.isNaN(watchedSince)) see(at)
        excitation.refit(at)
        for (let place = 0; place < seconds.length; place++) {
          const known = at - watchedSince >= seconds[place]! * 1_000
          into[from + place] = known ? counts[place]!.at(at) / seconds[place]! : NaN
        }
        into[from + 3] = bursts.z
        const usual = profile.usual(at)
        into[from + 4] = usual > 0 ? into[from + 2]! / usual : NaN
        into[from + 5] = excitation.branching
        into[from + 6] = excitation.memory
        into[from + 7] = excitation.base
        into[from + 8] = excitation.residualP
      },
      why(at, field) {
        if (field < 3) return warming(at, watchedSince, seconds[field]! * 1_000, 'trades')
        if (field === 3)
          return bursts.seconds < leastSeconds
            ? gathering(bursts.seconds, leastSeconds, 'seconds')
            : unavailable('The second that watching began in is not whole, or every second was alike.')
        if (field === 4)
          return at - watchedSince < 60_000
            ? warming(at, watchedSince, 60_000, 'trades')
            : unavailable('This half hour of the day was not watched before.')
        return excitation.count < leastTimes
          ? gathering(excitation.count, leastTimes, 'trades at different times without a gap')
          : unavailable('The next fit is due within a minute.')
      },
      table: () => profile.rows(),
      save: () => profile.save(),
      restore: (values) => profile.restore(values)
    }
  }
}
