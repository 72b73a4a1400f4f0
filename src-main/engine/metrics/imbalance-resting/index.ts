import type { BandSums } from '../../book/book'
import type { Metric } from '../metric'
import { unavailable, warming } from '../warming'
import { LevelAges } from './level-ages'
import { bands, depths, RestingSide } from './resting-side'

const range = [-1, 1] as const
const parts = [
  ...depths.map((n) => ({ old: `l${n}`, calm: `calm${n}`, title: n === 1 ? 'Touch' : `${n} levels` })),
  ...bands.map((bps) => ({ old: `bps${bps}`, calm: `calmBps${bps}`, title: `Within ${bps} bps` }))
]

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
      ...parts.map(({ old, title }) => ({
        id: old,
        title: `${title}, old enough`,
        unit: 'ratio' as const,
        range
      })),
      ...parts.map(({ calm, title }) => ({
        id: calm,
        title: `${title}, less flicker`,
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
      'Imbalance (B − A) / (B + A) of the best level, 5 and 10 levels, or of everything within 5 and 10 bps of the mid, that has stood for at least the least age: of the best levels younger ones are ' +
      'left out and the next ones counted, of a band they are left out. Bands are looked through once a second. ' +
      'Less flicker: each size counts 1 / (1 + f), f being how often the level at that price came back after it had gone, forgotten exponentially. Young share: what of ' +
      'the size in the best 10 levels is too young. Needs the book; levels already there at the start count as old. Source: an age filter against ' +
      'flickering and layered orders; Cartea, Jaimungal & Wang 2020, "Spoofing and price manipulation in order driven markets".'
  },
  start(scope, { age = NaN, memory = NaN }) {
    const { book } = scope
    const bids = new LevelAges(memory)
    const asks = new LevelAges(memory)
    let watchedSince = NaN
    /** When the bands were looked through, and whether the book had been watched for the least age by then. */
    const looked = { second: NaN, known: false }
    const [bid, ask] = [new RestingSide(bids), new RestingSide(asks)]
    const sums = { bidLots: NaN, askLots: NaN } as BandSums
    for (const bps of bands) book.keepBand(bps)
    /** A band that the book does not reach to its end is not known, however much of it is. */
    const isReached = (place: number): boolean => {
      if (place < depths.length) return true
      book.band(bands[place - depths.length]!, sums)
      return !Number.isNaN(sums.bidLots + sums.askLots)
    }
    const look = (at: number, known: boolean): void => {
      const second = Math.floor(at / 1_000)
      if (second === looked.second) return
      looked.second = second
      looked.known = known
      const mid = (book.touch.bid + book.touch.ask) / 2
      bid.walkBands(book.bids, mid, at, age)
      ask.walkBands(book.asks, mid, at, age)
    }
    return {
      onBook(changes, at) {
        if (Number.isNaN(watchedSince)) watchedSince = at
        if (changes.isSnapshot) {
          looked.second = NaN
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
        looked.known = false
        watchedSince = looked.second = NaN
        bids.forget()
        asks.forget()
      },
      onRescale(priceFactor) {
        bids.rescale(priceFactor)
        asks.rescale(priceFactor)
      },
      sample(at, into, from) {
        const known = at - watchedSince >= age
        bid.walk(book.bids, at, age)
        ask.walk(book.asks, at, age)
        look(at, known)
        for (let place = 0; place < parts.length; place++) {
          const isThere = isReached(place)
          const isOld = place < depths.length ? known : looked.known
          into[from + place] = isOld && isThere ? ratio(bid.old[place]!, ask.old[place]!) : NaN
          into[from + parts.length + place] = isThere ? ratio(bid.calm[place]!, ask.calm[place]!) : NaN
        }
        into[from + 2 * parts.length] = known ? bid.young : NaN
        into[from + 2 * parts.length + 1] = known ? ask.young : NaN
      },
      why(at, field) {
        const isBand = field < parts.length && field >= depths.length
        // They are looked through within a second after the book was watched for long enough.
        if (isBand && !looked.known) return warming(at, watchedSince, age + 1_000, 'the book')
        return at - watchedSince >= age
          ? unavailable('Not known: no level near the touch is old enough, or the book is not known as far.')
          : warming(at, watchedSince, age, 'the book')
      }
    }
  }
}
