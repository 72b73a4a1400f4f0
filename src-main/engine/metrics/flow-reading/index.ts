import { baseOf } from '../../../../src-shared/instrument'
import { apartFromBook } from '../../../../src-shared/trade-flag'
import { lots, millis, ticks } from '../../../../src-shared/units'
import type { Levels } from '../../book/changes'
import { HeldAverage } from '../../math/held-average'
import { SlidingSum } from '../../math/sliding-sum'
import { FollowUp } from '../follow-up'
import type { Metric } from '../metric'
import { unavailable, warming } from '../warming'
import { Defence } from './defence'
import { kinds } from './kinds'
import { Layers } from './layers'
import { isCoarse, layersReach, ticksOf, wallsReach } from './reach'
import { Scales } from './scales'
import type { Sighting } from './sighting'
import { Sweeps } from './sweeps'
import { Vacuums } from './vacuums'
import type { Ends } from './walls'
import { Walls } from './walls'

const recentMs = 600_000
const leastEnds = 5
/** Of its venues' books added up nothing is told where they cross for more of the time: most of what happened would be missed. */
const mostCrossed = 0.5

export const flowReading: Metric = {
  spec: {
    id: 'flow-reading',
    title: 'Flow reading',
    needs: ['book', 'trades'],
    fields: [
      { id: 'wallBid', title: 'Largest bid wall', unit: 'price' },
      { id: 'wallAsk', title: 'Largest ask wall', unit: 'price' },
      { id: 'wallsBid', title: 'Bid walls', unit: 'count' },
      { id: 'wallsAsk', title: 'Ask walls', unit: 'count' },
      { id: 'pullRate', title: 'Walls that were pulled', unit: 'share', range: [0, 1] },
      { id: 'seen', title: 'Flow events of 10 min', unit: 'count' }
    ],
    events: kinds,
    explains:
      'Reads events from book and trades, each against the instrument’s own distributions (sizes of levels within 15 bps or 30 steps of price, whichever is farther, P99.8, how long the largest stand P99, additions P99, orders and their span P99.9, taken in 10 s P90; half counts ' +
      'after 30 to 60 min, kept over restarts). An event carries what was seen, a confidence in [0, 1] that says how far beyond its threshold it is, and how often the mid moved as it suggests within ' +
      '10 s. A decrease is an execution as far as trades at its price within 400 ms account for it; blocks, legs of combinations and RPI prints met no public order and are not read. Layering and flicker are suspicions: intent is not in the data. Where a step of price is more than half a bp, ' +
      'large orders come and go at each price: flicker is not told there, and layering and vacuums are right about half of the time. Source: spoofing and layering as Cartea, Jaimungal & Wang 2020 describe them; thresholds are our own, tried on the simulated market’s planted episodes.'
  },
  remembers: 2,
  start(scope) {
    const { book } = scope
    const scales = new Scales()
    const ends: Ends = { pulled: 0, eaten: 0, doubtful: 0 }
    const followUp = new FollowUp(kinds.map(({ id }) => id))
    const seen = new SlidingSum(recentMs)
    /** Of a group: for how much of the time its book is crossed, and cannot be read. */
    const crossed = new HeldAverage(recentMs)
    const isApart = (at: number): boolean => crossed.value(at) > mostCrossed
    let watchedSince = NaN
    let mid = NaN
    const base = (size: number): number => baseOf(scope.instrument(), ticks(mid), lots(size))
    const tell = (at: number, { sign, ...sighting }: Sighting): void => {
      const followed = followUp.of(sighting.kind)
      const suggests = sign > 0 ? 'up' : 'down'
      scope.tell({
        ...sighting,
        at: millis(at),
        ...(sign !== 0 && { suggests }),
        ...(followed && { followed })
      })
      followUp.add(sighting.kind, at, sign, mid)
      seen.add(at, 1)
    }
    const sides = [true, false].map((isBid) => ({
      defence: new Defence(isBid, scales, tell),
      walls: new Walls(isBid, scales, ends, tell),
      layers: new Layers(isBid, scales, tell, () => isCoarse(layersReach, mid, scope.instrument().tickSize))
    }))
    const [bid, ask] = [sides[0]!, sides[1]!]
    const sweeps = new Sweeps(scales, tell)
    const vacuums = new Vacuums(tell, book, () => scope.instrument().tickSize)
    const both = [book.bids, book.asks]
    const pass = (at: number): void => {
      if (Number.isNaN(watchedSince)) watchedSince = at
      followUp.pass(at, mid)
      sweeps.pass(at, base)
      for (const { walls, layers } of sides) {
        walls.pass(at, base)
        layers.pass(at)
      }
    }
    /** `touch`: the best price of the side before the message, `from` the mid. */
    const follow = (
      { defence, walls, layers }: (typeof sides)[number],
      { count, price, size, before }: Levels,
      at: number,
      touch: number,
      from: number
    ): void => {
      const defended = defence.price
      const step = scope.instrument().tickSize
      const toLayers = ticksOf(layersReach, touch, step)
      const toWalls = ticksOf(wallsReach, from, step)
      // Most levels are of no interest to any of the three, which are not asked then.
      for (let row = 0; row < count; row++) {
        const level = price[row]!
        const [is, was] = [size[row]!, before[row]!]
        if (level === defended) defence.changed(level, is)
        if (Math.abs(level - touch) <= toLayers) layers.changed(at, level, is - was, base)
        const isNear = Math.abs(level - from) <= toWalls
        if (isNear || walls.follows(level)) walls.changed(at, level, was, is, isNear, base)
      }
    }
    const forget = (): void => {
      watchedSince = mid = NaN
      seen.clear()
      crossed.reset()
      followUp.forget()
      sweeps.forget()
      vacuums.forget()
      scales.forgetFlow()
      for (const { defence, walls, layers } of sides) for (const it of [defence, walls, layers]) it.forget()
    }

    return {
      look() {
        vacuums.glance()
      },
      onBook(changes, at) {
        pass(at)
        const { touchBefore, touchAfter, isSnapshot } = changes
        const before = (touchBefore.bid + touchBefore.ask) / 2
        mid = (touchAfter.bid + touchAfter.ask) / 2
        if (book.members && !Number.isNaN(mid)) crossed.hold(at, touchAfter.bid < touchAfter.ask ? 0 : 1)
        // A snapshot is a baseline, and a crossed book between two messages is no market.
        if (isSnapshot || !(touchAfter.bid < touchAfter.ask) || Number.isNaN(before)) {
          vacuums.pass()
          bid.defence.see(changes.bids, isSnapshot)
          ask.defence.see(changes.asks, isSnapshot)
          return
        }
        scales.look(at, both, mid, base(1), scope.instrument().tickSize)
        follow(bid, changes.bids, at, touchBefore.bid, before)
        follow(ask, changes.asks, at, touchBefore.ask, before)
        bid.defence.look(at, touchAfter.bid, touchAfter.bidSize, base)
        ask.defence.look(at, touchAfter.ask, touchAfter.askSize, base)
        vacuums.look(at)
        sweeps.look(at, mid)
      },
      onTrades(trades, at) {
        pass(at)
        ends.doubtful = 0
        for (let row = 0; row < trades.count; row++) {
          if ((trades.flags[row]! & apartFromBook) !== 0) continue
          const price = trades.price[row]!
          const size = trades.size[row]!
          const sign = trades.aggressor[row]! > 0 ? 1 : -1
          const [hit, other] = sign > 0 ? [ask, bid] : [bid, ask]
          hit.defence.hit(at, price, size)
          other.defence.other(at, size)
          hit.walls.hit(price, size)
          hit.layers.hit(at, price, size)
          scales.taken(at, sign, base(size))
          sweeps.add(at, trades.at[row]!, sign, price, size, base)
        }
      },
      onGap() {
        ends.pulled -= ends.doubtful
        ends.doubtful = 0
        forget()
      },
      // Prices and sizes of two grids cannot be told apart; what is usual is kept in base currency.
      onRescale: forget,
      sample(at, into, from) {
        pass(at)
        if (isApart(at)) {
          into.fill(NaN, from, from + flowReading.spec.fields.length)
          return
        }
        const ended = ends.pulled + ends.eaten
        into[from] = bid.walls.price
        into[from + 1] = ask.walls.price
        into[from + 2] = scales.share < 1 ? NaN : bid.walls.standing
        into[from + 3] = scales.share < 1 ? NaN : ask.walls.standing
        into[from + 4] = ended >= leastEnds ? ends.pulled / ended : NaN
        into[from + 5] = at - watchedSince >= recentMs ? seen.at(at) : NaN
      },
      why(at, field) {
        if (isApart(at))
          return unavailable(
            'The venues of this group stand so far apart that its book is crossed most of the time: read them one by one.'
          )
        if (scales.share < 1)
          return {
            share: scales.share,
            why: 'Warming up: learns what sizes of levels and orders are usual here.'
          }
        if (field === 5) return warming(at, watchedSince, recentMs, 'the book and trades')
        if (field === 4) return unavailable(`Fewer than ${leastEnds} walls have ended so far.`)
        return unavailable('No wall stands there.')
      },
      save: () => [ends.pulled, ends.eaten, ...followUp.save(), ...scales.save()],
      restore([pulled = NaN, eaten = NaN, ...values]) {
        const followed = values.slice(0, 3 * kinds.length)
        const isSane = pulled >= 0 && eaten >= 0 && new Scales().restore(values.slice(3 * kinds.length))
        if (!isSane || !followUp.restore(followed)) return false
        ends.pulled = pulled
        ends.eaten = eaten
        return scales.restore(values.slice(3 * kinds.length))
      }
    }
  }
}
