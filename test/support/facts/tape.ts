import { Chance } from '../../../src-main/engine/market/chance'
import type { Levels } from '../../../src-main/engine/market/levels'
import type { Preset } from '../../../src-main/engine/market/preset'
import { presets } from '../../../src-main/engine/market/presets'
import type { Regime } from '../../../src-main/engine/market/regimes'
import type { MarketSink } from '../../../src-main/engine/market/sink'
import type { Truth } from '../../../src-main/engine/market/truth'
import { World } from '../../../src-main/engine/market/world'
import { millis } from '../../../src-shared/units'

export const BEGINNING = 1_800_000_000_000
const WARM_UP_MS = 20_000

export interface Quote {
  readonly at: number
  readonly bid: number
  readonly bidLots: number
  readonly ask: number
  readonly askLots: number
}
export interface Trade {
  readonly at: number
  readonly price: number
  readonly lots: number
  readonly sign: 1 | -1
}
/** Changed levels: prices and sizes of both sides. */
export interface Diff {
  readonly at: number
  readonly bids: Columns
  readonly asks: Columns
}
export interface Columns {
  readonly prices: Int32Array
  readonly lots: Int32Array
}

/** What one instrument did: times in ms, prices in ticks, sizes in lots. The book stands as at the tape's beginning. */
export interface Tape {
  readonly preset: Preset
  /** Quote money of one lot at a price in ticks. */
  readonly notional: (lots: number, price: number) => number
  readonly book: { bids: Columns; asks: Columns }
  readonly quotes: Quote[]
  readonly trades: Trade[]
  readonly diffs: Diff[]
}

export interface TapeOptions {
  readonly seed: number
  readonly seconds: number
  readonly symbols: readonly string[]
  readonly regime?: Regime | undefined
}

/** Runs the market without its text and keeps everything after a warm-up of 20 s. No episodes. */
export function record({ seed, seconds, symbols, regime }: TapeOptions): Map<string, Tape> {
  const sink = new Recorder()
  const world = new World({ seed, at: millis(BEGINNING), regime, sink })
  const pits = presets.filter((it) => symbols.includes(it.symbol)).map((it) => world.start(it))
  world.run(BEGINNING + WARM_UP_MS)
  for (const pit of pits) pit.snapshot(1e6)
  world.run(BEGINNING + WARM_UP_MS + seconds * 1000)
  return sink.tapes
}

/** A shuffled copy, the same for the same seed. */
export function shuffled(xs: readonly number[], seed: number): number[] {
  const chance = new Chance(seed, 'shuffle')
  return xs
    .map((x) => [chance.next(), x] as const)
    .sort(([a], [b]) => a - b)
    .map(([, x]) => x)
}

/** Collects what is said of each instrument from its snapshot on, and the truth from the beginning. */
export class Recorder implements MarketSink {
  readonly tapes = new Map<string, Tape>()
  readonly truth: Truth[] = []

  trade(of: Preset, at: number, _id: number, price: number, lots: number, sign: 1 | -1): void {
    this.tapes.get(of.symbol)?.trades.push({ at, price, lots, sign })
  }
  quote(
    of: Preset,
    at: number,
    _id: number,
    bid: number,
    bidLots: number,
    ask: number,
    askLots: number
  ): void {
    this.tapes.get(of.symbol)?.quotes.push({ at, bid, bidLots, ask, askLots })
  }
  diff(of: Preset, at: number, _prev: number, _last: number, bids: Levels, asks: Levels): void {
    this.tapes.get(of.symbol)?.diffs.push({ at, bids: columns(bids), asks: columns(asks) })
  }
  snapshot(of: Preset, _at: number, _id: number, bids: Levels, asks: Levels): void {
    this.tapes.set(of.symbol, {
      preset: of,
      notional: notionalOf(of),
      book: { bids: columns(bids), asks: columns(asks) },
      quotes: [],
      trades: [],
      diffs: []
    })
  }
  mark(): void {
    // Derived from mids and hidden prices: no fact of the tape.
  }
  liquidation(): void {
    // Printed as trades as well.
  }
  heartbeat(): void {
    // Says nothing about the market.
  }
}

function columns({ prices, lots, count }: Levels): Columns {
  return { prices: prices.slice(0, count), lots: lots.slice(0, count) }
}

/** Quote money of lots of an instrument at a price in ticks. */
export function notionalOf(of: Preset): (lots: number, price: number) => number {
  if (of.kind === 'inverse') return (lots) => lots * of.contract
  const worth = 10 ** -(of.tick.decimals + of.lot.decimals) * of.contract
  return (lots, price) => lots * price * worth
}
