import { binanceSpot } from '../../src-main/engine/venues/binance-spot/index'
import type { Stream } from './stream'

/** Counts of real spot BTCUSDT: 22 level changes at the median, 386 at the 99th percentile, 1,076 at most. */
const medianChanges = 22
const spreadOfChanges = 1.15
const mostChanges = 1_076
/** Its long messages come in bursts: the logarithm of a count is correlated by so much with the one before (0.69 there), and while many come the mid runs. */
const memory = 0.7
const muchActivity = 1.5
const burstTicks = 40

/** A book around 60,000.00 of `levels` a side, and diffs in the spot dialect: few changes mostly, hundreds in bursts, most near the touch. */
export function generatedStream(name: string, levels: number, messages: number): Stream {
  const market = new Market(levels)
  const snapshot = Buffer.from(market.snapshot())
  const diffs = Array.from({ length: messages }, () => Buffer.from(market.diff()))
  return { name, venue: binanceSpot, symbol: 'BTCUSDT', snapshot, diffs }
}

class Market {
  readonly #random = chance(20_260_101)
  readonly #levels: number
  #mid = 6_000_000
  #id = 1_000
  /** Standard deviations from the usual. */
  #activity = 0
  /** Price to lots; what the venue's book holds. */
  readonly #bids = new Map<number, number>()
  readonly #asks = new Map<number, number>()

  constructor(levels: number) {
    this.#levels = levels
    while (this.#bids.size < levels) this.#bids.set(this.#mid - this.#depth(), this.#lots())
    while (this.#asks.size < levels) this.#asks.set(this.#mid + this.#depth(), this.#lots())
  }

  snapshot(): string {
    const bids = [...this.#bids].sort(([one], [other]) => other - one)
    const asks = [...this.#asks].sort(([one], [other]) => one - other)
    return `{"lastUpdateId":${this.#id},"bids":${text(bids)},"asks":${text(asks)}}`
  }

  diff(): string {
    this.#activity = memory * this.#activity + Math.sqrt(1 - memory ** 2) * this.#normal()
    const changes = Math.min(
      mostChanges,
      Math.round(medianChanges * Math.exp(spreadOfChanges * this.#activity))
    )
    const first = this.#id + 1
    this.#id += Math.max(1, changes)
    // The mid walks by a few ticks, in bursts by more, seldom by many.
    const ticks = this.#activity > muchActivity ? burstTicks : 5
    this.#mid += Math.round(this.#normal() * (this.#random() < 0.05 ? 300 : ticks))
    const bids = this.#changed(this.#bids, -1, changes >> 1)
    const asks = this.#changed(this.#asks, 1, changes - (changes >> 1))
    bids.sort(([one], [other]) => other - one)
    asks.sort(([one], [other]) => one - other)
    const at = 1_700_000_000_000 + this.#id
    return (
      `{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":${at},"s":"BTCUSDT",` +
      `"U":${first},"u":${this.#id},"b":${text(bids)},"a":${text(asks)}}}`
    )
  }

  #changed(side: Map<number, number>, sign: 1 | -1, count: number): [number, number][] {
    const changed = new Map<number, number>()
    for (const price of side.keys()) if (sign * (price - this.#mid) <= 0) changed.set(price, 0)
    const standing = [...side.keys()]
    for (let n = 0; n < count; n++) {
      // A full book cancels, a thin one adds; half the time a size changes only.
      const kind = this.#random()
      if (kind < 0.5) changed.set(standing[Math.floor(this.#random() * standing.length)]!, this.#lots())
      else if (side.size + n / 2 > this.#levels && kind < 0.85)
        changed.set(standing[Math.floor(this.#random() ** 3 * standing.length)]!, 0)
      else changed.set(this.#mid + sign * this.#depth(), this.#lots())
    }
    for (const [price, lots] of changed) {
      const isOverrun = sign * (price - this.#mid) <= 0
      if (isOverrun) changed.set(price, 0)
      if (lots === 0 || isOverrun) side.delete(price)
      else side.set(price, lots)
    }
    return [...changed]
  }

  /** Ticks from the mid: dense near it, with a long tail. */
  #depth(): number {
    return 1 + Math.floor(this.#random() ** 4 * this.#levels * 100)
  }

  #lots(): number {
    return 1 + Math.floor(this.#random() ** 6 * 500_000)
  }

  /** Box and Muller's. */
  #normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.#random())) * Math.cos(2 * Math.PI * this.#random())
  }
}

const text = (levels: readonly (readonly [number, number])[]): string =>
  `[${levels.map(([price, lots]) => `["${(price / 100).toFixed(8)}","${(lots / 1e5).toFixed(8)}"]`).join(',')}]`

/** mulberry32: the same stream on every machine. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
