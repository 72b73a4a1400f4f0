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
    short: 'Imb',
    lead: 'Imbalance',
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
    const walks = { bid: freshWalk(), ask: freshWalk() }
    /** Once down the side: sums at 5 and at 10 levels. */
    const walk = (side: Side, ages: LevelAges, at: number, out: Walk): void => {
      let [old, calm, young, all, taken] = [0, 0, 0, 0, 0]
      out.old5 = out.calm5 = NaN
      const isWhole = Math.abs(side.known) === Infinity
      // Far enough down that young levels cannot hide all old ones, and never through a whole book.
      const end = Math.min(side.count, 40)
      for (let rank = 0; rank < end && (rank < 10 || taken < 10); rank++) {
        const size = side.size(rank)
        const known = ages.find(side.price(rank))
        const isYoung = at - ages.bornAt(known) < age
        if (rank < 10) {
          calm += size / (1 + ages.flicker(known, at))
          all += size
          if (isYoung) young += size
          if (rank === 4) out.calm5 = calm
        }
        if (isYoung || taken === 10) continue
        old += size
        if (++taken === 5) out.old5 = old
      }
      // A side known to its end counts what it has.
      if (isWhole && Number.isNaN(out.calm5)) out.calm5 = calm
      if (isWhole && Number.isNaN(out.old5)) out.old5 = old
      out.calm10 = isWhole || side.count >= 10 ? calm : NaN
      out.old10 = isWhole || taken === 10 ? old : NaN
      out.young = young / all
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
        const { bid, ask } = walks
        walk(book.bids, bids, at, bid)
        walk(book.asks, asks, at, ask)
        into[from] = known ? ratio(bid.old5, ask.old5) : NaN
        into[from + 1] = known ? ratio(bid.old10, ask.old10) : NaN
        into[from + 2] = ratio(bid.calm5, ask.calm5)
        into[from + 3] = ratio(bid.calm10, ask.calm10)
        into[from + 4] = known ? bid.young : NaN
        into[from + 5] = known ? ask.young : NaN
      },
      why: (at) =>
        at - watchedSince >= age
          ? unavailable('Not known: no level near the touch is old enough, or the book is not known as far.')
          : warming(at, watchedSince, age, 'the book')
    }
  }
}

/** Sizes of one side, lots; `young` a share. */
interface Walk {
  old5: number
  old10: number
  calm5: number
  calm10: number
  young: number
}
const freshWalk = (): Walk => ({ old5: NaN, old10: NaN, calm5: NaN, calm10: NaN, young: NaN })
