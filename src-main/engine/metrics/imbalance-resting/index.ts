import type { Side } from '../../book/book'
import type { Metric } from '../metric'
import { unavailable, warming } from '../warming'
import { LevelAges } from './level-ages'

const range = [-1, 1] as const
const depths = [5, 10] as const

/** (B - A) / (B + A), NaN when nothing rests. */
const ratio = (bid: number, ask: number): number => (bid - ask) / (bid + ask)

export const imbalanceResting: Metric = {
  spec: {
    id: 'imbalance-resting',
    title: 'Imbalance of what stays',
    needs: ['book'],
    fields: [
      ...depths.map((n) => ({
        id: `l${n}`,
        title: `${n} levels, old enough`,
        unit: 'ratio' as const,
        range
      })),
      ...depths.map((n) => ({
        id: `calm${n}`,
        title: `${n} levels, less flicker`,
        unit: 'ratio' as const,
        range
      })),
      { id: 'youngBid', title: 'Young share, bid', unit: 'share', range: [0, 1] },
      { id: 'youngAsk', title: 'Young share, ask', unit: 'share', range: [0, 1] }
    ],
    params: [
      { id: 'age', title: 'Least age of a level', unit: 'ms', default: 250, range: [0, 60_000], whole: true },
      {
        id: 'memory',
        title: 'Flicker is forgotten in',
        unit: 'ms',
        default: 10_000,
        range: [500, 600_000],
        whole: true
      }
    ],
    explains:
      'Imbalance (B − A) / (B + A) of the best levels that have stood for at least the least age: levels younger than that are left out and the next ones counted. ' +
      'Less flicker: each size counts 1 / (1 + f), f being how often the level at that price came back after it had gone, forgotten exponentially. Young share: what of ' +
      'the size in the best 10 levels is too young. Needs the book; levels already there at the start count as old. Source: an age filter against ' +
      'flickering and layered orders; Cartea, Jaimungal & Wang 2020, "Spoofing and price manipulation in order driven markets".'
  },
  start(scope, { age = NaN, memory = NaN }) {
    const { book } = scope
    const bids = new LevelAges(memory)
    const asks = new LevelAges(memory)
    let watchedSince = NaN
    const sums = (side: Side, ages: LevelAges, count: number, at: number) => {
      let [old, calm, young, all] = [0, 0, 0, 0]
      let taken = 0
      // Far enough down that young levels cannot hide all old ones, and never through a whole book.
      for (let rank = 0; rank < Math.min(side.count, count * 4); rank++) {
        const size = side.size(rank)
        const price = side.price(rank)
        const isYoung = at - ages.bornAt(price) < age
        if (rank < count) {
          calm += size / (1 + ages.flicker(price, at))
          all += size
          if (isYoung) young += size
        }
        if (isYoung || taken === count) continue
        old += size
        taken++
      }
      const known = Math.abs(side.known) === Infinity || side.count >= count
      return { old: known ? old : NaN, calm: known ? calm : NaN, young: young / all }
    }
    return {
      onBook(changes, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        if (changes.isSnapshot) {
          bids.forget()
          asks.forget()
          return
        }
        // What lies further away cannot come among the best levels before it is near, and is then old.
        const reach =
          (changes.touchAfter.ask + changes.touchAfter.bid) * 0.5 * 0.0025 + 50 * scope.instrument().tickSize
        bids.follow(changes.bids, at, changes.touchAfter.bid - reach, Infinity)
        asks.follow(changes.asks, at, -Infinity, changes.touchAfter.ask + reach)
      },
      onGap() {
        watchedSince = NaN
        bids.forget()
        asks.forget()
      },
      onRescale(priceFactor) {
        bids.rescale(priceFactor)
        asks.rescale(priceFactor)
      },
      sample(at, into, from) {
        const known = at - watchedSince >= age
        const [bid5, ask5] = [sums(book.bids, bids, 5, at), sums(book.asks, asks, 5, at)]
        const [bid10, ask10] = [sums(book.bids, bids, 10, at), sums(book.asks, asks, 10, at)]
        into[from] = known ? ratio(bid5.old, ask5.old) : NaN
        into[from + 1] = known ? ratio(bid10.old, ask10.old) : NaN
        into[from + 2] = ratio(bid5.calm, ask5.calm)
        into[from + 3] = ratio(bid10.calm, ask10.calm)
        into[from + 4] = known ? bid10.young : NaN
        into[from + 5] = known ? ask10.young : NaN
      },
      why: (at) =>
        at - watchedSince >= age
          ? unavailable('Not known: no level near the touch is old enough, or the book is not known as far.')
          : warming(at, watchedSince, age, 'the book')
    }
  }
}
