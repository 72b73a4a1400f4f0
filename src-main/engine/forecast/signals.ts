import { forecastSignals } from '../../../src-shared/forecast'
import type { Touch } from '../book/changes'
import { emptyTouch } from '../book/changes'
import { Fadings } from './fading'

export const signalCount = forecastSignals.length

/** Depth beyond the touch at the moment of a forecast; NaN where it is not known. */
export interface Depth {
  levels5(): number
  band10(): number
}

/** Time constants of the fading sums, ms. */
const [instant, second, tens, minute] = [100, 1_000, 10_000, 60_000] as const
const groups = [
  [instant, 1],
  [second, 8],
  [tens, 3],
  [minute, 5]
] as const
/** Places of the sums, by time constant: flow at the touch, signed trades, moves of the mid and their squares, what left and what was executed a side. */
const [flow01, flow1, signed1, moves1, cancelledBid, cancelledAsk] = [0, 1, 2, 3, 4, 5] as const
const [executedBid, executedAsk, squares1, flow10, signed10, moves10] = [6, 7, 8, 9, 10, 11] as const
/** Sums of depth and of one a look, whose ratio is the usual depth; likewise of traded size and of trades; and the squares of moves. */
const [depthSum, looks, tradedSum, tradeCount, squares60] = [12, 13, 14, 15, 16] as const
const inLots = [
  flow01,
  flow1,
  flow10,
  signed1,
  signed10,
  cancelledBid,
  cancelledAsk,
  executedBid,
  executedAsk
]

/**
 * One instrument's state between events, from which a row of signals is read at any moment. Prices in ticks, sizes in lots, times in ms. Nothing is
 * allocated per event.
 */
export class Signals {
  readonly #touch: Touch = emptyTouch()
  readonly #sums = new Fadings(groups)

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
    this.#sums.pass(at)
    const moved = next.bid + next.ask - this.mid2
    if (known && !Number.isNaN(moved)) this.#compare(before, next, moved / 2)
    before.bid = next.bid
    before.ask = next.ask
    before.bidSize = next.bidSize
    before.askSize = next.askSize
    const depth = (next.bidSize + next.askSize) / 2
    if (depth > 0) {
      this.#sums.add(depthSum, depth)
      this.#sums.add(looks, 1)
    }
    return known && moved !== 0 && !Number.isNaN(moved)
  }

  onTrade(size: number, aggressor: number, at: number): void {
    const sums = this.#sums
    sums.pass(at)
    sums.add(signed1, aggressor * size)
    sums.add(signed10, aggressor * size)
    sums.add(aggressor > 0 ? executedAsk : executedBid, size)
    sums.add(tradedSum, size)
    sums.add(tradeCount, 1)
  }

  /** Lots of the usual trade of the last minute; NaN before the first. */
  get usualTrade(): number {
    return this.#sums.value(tradedSum) / this.#sums.value(tradeCount)
  }

  /** Continuity was lost: what was summed over time is forgotten. */
  clear(): void {
    Object.assign(this.#touch, emptyTouch())
    this.#sums.clear()
  }

  /** The grid got finer. Ticks of moves and lots of flow are ratios' parts, so everything scales alike. */
  rescale(price: number, size: number): void {
    const touch = this.#touch
    touch.bid *= price
    touch.ask *= price
    touch.bidSize *= size
    touch.askSize *= size
    for (const sum of [moves1, moves10]) this.#sums.scale(sum, price)
    for (const sum of [squares1, squares60]) this.#sums.scale(sum, price * price)
    for (const sum of [...inLots, depthSum, tradedSum]) this.#sums.scale(sum, size)
  }

  /** Writes a row of `signalCount` numbers, each within about -1 to 1; `lead` in ticks, NaN where no other venue is known. False, with nothing written, while the touch is not known. */
  read(at: number, beyond: Depth, lead: number, into: Float64Array): boolean {
    const { bidSize, askSize, bid, ask } = this.#touch
    const queue = (bidSize - askSize) / (bidSize + askSize)
    if (Number.isNaN(queue) || !(ask > bid)) return false
    const sums = this.#sums
    sums.pass(at)
    const depth = sums.value(depthSum) / sums.value(looks)
    const usualMove = Math.sqrt(sums.value(squares60) / (minute / second)) || 1
    const busy = Math.sqrt(sums.value(squares1)) / usualMove
    const cancelled =
      this.#netCancelled(cancelledAsk, executedAsk) - this.#netCancelled(cancelledBid, executedBid)
    const cancels =
      this.#netCancelled(cancelledAsk, executedAsk) + this.#netCancelled(cancelledBid, executedBid)
    into[0] = queue
    into[1] = known(beyond.levels5())
    into[2] = known(beyond.band10())
    into[3] = queue ** 3
    into[4] = queue * (1 - 1 / (ask - bid))
    into[5] = queue * Math.tanh(busy / 2)
    into[6] = Math.tanh(sums.value(flow01) / (3 * depth))
    into[7] = Math.tanh(sums.value(flow1) / (10 * depth))
    into[8] = Math.tanh(sums.value(flow10) / (40 * depth))
    into[9] = Math.tanh(sums.value(signed1) / (4 * depth))
    into[10] = Math.tanh(sums.value(signed10) / (20 * depth))
    into[11] = Math.tanh(sums.value(moves1) / (2 * usualMove))
    into[12] = Math.tanh(sums.value(moves10) / (6 * usualMove))
    into[13] = cancels > 0 ? cancelled / (cancels + depth) : 0
    into[14] = known(Math.tanh(lead / (2 * usualMove)))
    return true
  }

  /** What left a side of the touch and was not traded away, lots. */
  #netCancelled(cancelled: number, executed: number): number {
    return Math.max(0, this.#sums.value(cancelled) - this.#sums.value(executed))
  }

  /** Order-flow imbalance of one change of the touch (Cont, Kukanov and Stoikov 2014), and what it says besides. */
  #compare(before: Readonly<Touch>, next: Readonly<Touch>, moved: number): void {
    const bid = (next.bid >= before.bid ? next.bidSize : 0) - (next.bid <= before.bid ? before.bidSize : 0)
    const ask = (next.ask <= before.ask ? next.askSize : 0) - (next.ask >= before.ask ? before.askSize : 0)
    const sums = this.#sums
    sums.add(flow01, bid - ask)
    sums.add(flow1, bid - ask)
    sums.add(flow10, bid - ask)
    if (bid < 0) sums.add(cancelledBid, -bid)
    if (ask < 0) sums.add(cancelledAsk, -ask)
    if (moved === 0) return
    sums.add(moves1, moved)
    sums.add(moves10, moved)
    sums.add(squares1, moved * moved)
    sums.add(squares60, moved * moved)
  }
}

const known = (value: number): number => (Number.isNaN(value) ? 0 : value)
