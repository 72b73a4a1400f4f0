import { forecastSignals } from '../../../src-shared/forecast'
import type { Touch } from '../book/changes'
import { emptyTouch } from '../book/changes'
import { Fading } from './fading'

export const signalCount = forecastSignals.length

/** Depth beyond the touch at the moment of a forecast; NaN where it is not known. */
export interface Depth {
  levels5(): number
  band10(): number
}

/** Time constants of the fading sums, ms. */
const [instant, second, tens, minute] = [100, 1_000, 10_000, 60_000] as const

/**
 * One instrument's state between events, from which a row of signals is read at any moment. Prices in ticks, sizes in lots, times in ms. Nothing is
 * allocated per event.
 */
export class Signals {
  readonly #touch: Touch = emptyTouch()
  readonly #flow = [new Fading(instant), new Fading(second), new Fading(tens)] as const
  readonly #signed = [new Fading(second), new Fading(tens)] as const
  readonly #moves = [new Fading(second), new Fading(tens)] as const
  readonly #cancelled = { bid: new Fading(second), ask: new Fading(second) }
  readonly #executed = { bid: new Fading(second), ask: new Fading(second) }
  /** Sums of depth and of one a look: their ratio is the usual depth. */
  readonly #depth = new Fading(minute)
  readonly #looks = new Fading(minute)
  /** Sums of traded size and of trades: their ratio is the usual trade. */
  readonly #traded = new Fading(minute)
  readonly #trades = new Fading(minute)
  readonly #squares = { short: new Fading(second), long: new Fading(minute) }

  get touch(): Readonly<Touch> {
    return this.#touch
  }

  /** In half ticks; NaN while a side is empty. */
  get mid2(): number {
    return this.#touch.bid + this.#touch.ask
  }

  /** Best quotes as they now are. True when the mid moved. */
  onTouch(next: Readonly<Touch>, at: number): boolean {
    const before = this.#touch
    const known = !Number.isNaN(before.bid + before.ask)
    const moved = next.bid + next.ask - this.mid2
    if (known && !Number.isNaN(moved)) this.#compare(before, next, moved / 2, at)
    before.bid = next.bid
    before.ask = next.ask
    before.bidSize = next.bidSize
    before.askSize = next.askSize
    const depth = (next.bidSize + next.askSize) / 2
    if (depth > 0) {
      this.#depth.add(depth, at)
      this.#looks.add(1, at)
    }
    return known && moved !== 0 && !Number.isNaN(moved)
  }

  onTrade(size: number, aggressor: number, at: number): void {
    for (const sum of this.#signed) sum.add(aggressor * size, at)
    const side = aggressor > 0 ? this.#executed.ask : this.#executed.bid
    side.add(size, at)
    this.#traded.add(size, at)
    this.#trades.add(1, at)
  }

  /** Lots of the usual trade of the last minute; NaN before the first. */
  usualTrade(at: number): number {
    return this.#traded.at(at) / this.#trades.at(at)
  }

  /** Continuity was lost: what was summed over time is forgotten. */
  clear(): void {
    Object.assign(this.#touch, emptyTouch())
    const { short, long } = this.#squares
    const sums = [...this.#flow, ...this.#signed, ...this.#moves, short, long, this.#depth, this.#looks]
    sums.push(this.#traded, this.#trades)
    const sides = [this.#cancelled.bid, this.#cancelled.ask, this.#executed.bid, this.#executed.ask]
    for (const sum of [...sums, ...sides]) sum.clear()
  }

  /** The grid got finer. Ticks of moves and lots of flow are ratios' parts, so everything scales alike. */
  rescale(price: number, size: number): void {
    const touch = this.#touch
    touch.bid *= price
    touch.ask *= price
    touch.bidSize *= size
    touch.askSize *= size
    for (const sum of this.#moves) sum.value *= price
    this.#squares.short.value *= price * price
    this.#squares.long.value *= price * price
    const { bid, ask } = this.#cancelled
    const traded = [this.#executed.bid, this.#executed.ask, this.#traded]
    for (const sum of [...this.#flow, ...this.#signed, bid, ask, ...traded, this.#depth]) sum.value *= size
  }

  /** Writes a row of `signalCount` numbers, each within about -1 to 1; `lead` in ticks, NaN where no other venue is known. False, with nothing written, while the touch is not known. */
  read(at: number, beyond: Depth, lead: number, into: Float64Array): boolean {
    const { bidSize, askSize, bid, ask } = this.#touch
    const queue = (bidSize - askSize) / (bidSize + askSize)
    if (Number.isNaN(queue) || !(ask > bid)) return false
    const depth = this.#depth.at(at) / this.#looks.at(at)
    const usualMove = Math.sqrt(this.#squares.long.at(at) / (minute / second)) || 1
    const busy = Math.sqrt(this.#squares.short.at(at)) / usualMove
    const cancelled = this.#netCancelled('ask', at) - this.#netCancelled('bid', at)
    const cancels = this.#netCancelled('ask', at) + this.#netCancelled('bid', at)
    into[0] = queue
    into[1] = known(beyond.levels5())
    into[2] = known(beyond.band10())
    into[3] = queue ** 3
    into[4] = queue * (1 - 1 / (ask - bid))
    into[5] = queue * Math.tanh(busy / 2)
    into[6] = Math.tanh(this.#flow[0].at(at) / (3 * depth))
    into[7] = Math.tanh(this.#flow[1].at(at) / (10 * depth))
    into[8] = Math.tanh(this.#flow[2].at(at) / (40 * depth))
    into[9] = Math.tanh(this.#signed[0].at(at) / (4 * depth))
    into[10] = Math.tanh(this.#signed[1].at(at) / (20 * depth))
    into[11] = Math.tanh(this.#moves[0].at(at) / (2 * usualMove))
    into[12] = Math.tanh(this.#moves[1].at(at) / (6 * usualMove))
    into[13] = cancels > 0 ? cancelled / (cancels + depth) : 0
    into[14] = known(Math.tanh(lead / (2 * usualMove)))
    return true
  }

  /** What left a side of the touch and was not traded away, lots. */
  #netCancelled(side: 'bid' | 'ask', at: number): number {
    return Math.max(0, this.#cancelled[side].at(at) - this.#executed[side].at(at))
  }

  /** Order-flow imbalance of one change of the touch (Cont, Kukanov and Stoikov 2014), and what it says besides. */
  #compare(before: Readonly<Touch>, next: Readonly<Touch>, moved: number, at: number): void {
    const bid = (next.bid >= before.bid ? next.bidSize : 0) - (next.bid <= before.bid ? before.bidSize : 0)
    const ask = (next.ask <= before.ask ? next.askSize : 0) - (next.ask >= before.ask ? before.askSize : 0)
    for (const sum of this.#flow) sum.add(bid - ask, at)
    if (bid < 0) this.#cancelled.bid.add(-bid, at)
    if (ask < 0) this.#cancelled.ask.add(-ask, at)
    if (moved === 0) return
    for (const sum of this.#moves) sum.add(moved, at)
    this.#squares.short.add(moved * moved, at)
    this.#squares.long.add(moved * moved, at)
  }
}

const known = (value: number): number => (Number.isNaN(value) ? 0 : value)
