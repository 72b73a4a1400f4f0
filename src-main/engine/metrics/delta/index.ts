import { baseOf, notionalOf } from '../../../../src-shared/instrument'
import { lots, millis, ticks } from '../../../../src-shared/units'
import { apartFromFlow } from '../../book/changes'
import { beyond } from '../../math/beyond'
import { SlidingSum } from '../../math/sliding-sum'
import { FollowUp } from '../follow-up'
import type { Metric } from '../metric'
import { gathering, unavailable, warming } from '../warming'
import { WatchedTime } from '../watched-time'
import { Footprint } from './footprint'
import { LargeTrades, leastOrders } from './large-trades'
import { Orders } from './orders'

const dayMs = 86_400_000
const seconds = [60, 300, 3_600] as const
const largeSeconds = 300

export const delta: Metric = {
  spec: {
    id: 'delta',
    title: 'Volume delta',
    needs: ['trades'],
    fields: [
      { id: 'cvd', title: 'CVD since the last gap', unit: 'base', signed: true },
      ...seconds.map((span) => ({
        ...{ id: `cvd${span}`, title: `CVD ${span} s` },
        ...{ unit: 'base' as const, signed: true as const }
      })),
      { id: 'session', title: 'CVD of the session', unit: 'base', signed: true },
      { id: 'sessionSeen', title: 'Session of the CVD watched', unit: 'share', range: [0, 1] },
      { id: 'large', title: 'Large from (P99.9)', unit: 'quote' },
      { id: 'largeNet', title: 'Large orders, net 300 s', unit: 'quote', signed: true }
    ],
    params: [
      {
        ...{ id: 'interval', title: 'Footprint interval', unit: 'seconds', whole: true },
        ...{ default: 60, range: [5, 3_600], concerns: [] }
      },
      {
        ...{ id: 'step', title: 'Footprint price step', unit: 'bps' },
        ...{ default: 1, range: [0.01, 100], concerns: [] }
      },
      {
        ...{ id: 'coverage', title: 'Session shown once watched', unit: 'share' },
        ...{ default: 0.95, range: [0, 1], concerns: ['session'] }
      },
      {
        ...{ id: 'history', title: 'History of orders counts half after', unit: 'seconds' },
        ...{ default: 86_400, range: [600, 30 * 86_400], concerns: ['large', 'largeNet'] }
      }
    ],
    table: {
      rowIs: 'a price step of one of the last 20 intervals',
      columns: [
        { id: 'from', title: 'Interval, Unix time', unit: 'seconds' },
        { id: 'price', title: 'Price', unit: 'price' },
        { id: 'step', title: 'Price step', unit: 'price' },
        { id: 'bid', title: 'Sold into bids', unit: 'base' },
        { id: 'ask', title: 'Bought from asks', unit: 'base' },
        { id: 'whole', title: 'Watched from its beginning', unit: 'count', range: [0, 1] }
      ]
    },
    events: [
      {
        id: 'large-trade',
        title: 'Large trade',
        explains:
          'One order took more money than 99.9 % of the orders of the instrument’s own history. Somebody was in a hurry; whether they knew something is not said, only how often the mid went on the same way within 10 s.'
      }
    ],
    explains:
      'Bought less sold volume in base currency by the side that took (cumulative volume delta): since watching began or the last gap, of the last 60, 300 and 3,600 s, and since 00:00 UTC where ' +
      '95 % of it was watched. Large: money of one order (prints of one side at one time are one) above the 99.9th percentile of the own history (10,000 orders at least, half counts after a day). The footprint ' +
      'shows volume by price step and interval; with another of either it begins anew, and nothing else does. Blocks and legs of combinations are left out. Source: signed volume as in Hasbrouck 1991, J. Finance 46.'
  },
  remembers: 3,
  start(scope, params) {
    let { interval = NaN, step = NaN, coverage = NaN, history = NaN } = params
    const sums = seconds.map((span) => new SlidingSum(span * 1_000))
    const largeNet = new SlidingSum(largeSeconds * 1_000)
    const watched = new WatchedTime()
    const { members } = scope.book
    const isWhole = (): boolean => members?.areWhole ?? true
    let footprint = new Footprint(interval * 1_000)
    let large = new LargeTrades(history * 1_000)
    const orders = new Orders((at, sign, money, price) => {
      const threshold = large.threshold(at)
      if (!large.add(at, money)) return
      largeNet.add(at, sign * money)
      tellLarge(at, sign, money, price, threshold)
    })
    /** What followed earlier ones. */
    const followUp = new FollowUp(['large-trade'])
    let mid = NaN
    const tellLarge = (at: number, sign: number, money: number, price: number, threshold: number): void => {
      const followed = followUp.of('large-trade')
      scope.tell({
        kind: 'large-trade',
        at: millis(at),
        side: sign > 0 ? 'ask' : 'bid',
        price,
        confidence: beyond(money, threshold),
        words: `One order ${sign > 0 ? 'bought' : 'sold'} more than 99.9 % of orders do.`,
        evidence: [
          { title: 'Its money', value: money, unit: 'quote' },
          { title: 'P99.9 of its history', value: threshold, unit: 'quote' },
          { title: 'Orders in that history', value: Math.round(large.orders), unit: 'count' }
        ],
        suggests: sign > 0 ? 'up' : 'down',
        ...(followed && { followed })
      })
      followUp.add('large-trade', at, sign, mid)
    }
    let total = 0
    /** Since when no trade was missed. */
    let unbroken = NaN
    /** Since when orders are large by the same history. */
    let largeSince = NaN
    let session = 0
    let day = NaN
    let seenAt = NaN
    const see = (at: number): void => {
      if (Number.isNaN(unbroken)) {
        unbroken = at
        footprint.beginAt(at)
      }
      if (isWhole()) watched.see(at)
      seenAt = at
      const today = Math.floor(at / dayMs) * dayMs
      if (today === day) return
      session = 0
      day = today
      watched.restart(Math.max(today, watched.since))
    }
    const sessionShare = (at: number): number => (at > day ? Math.min(1, watched.ms(at) / (at - day)) : NaN)
    const sinceOf = (field: number): number => (field === 7 && largeSince > unbroken ? largeSince : unbroken)
    const spanOf = (field: number): number => (field === 7 ? largeSeconds : (seconds[field - 1] ?? 0)) * 1_000
    const takeOne = (
      at: number,
      row: { price: number; size: number; sign: number; venueAt: number }
    ): void => {
      const instrument = scope.instrument()
      const base = baseOf(instrument, ticks(row.price), lots(row.size))
      if (!(base > 0)) return
      for (const sum of sums) sum.add(at, row.sign * base)
      total += row.sign * base
      if (isWhole()) session += row.sign * base
      const bought = row.sign > 0 ? base : 0
      footprint.add(at, row.price, bought, base - bought, step)
      orders.add(
        at,
        row.venueAt,
        row.sign,
        notionalOf(instrument, ticks(row.price), lots(row.size)),
        row.price
      )
    }
    const taken = { price: 0, size: 0, sign: 0, venueAt: NaN }

    return {
      onBook({ touchAfter }, at) {
        see(at)
        followUp.pass(at, mid)
        mid = (touchAfter.bid + touchAfter.ask) / 2
      },
      onTrades(trades, at) {
        see(at)
        if (isWhole()) watched.traded(at)
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromFlow) !== 0) continue
          taken.price = trades.price[row]!
          taken.size = trades.size[row]!
          taken.sign = trades.aggressor[row]! > 0 ? 1 : -1
          taken.venueAt = trades.at[row]!
          takeOne(at, taken)
        }
      },
      onGap() {
        watched.gap()
        unbroken = mid = NaN
        followUp.forget()
        orders.flush()
        footprint.broken()
        for (const sum of [...sums, largeNet]) sum.clear()
        total = 0
      },
      onRescale(priceFactor) {
        orders.flush()
        // A mid of the coarser grid is told of no move on the finer one.
        followUp.forget()
        mid *= priceFactor
        footprint.rescale(priceFactor)
      },
      sample(at, into, from) {
        const isWatching = !Number.isNaN(unbroken)
        if (isWatching) see(at)
        orders.pass(at)
        const known = (field: number): boolean => at - sinceOf(field) >= spanOf(field)
        into[from] = isWatching ? total : NaN
        for (const [place, sum] of sums.entries())
          into[from + 1 + place] = known(1 + place) ? sum.at(at) : NaN
        const seen = sessionShare(at)
        into[from + 4] = seen >= coverage ? session : NaN
        into[from + 5] = seen
        const threshold = large.threshold(at)
        into[from + 6] = threshold
        into[from + 7] = known(7) && !Number.isNaN(threshold) ? largeNet.at(at) : NaN
      },
      why(at, field) {
        if (field === 4) return partly(sessionShare(at), coverage, members !== undefined)
        if (field >= 6 && Number.isNaN(large.threshold(at)))
          return gathering(large.orders, leastOrders, 'orders of its own history')
        return warming(at, sinceOf(field), spanOf(field), 'trades')
      },
      table: () => footprint.rows(),
      adjust(wanted) {
        if (wanted['interval'] !== interval || wanted['step'] !== step) {
          footprint = new Footprint((wanted['interval'] ?? NaN) * 1_000)
          if (!Number.isNaN(unbroken)) footprint.beginAt(seenAt)
        }
        if (wanted['history'] !== history) {
          large = large.fadingIn((wanted['history'] ?? NaN) * 1_000)
          largeNet.clear()
          largeSince = seenAt
        }
        ;({ interval = NaN, step = NaN, coverage = NaN, history = NaN } = wanted)
      },
      save() {
        return Number.isNaN(day)
          ? []
          : [day, watched.ms(seenAt), session, ...followUp.save(), ...large.save()]
      },
      restore([from = NaN, watchedMs = NaN, net = NaN, ...values]) {
        const isSane = from >= 0 && watchedMs >= 0 && !Number.isNaN(net)
        if (!isSane || !followUp.restore(values.slice(0, 3)) || !large.restore(values.slice(3))) return false
        day = from
        session = net
        watched.restart(from, watchedMs)
        return true
      }
    }
  }
}

const partly = (share: number, coverage: number, ofGroup: boolean) =>
  Number.isNaN(share)
    ? unavailable('The session begins now.')
    : {
        share: Math.min(1, share / coverage),
        why: `${Math.floor(share * 100)} % of the session since 00:00 UTC was watched${ofGroup ? ' with every member' : ''}, and ${Math.round(coverage * 100)} % are needed: a sum that misses trades is not the market’s.`
      }
