import type { FieldSpec } from '../../../../src-shared/contract/catalogue'
import { baseOf } from '../../../../src-shared/instrument'
import { apartFromBook } from '../../../../src-shared/trade-flag'
import { lots, ticks } from '../../../../src-shared/units'
import { DecayedRates } from '../../math/decayed-rates'
import type { Metric } from '../metric'
import { Seconds } from '../seconds'
import { gathering, unavailable, warming } from '../warming'
import { leastSeconds, NetHistory, SidesHistory, span } from './net-history'
import { added, bandCount, cancelled, executed, ratesASide, SideFlow } from './side-flow'

const bands = ['near', 'far'] as const
const sides = ['bid', 'ask'] as const
const kinds = [
  ['add', 'Added'],
  ['cancel', 'Cancelled'],
  ['trade', 'Executed']
] as const
/** Of each kind, where its volumes lie among the rates of a side. */
const volumeOf = [added, cancelled, executed] as const
const volumesASide = kinds.length * bandCount
/** So many time constants must be watched before a rate is one. */
const warmTaus = 3

const volumes = sides.flatMap((side) =>
  kinds.flatMap(([kind, title]) =>
    bands.map((band): FieldSpec => ({
      id: `${kind}-${side}-${band}`,
      title: `${title} ${side} ${band}, a second`,
      unit: 'base'
    }))
  )
)
/** How many of each: of both bands together, then of each. */
const counts = sides.flatMap((side) =>
  kinds.flatMap(([kind, title]): FieldSpec[] => [
    { id: `${kind}s-${side}`, title: `${title} ${side}, times`, unit: 'per-second' },
    ...bands.map((band): FieldSpec => ({
      id: `${kind}s-${side}-${band}`,
      title: `${title} ${side} ${band}, times`,
      unit: 'per-second'
    }))
  ])
)
/** How unusual: of both sides together, then of each. */
const unusual = kinds.flatMap(([kind, title]): FieldSpec[] => [
  { id: `z-${kind}`, title: `${title} z`, unit: 'number', signed: true },
  ...sides.map((side): FieldSpec => ({
    id: `z-${kind}-${side}`,
    title: `${title} ${side} z`,
    unit: 'number',
    signed: true
  }))
])
/** Where in the row what is derived of them begins. */
const derived = volumes.length + counts.length
const [acceleration, firstZ, lastZ] = [derived + 1, derived + 2, derived + 2 + unusual.length] as const

export const flowVelocity: Metric = {
  spec: {
    id: 'flow-velocity',
    title: 'Flow velocity',
    needs: ['book', 'trades'],
    fields: [
      ...volumes,
      ...counts,
      { id: 'net', title: 'Net velocity, a second', unit: 'base', signed: true },
      { id: 'acceleration', title: 'Net acceleration, a second²', unit: 'base', signed: true },
      { id: 'z', title: 'Net velocity z', unit: 'number', signed: true },
      ...unusual,
      { id: 'cancelToTrade', title: 'Cancelled / executed', unit: 'number' },
      { id: 'cancelToAdd', title: 'Cancelled / added', unit: 'number' }
    ],
    params: [
      { id: 'tau', title: 'Counts 1/e after', unit: 'seconds', default: 5, range: [0.5, 300] },
      { id: 'near', title: 'Near is within', unit: 'bps', default: 5, range: [0.1, 100] },
      { id: 'far', title: 'Far is within', unit: 'bps', default: 25, range: [0.2, 500] },
      {
        id: 'settle',
        title: 'A decrease waits for its trades',
        unit: 'ms',
        default: 400,
        range: [0, 5_000],
        whole: true
      }
    ],
    explains:
      'Base currency added, cancelled and executed a second by side and distance from the mid (near 5 bps, far 25), and how many of each, by side and band; each event counts exp(−age / τ) / τ, τ 5 s. The book tells only ' +
      'what rests: a decrease is an execution as far as trades at its price within 400 ms account for it, the rest is cancelled = max(0, −Δ − traded). Blocks, legs of combinations and RPI prints met no public order and count as no execution. Net = (add − cancel − executed) of bids less that of asks; ' +
      'acceleration over 5 s. z is how many standard deviations a rate is from its own mean of whole seconds, each counting 1/e after 15 min: of net, and of what was added, cancelled and executed (base currency a second, both bands), of both sides and of each. What was added and taken inside one message is not seen. Source: rates as in Cont, Stoikov & Talreja 2010, Operations Research 58.'
  },
  start(scope, { tau = NaN, near = NaN, far = NaN, settle = NaN }) {
    const tauMs = tau * 1_000
    const rates = new DecayedRates(tauMs, sides.length * ratesASide)
    const flows = sides.map((_, side) => new SideFlow(rates, side * ratesASide, settle))
    const [bid, ask] = [flows[0]!, flows[1]!]
    const history = new NetHistory()
    const usual = kinds.map(() => new SidesHistory())
    let watchedSince = NaN
    let mid = NaN
    const isWarm = (at: number): boolean => at - watchedSince >= warmTaus * tauMs
    const seconds = new Seconds((second) => {
      if (!isWarm(second * 1_000)) return
      const fade = rates.fade(second * 1_000)
      history.add((bid.net - ask.net) * fade)
      for (let kind = 0; kind < kinds.length; kind++)
        usual[kind]!.add(bid.volume(volumeOf[kind]!) * fade, ask.volume(volumeOf[kind]!) * fade)
    })
    const pass = (at: number): void => {
      bid.pass(at)
      ask.pass(at)
      seconds.hold(at, 1)
    }

    return {
      onBook(changes, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        pass(at)
        const { touchBefore, touchAfter, isSnapshot } = changes
        const before = (touchBefore.bid + touchBefore.ask) / 2
        mid = (touchAfter.bid + touchAfter.ask) / 2
        // A snapshot is a baseline: who came or went meanwhile is not known.
        if (isSnapshot) return
        // Distances are from where the market was: a level eaten on the way to a new mid was near.
        const from = Number.isNaN(before) ? mid : before
        const base = baseOf(scope.instrument(), ticks(from), lots(1))
        bid.follow(at, changes.bids, from, (from * near) / 1e4, (from * far) / 1e4, base)
        ask.follow(at, changes.asks, from, (from * near) / 1e4, (from * far) / 1e4, base)
      },
      onTrades(trades, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        pass(at)
        const instrument = scope.instrument()
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromBook) !== 0) continue
          const price = trades.price[row]!
          const distance = Math.abs(price - mid)
          if (!(distance <= (mid * far) / 1e4)) continue
          const base = baseOf(instrument, ticks(price), lots(trades.size[row]!))
          const hit = trades.aggressor[row]! > 0 ? ask : bid
          hit.traded(at, price, trades.size[row]!, base, distance <= (mid * near) / 1e4 ? 0 : 1)
        }
      },
      onGap() {
        watchedSince = mid = NaN
        bid.forget()
        ask.forget()
        rates.clear()
        seconds.forget()
        history.forgetLast()
      },
      onRescale(priceFactor) {
        mid *= priceFactor
        bid.forget()
        ask.forget()
      },
      sample(at, into, from) {
        if (!isWarm(at)) {
          into.fill(NaN, from, from + lastZ + 3)
          return
        }
        pass(at)
        const fade = rates.fade(at)
        let column = from
        for (let side = 0; side < sides.length; side++)
          for (let rate = 0; rate < volumesASide; rate++)
            into[column++] = rates.held(side * ratesASide + rate) * fade
        for (let side = 0; side < sides.length; side++)
          for (let rate = volumesASide; rate < ratesASide; rate += bandCount) {
            const [near, far] = [side * ratesASide + rate, side * ratesASide + rate + 1]
            into[column++] = (rates.held(near) + rates.held(far)) * fade
            into[column++] = rates.held(near) * fade
            into[column++] = rates.held(far) * fade
          }
        const gone = totalOf(into, from, 1)
        const net = netOf(into, from)
        into[column++] = net
        into[column++] = history.acceleration
        into[column++] = history.z(net)
        for (let kind = 0; kind < kinds.length; kind++) {
          const [ofBid, ofAsk] = [bid.volume(volumeOf[kind]!) * fade, ask.volume(volumeOf[kind]!) * fade]
          into[column++] = usual[kind]!.both(ofBid, ofAsk)
          into[column++] = usual[kind]!.bid(ofBid)
          into[column++] = usual[kind]!.ask(ofAsk)
        }
        into[column++] = ratio(gone, totalOf(into, from, 2))
        into[column] = ratio(gone, totalOf(into, from, 0))
      },
      why(at, field) {
        if (!isWarm(at)) return warming(at, watchedSince, warmTaus * tauMs, 'the book and trades')
        if (field === acceleration)
          return warming(at, watchedSince, warmTaus * tauMs + (span + 1) * 1_000, 'the book')
        if (field >= firstZ && field <= lastZ)
          return history.seconds < leastSeconds
            ? gathering(history.seconds, leastSeconds, 'seconds of its own history')
            : unavailable('Nothing of the kind has varied in its own history.')
        return unavailable('Nothing was executed or added lately, so there is nothing to divide by.')
      }
    }
  }
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : NaN)

/** Of the volumes as the row has them, from `from` on: bid then ask, of each added, cancelled and executed, of each the bands. */
function totalOf(row: Float64Array, from: number, kind: number): number {
  let sum = 0
  for (let band = 0; band < bandCount; band++)
    for (let side = 0; side < sides.length; side++)
      sum += row[from + (side * kinds.length + kind) * bandCount + band]!
  return sum
}

/** Of the same: what came less what went, of bids less that of asks. */
function netOf(row: Float64Array, from: number): number {
  let net = 0
  for (let side = 0; side < sides.length; side++)
    for (let band = 0; band < bandCount; band++) {
      const place = from + side * kinds.length * bandCount + band
      const came = row[place]! - row[place + bandCount]! - row[place + 2 * bandCount]!
      net += side === 0 ? came : -came
    }
  return net
}
