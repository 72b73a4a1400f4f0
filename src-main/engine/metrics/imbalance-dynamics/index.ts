import { DecayedHistogram } from '../../math/decayed-histogram'
import { DecayedMoments } from '../../math/decayed-moments'
import { HeldAverage } from '../../math/held-average'
import type { Metric } from '../metric'
import { Seconds } from '../seconds'
import { reader, sources } from '../sources'
import { gathering, unavailable, warming } from '../warming'
import { Regime } from './regime'
import { slopeOf } from './slope'

const taus = [1_000, 5_000, 30_000] as const
const bins = 400
/** Seconds of own history before a z score or a percentile says something. */
const leastHistory = 300
const recentHalfLifeMs = 15 * 60_000
const hourMs = 3_600_000
/** Seconds over which the slope is taken, and before persistence says something. */
const slopeSeconds = 10
const leastPairs = 60
const pairMemory = 300
/** A median distance this small is a signal that stands still: a z score of it means nothing. */
const leastSpread = 1e-6
const normalSpread = 1.4826

export const imbalanceDynamics: Metric = {
  spec: {
    id: 'imbalance-dynamics',
    title: 'Imbalance over time',
    short: 'Imb',
    lead: 'Imbalance',
    needs: ['book'],
    fields: [
      { id: 'ewma1', title: 'Average, 1 s', unit: 'ratio', range: [-1, 1] },
      { id: 'ewma5', title: 'Average, 5 s', unit: 'ratio', range: [-1, 1] },
      { id: 'ewma30', title: 'Average, 30 s', unit: 'ratio', range: [-1, 1] },
      { id: 'slope', title: 'Slope a second', unit: 'number', signed: true },
      { id: 'z', title: 'Robust z', unit: 'number', signed: true },
      // Ranks nothing by name: of which imbalance it is, is a parameter; usual imbalance ranks each of them.
      { id: 'percentile', title: 'Own percentile', unit: 'share', range: [0, 1] },
      { id: 'unusual', title: 'Unusual, either side', unit: 'share', range: [0, 1] },
      { id: 'persistence', title: 'Persistence, 1 s', unit: 'number', range: [-1, 1] },
      { id: 'halfLife', title: 'Half-life', unit: 'seconds' },
      { id: 'regime', title: 'Regime', unit: 'number', range: [-1, 1] },
      { id: 'regimeFor', title: 'In this regime', unit: 'seconds' }
    ],
    params: [
      {
        ...{
          id: 'source',
          title: `Imbalance (0 ${sources.map((it) => it.title).join(', ')})`,
          unit: 'count'
        },
        ...{ default: 4, range: [0, sources.length - 1], whole: true }
      },
      {
        id: 'history',
        title: 'History counts half after',
        unit: 'seconds',
        default: 24 * 3_600,
        range: [600, 30 * 86_400]
      },
      { id: 'enter', title: 'A side takes over at z', unit: 'number', default: 2, range: [0.5, 10] },
      { id: 'leave', title: 'and loses it below z', unit: 'number', default: 1, range: [0, 10] },
      { id: 'dwell', title: 'held for at least', unit: 'ms', default: 1_500, range: [0, 60_000], whole: true }
    ],
    explains:
      'One imbalance (10 bps unless set otherwise) followed over time. Averages decay with time, y += (1 − exp(−dt / τ)) (x − y), τ 1, 5 and 30 s, x holding between messages. ' +
      'Slope: least squares over the last 10 whole seconds of the average of 1 s. z: (x − median) / (1.4826 × median distance) of a history that counts half after 15 min; percentile: rank in the own history, ' +
      'half after a day, kept over restarts; unusual is 2 |percentile − ½|. Persistence: correlation with itself 1 s before, memory 5 min; half-life −ln 2 / ln φ. Regime: +1 bid, −1 ask, ' +
      'entered at |z| 2, left below 1, each held 1.5 s. Source: forward decay, Cormode et al. 2009; robust z, Iglewicz & Hoaglin 1993.'
  },
  remembers: 1,
  atOnce: true,
  start({ book }, params) {
    const { source = 4, history = NaN, enter = NaN, leave = NaN, dwell = NaN } = params
    const read = reader(book, sources[source]!)
    const averages = taus.map((tau) => new HeldAverage(tau))
    const recent = new DecayedHistogram(-1, 1, bins, recentHalfLifeMs)
    const own = new DecayedHistogram(-1, 1, bins, Math.max(hourMs / 6, history * 1_000))
    const pairs = new DecayedMoments(pairMemory)
    const regime = new Regime({ enter, leave: Math.min(leave, enter), dwellMs: dwell })
    const last = new Float64Array(slopeSeconds)
    let filled = 0
    let before = NaN
    let now = NaN
    let watchedSince = NaN
    /** Median and spread of the recent history, taken anew each second. */
    let [centre, spread] = [NaN, NaN]

    const seconds = new Seconds((second, value) => {
      const at = second * 1_000
      recent.add(at, value)
      own.add(at, value)
      if (!Number.isNaN(before)) pairs.add(before, value)
      before = value
      last.copyWithin(0, 1)
      last[slopeSeconds - 1] = averages[0]!.value(at)
      filled = Math.min(slopeSeconds, filled + 1)
      ;[centre, spread] = [NaN, NaN]
    })
    const measure = (): void => {
      if (!Number.isNaN(centre) || recent.weight < leastHistory) return
      centre = recent.quantile(0.5)
      spread = normalSpread * recent.medianDistance(centre)
    }
    const zNow = (): number => {
      measure()
      return spread > leastSpread ? (now - centre) / spread : NaN
    }
    const take = (at: number): void => {
      // Whole seconds between the messages see the value that held.
      seconds.pass(at)
      now = read()
      seconds.hold(at, now)
      for (const average of averages) average.hold(at, now)
      if (Number.isNaN(now)) watchedSince = NaN
      else if (Number.isNaN(watchedSince)) watchedSince = at
    }

    return {
      onBook(_changes, at) {
        take(at)
        regime.see(at, zNow())
      },
      onGap() {
        // What the market is like stays known; what just happened does not.
        seconds.forget()
        for (const average of averages) average.reset()
        regime.forget()
        pairs.clear()
        filled = 0
        before = now = watchedSince = NaN
      },
      sample(at, into, from) {
        seconds.pass(at)
        const z = zNow()
        regime.see(at, z)
        const ranked = own.weight >= leastHistory ? own.rank(now) : NaN
        const phi = pairs.weight >= leastPairs ? pairs.correlation : NaN
        for (let place = 0; place < taus.length; place++)
          into[from + place] = at - watchedSince >= taus[place]! ? averages[place]!.value(at) : NaN
        into[from + 3] = filled === slopeSeconds ? slopeOf(last) : NaN
        into[from + 4] = z
        into[from + 5] = ranked
        into[from + 6] = 2 * Math.abs(ranked - 0.5)
        into[from + 7] = phi
        into[from + 8] = phi > 0 && phi < 1 ? -Math.LN2 / Math.log(phi) : NaN
        into[from + 9] = Number.isNaN(z) ? NaN : regime.side
        into[from + 10] = Number.isNaN(z) ? NaN : (at - regime.since) / 1_000
      },
      why(at, field) {
        if (Number.isNaN(now)) return unavailable('The imbalance it follows is not known.')
        if (field < 3) return warming(at, watchedSince, taus[field]!, 'the book')
        if (field === 3) return gathering(filled, slopeSeconds, 'whole seconds')
        if (field === 5 || field === 6)
          return gathering(own.weight, leastHistory, 'seconds of its own history')
        if (field >= 7 && field <= 8) {
          if (pairs.weight < leastPairs) return gathering(pairs.weight, leastPairs, 'seconds without a gap')
          return unavailable(
            'It does not persist: the correlation with itself a second before is not above 0.'
          )
        }
        if (recent.weight < leastHistory)
          return gathering(recent.weight, leastHistory, 'seconds of its recent history')
        return unavailable('It has hardly moved lately, so nothing is far from usual.')
      },
      save: () => [source, ...own.save(), ...recent.save()],
      restore([of, ...weights]) {
        // Learned of another imbalance: no mistake, and of no use.
        if (of !== source) return sources[of ?? -1] !== undefined && weights.length === 2 * bins
        if (!weights.every((it) => it >= 0)) return false
        return own.restore(weights.slice(0, bins)) && recent.restore(weights.slice(bins))
      }
    }
  }
}
