import type { Levels } from './levels'
import type { Preset } from './preset'

/** What a perpetual says of itself once a second. */
export interface Mark {
  readonly mark: number
  readonly index: number
  /** A fraction: 0.0001 is one bp per interval. */
  readonly funding: number
  readonly openInterestLots: number
}

/**
 * Where the market says what happens. Times are whole virtual milliseconds, prices ticks, sizes lots; `sign` is +1 where the
 * buyer was the aggressor. `Levels` are read during the call and not kept.
 */
export interface MarketSink {
  trade(of: Preset, at: number, id: number, price: number, lots: number, sign: 1 | -1): void
  quote(of: Preset, at: number, id: number, bid: number, bidLots: number, ask: number, askLots: number): void
  /** The changes `prev + 1` to `last`, best first, absolute sizes, 0 removes. */
  diff(of: Preset, at: number, prev: number, last: number, bids: Levels, asks: Levels): void
  snapshot(of: Preset, at: number, id: number, bids: Levels, asks: Levels): void
  mark(of: Preset, at: number, mark: Mark): void
  liquidation(of: Preset, at: number, price: number, lots: number, sign: 1 | -1): void
  heartbeat(at: number): void
}
