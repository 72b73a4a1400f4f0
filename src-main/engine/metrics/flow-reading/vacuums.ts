import type { BandSums, Book } from '../../book/book'
import { Glances } from '../../book/glances'
import { RollingQuantile } from '../../math/rolling-quantile'
import type { Sighting, Tell } from './sighting'

const bandBps = 10
const history = 600
const least = 60
const sampleMs = 1_000
/** Emptied below this share of the median, back above that one. */
const empty = 0.35
const back = 0.6
/** It must last: a sweep takes depth for a moment. */
const dwellMs = 400

interface SideState {
  readonly usual: RollingQuantile
  median: number
  since: number
  told: boolean
}

/** Depth within 10 bps of the mid that suddenly goes, side by side. */
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
    since: NaN,
    told: false
  }))
  #sampledAt = NaN
  /** Lots of bids and asks in the band, of each message. */
  readonly #glances: Glances

  constructor(tell: Tell, book: Book) {
    this.#tell = tell
    book.keepBand(bandBps)
    this.#glances = new Glances(2, (into) => {
      const { bidLots, askLots } = book.band(bandBps, this.#sums)
      into[0] = bidLots
      into[1] = askLots
    })
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
      side.median = side.since = NaN
      side.told = false
    }
  }

  #side(at: number, isBid: boolean, lots: number, due: boolean): void {
    const side = this.#sides[isBid ? 0 : 1]!
    const share = lots / side.median
    if (share < empty) {
      if (Number.isNaN(side.since)) side.since = at
      if (!side.told && at - side.since >= dwellMs) {
        side.told = true
        this.#tell(at, sighted(isBid, share, side.usual.count))
      }
      return
    }
    side.since = NaN
    if (share > back) side.told = false
    if (!due || Number.isNaN(lots)) return
    side.usual.add(lots)
    side.median = side.usual.count >= least ? side.usual.quantile(0.5) : NaN
  }
}

const sighted = (isBid: boolean, share: number, seconds: number): Sighting => ({
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
