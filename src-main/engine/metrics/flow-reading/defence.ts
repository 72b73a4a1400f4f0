import { beyond } from '../../math/beyond'
import type { Levels } from '../../book/changes'
import type { Scales } from './scales'
import { flowMs } from './scales'
import type { BaseOf, Sighting, Tell } from './sighting'
import { sideName } from './sighting'

/** A touch that only steps back for a moment is the same. */
const awayMs = 3_000
/** What was executed counts 1/e after this. */
const memoryMs = flowMs
const leastRefills = 2
/** So many times as much must have been executed as was shown at once: orders in sight cannot account for it. */
const hiddenTimes = 2.5
/** And more than a large addition (P99) by this factor. */
const reserveTimes = 2
/** What was shown counts 1/e after this: the queue of before a reserve was put behind a small display says nothing of it. */
const shownMs = 5_000
/** Executed at one price within the memory, over what one side takes in that time when it is lively. */
const absorbedTimes = 1.25
const oneSided = 0.65

/** What happens at the best price of one side while it holds. */
export class Defence {
  readonly #isBid: boolean
  readonly #scales: Scales
  readonly #tell: Tell
  #price = NaN
  #awaySince = NaN
  #at = NaN
  /** Lots executed at the price lately, and what took the other way meanwhile. */
  #executed = 0
  #against = 0
  /** The most that rested there lately, as of `#shownAt`. */
  #shown = 0
  #shownAt = NaN
  #size = 0
  /** What rests at the price now. */
  #now = 0
  /** Executed since the last message of the book. */
  #fresh = 0
  #refills = 0
  #refilled = 0
  #told = 0

  constructor(isBid: boolean, scales: Scales, tell: Tell) {
    this.#isBid = isBid
    this.#scales = scales
    this.#tell = tell
  }

  /** A trade that hit this side. */
  hit(at: number, price: number, lots: number): void {
    if (price !== this.#price) return
    this.#decay(at)
    this.#executed += lots
    this.#fresh += lots
  }

  /** A trade that hit the other side. */
  other(at: number, lots: number): void {
    this.#decay(at)
    this.#against += lots
  }

  /** The price that is followed; NaN before one. Changes of other levels need not be told. */
  get price(): number {
    return this.#price
  }

  /** A level of a message: what rests there now. */
  changed(price: number, lots: number): void {
    if (price === this.#price) this.#now = lots
  }

  /** A message that is not looked at: what rests there is known all the same. */
  see({ count, price, size }: Levels, isSnapshot: boolean): void {
    if (isSnapshot) this.#now = 0
    for (let row = 0; row < count; row++) this.changed(price[row]!, size[row]!)
  }

  /** After a message, all levels of which were told, that left `touch` the best price of the side and `touchSize` there. */
  look(at: number, touch: number, touchSize: number, base: BaseOf): void {
    this.#follow(at, touch)
    if (touch === this.#price) this.#now = touchSize
    const size = this.#now
    const faded = at > this.#shownAt ? this.#shown * Math.exp((this.#shownAt - at) / shownMs) : this.#shown
    this.#shown = Math.max(faded, size)
    this.#shownAt = at
    if (this.#fresh > 0) {
      const refilled = size - this.#size + this.#fresh
      if (refilled >= this.#fresh / 2 && size > 0) {
        this.#refills++
        this.#refilled += Math.min(refilled, this.#fresh)
      }
      this.#fresh = 0
    }
    this.#size = size
    if (size === 0) return
    this.#decay(at)
    if ((this.#told & 1) === 0 && this.#isIceberg(base)) this.#see(1, at, this.#iceberg(base))
    if ((this.#told & 2) === 0 && this.#isAbsorbing(base)) this.#see(2, at, this.#absorption(base))
  }

  forget(): void {
    this.#start(NaN)
  }

  #follow(at: number, touch: number): void {
    if (touch === this.#price) {
      this.#awaySince = NaN
      return
    }
    const isThrough = this.#isBid ? touch < this.#price : touch > this.#price
    if (Number.isNaN(this.#awaySince)) this.#awaySince = at
    if (Number.isNaN(this.#price) || isThrough || at - this.#awaySince > awayMs) this.#start(touch)
  }

  #start(price: number): void {
    this.#price = price
    this.#awaySince = NaN
    this.#executed = this.#against = this.#shown = this.#size = this.#now = this.#fresh = 0
    this.#refills = this.#refilled = this.#told = 0
  }

  #decay(at: number): void {
    if (at > this.#at) {
      const keep = Math.exp((this.#at - at) / memoryMs)
      this.#executed *= keep
      this.#against *= keep
    }
    this.#at = at
  }

  #isIceberg(base: BaseOf): boolean {
    return (
      this.#refills >= leastRefills &&
      this.#executed >= hiddenTimes * this.#shown &&
      base(this.#executed) >= reserveTimes * this.#scales.layer
    )
  }

  #isAbsorbing(base: BaseOf): boolean {
    const isHeavy = base(this.#executed) >= absorbedTimes * this.#scales.flow
    return isHeavy && this.#executed >= oneSided * (this.#executed + this.#against)
  }

  #see(bit: number, at: number, sighting: Sighting): void {
    this.#told |= bit
    this.#tell(at, sighting)
  }

  #iceberg(base: BaseOf): Sighting {
    return {
      kind: 'iceberg',
      side: sideName(this.#isBid),
      price: this.#price,
      sign: this.#isBid ? 1 : -1,
      confidence: Math.min(
        beyond(base(this.#executed), reserveTimes * this.#scales.layer),
        beyond(this.#executed, hiddenTimes * this.#shown)
      ),
      words: `Far more trades at the best ${sideName(this.#isBid)} than is shown there at once, and it is refilled.`,
      evidence: [
        { title: 'Executed there lately', value: base(this.#executed), unit: 'base' },
        { title: 'Most shown lately', value: base(this.#shown), unit: 'base' },
        { title: 'Refilled', value: base(this.#refilled), unit: 'base' },
        { title: 'P99 of additions', value: this.#scales.layer, unit: 'base' },
        { title: 'Refills', value: this.#refills, unit: 'count' }
      ]
    }
  }

  #absorption(base: BaseOf): Sighting {
    const { flow } = this.#scales
    return {
      kind: 'absorption',
      side: sideName(this.#isBid),
      price: this.#price,
      sign: this.#isBid ? 1 : -1,
      confidence: beyond(base(this.#executed), absorbedTimes * flow),
      words: `Heavy ${this.#isBid ? 'selling' : 'buying'} meets one price, and it holds.`,
      evidence: [
        { title: 'Executed there lately', value: base(this.#executed), unit: 'base' },
        { title: 'P90 of one side in 10 s', value: flow, unit: 'base' },
        {
          title: 'Share of all trades',
          value: this.#executed / (this.#executed + this.#against),
          unit: 'share'
        }
      ]
    }
  }
}
