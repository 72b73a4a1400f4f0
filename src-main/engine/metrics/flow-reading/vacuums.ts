import type { BandSums, Book } from '../../book/book'
import { Glances } from '../../book/glances'
import { RollingQuantile } from '../../math/rolling-quantile'
import { ticksOf, vacuumReach } from './reach'
import type { Sighting, Tell } from './sighting'

const history = 600
const least = 60
const sampleMs = 1_000
/** Emptied below this share of the median, back above that one. */
const empty = 0.35
const back = 0.6
/** Where the touch is most of the depth it often goes: it must be well below what it is in one second of twenty too. */
const unusual = 0.6
/** It must last: a sweep takes depth for a moment. */
const dwellMs = 400
/**
 * Bands by decade of bps. A band that a book keeps costs it something at each level for good, and the price is another after each gap: few are to be chosen
 * from, each a third wider than the one before at most.
 */
const decade = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const

interface SideState {
  readonly usual: RollingQuantile
  median: number
  low: number
  since: number
  told: boolean
}

/** Depth within 10 bps of the mid (or 10 steps of price) that suddenly goes, side by side. */
export class Vacuums {
  readonly #tell: Tell
  readonly #sums: BandSums = {
    bidLots: NaN,
    askLots: NaN,
    bidMoment: NaN,
    askMoment: NaN,
    bidInverse: NaN,
    askInverse: NaN
  }
  readonly #sides = [true, false].map((): SideState => ({
    usual: new RollingQuantile(history),
    median: NaN,
    low: NaN,
    since: NaN,
    told: false
  }))
  #sampledAt = NaN
  /** Lots of bids and asks in the band, of each message. */
  readonly #glances: Glances
  /** NaN before a mid is known. */
  #bandBps = NaN
  readonly #book: Book
  /** The venue's price step in ticks. */
  readonly #step: () => number

  constructor(tell: Tell, book: Book, step: () => number) {
    this.#tell = tell
    this.#book = book
    this.#step = step
    this.#glances = new Glances(2, (into) => {
      if (Number.isNaN(this.#bandBps)) this.#settle()
      if (Number.isNaN(this.#bandBps)) {
        into.fill(NaN)
        return
      }
      const { bidLots, askLots } = book.band(this.#bandBps, this.#sums)
      into[0] = bidLots
      into[1] = askLots
    })
    this.#settle()
  }

  /** The book stands as a message left it that `pass` or `look` is told later. */
  glance(): void {
    this.#glances.look()
  }

  /** A message that says nothing of a vacuum. */
  pass(): void {
    this.#glances.next()
  }

  /** After a message. */
  look(at: number): void {
    const seen = this.#glances.next()
    const due = !(at - this.#sampledAt < sampleMs)
    if (due) this.#sampledAt = at
    this.#side(at, true, seen[0]!, due)
    this.#side(at, false, seen[1]!, due)
  }

  forget(): void {
    for (const side of this.#sides) {
      side.usual.clear()
      side.median = side.low = side.since = NaN
      side.told = false
    }
    this.#bandBps = NaN
  }

  /** The band is chosen by the price at hand and kept until a gap: a coarse step makes it wider than 10 bps. */
  #settle(): void {
    const { bid, ask } = this.#book.touch
    const mid = (bid + ask) / 2
    if (!(mid > 0)) return
    this.#bandBps = bandOf((ticksOf(vacuumReach, mid, this.#step()) / mid) * 1e4)
    this.#book.keepBand(this.#bandBps)
  }

  #side(at: number, isBid: boolean, lots: number, due: boolean): void {
    const side = this.#sides[isBid ? 0 : 1]!
    const share = lots / side.median
    if (share < empty && lots < unusual * side.low) {
      if (Number.isNaN(side.since)) side.since = at
      if (!side.told && at - side.since >= dwellMs) {
        side.told = true
        this.#tell(at, sighted(isBid, share, side.usual.count, this.#bandBps))
      }
      return
    }
    side.since = NaN
    if (share > back) side.told = false
    if (!due || Number.isNaN(lots)) return
    side.usual.add(lots)
    side.median = side.usual.count >= least ? side.usual.quantile(0.5) : NaN
    side.low = side.usual.count >= least ? side.usual.quantile(0.05) : NaN
  }
}

/** The narrowest band in bps, of at least 1, that holds `bps`, which rounding may have made a little more. */
function bandOf(bps: number): number {
  const unit = 10 ** Math.floor(Math.log10(bps))
  return unit * (decade.find((it) => it * unit >= bps - 1e-6) ?? 10)
}

const sighted = (isBid: boolean, share: number, seconds: number, bandBps: number): Sighting => ({
  kind: 'vacuum',
  side: isBid ? 'bid' : 'ask',
  price: NaN,
  sign: isBid ? -1 : 1,
  confidence: Math.min(1, Math.max(0, 1 - share)),
  words: `The ${isBid ? 'bids' : 'asks'} within ${bandBps} bps have left: ${Math.round(share * 100)} % of the usual depth rests there.`,
  evidence: [
    { title: 'Depth of the median', value: share, unit: 'share' },
    { title: 'Seconds behind that median', value: seconds, unit: 'count' }
  ]
})
