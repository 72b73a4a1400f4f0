import type { Agenda } from './agenda'
import type { Chance } from './chance'
import { Ladder } from './ladder'
import { Levels } from './levels'
import type { Preset } from './preset'
import { valueOf } from './preset'
import type { Regimes } from './regimes'
import type { MarketSink } from './sink'

/** A parent order that is worked in pieces: its sign, and the pieces left. */
interface Parent {
  sign: 1 | -1
  left: number
}

/** A hidden reserve behind a display, in lots. */
export interface Iceberg {
  readonly show: number
  left: number
  traded: number
  refills: number
}

/** What episodes do to the makers' behaviour. Depths are factors. */
export interface Mood {
  bidDepth: number
  askDepth: number
  /** Makers hardly refill the touch. */
  isShy: boolean
  /** Fair value does not pull: the price is held. */
  isPinned: boolean
  /** Nothing happens. */
  isQuiet: boolean
}

/** Where a pit gets the clock, the times and its voice from. */
export interface PitSurroundings {
  readonly agenda: Agenda<Pit>
  readonly regimes: Regimes
  readonly sink: MarketSink
  /** Tells later venues of the same asset that quotes here have moved. */
  readonly relocated: (pit: Pit, sign: 1 | -1) => void
}

/** Ids go on counting when an instrument stops and starts again. */
export interface Counters {
  readonly change: number
  readonly trade: number
}

/** The state of one instrument's trading pit. What happens in it stands in makers, takers, moves, churn and execution. */
export class Pit {
  readonly preset: Preset
  readonly chance: Chance
  readonly around: PitSurroundings
  readonly ladder: Ladder
  /** Reference price in quote money; the scales below are taken at it. */
  readonly reference: number
  readonly ticksPerBp: number
  /** Base units of one lot, and its worth in quote money. */
  readonly baseOfLot: number
  readonly usdOfLot: number
  readonly mood: Mood = { bidDepth: 1, askDepth: 1, isShy: false, isPinned: false, isQuiet: false }
  /** Planted levels, by price: what stood there when it was planted. */
  readonly walls = new Map<number, number>()
  readonly icebergs = new Map<number, Iceberg>()
  readonly parents: Parent[]
  /** Fair value and anchor, in ticks. */
  fair: number
  anchor: number
  /** Relocation comes at this many h between fair value and anchor. */
  threshold = 1
  /** The direction of the move in progress; 0 when quotes stand. */
  moving: 1 | -1 | 0 = 0
  /** How hard fair value pulls at the quotes, in h, within +-2.5. */
  pull = 0
  /** Parts of fair value in bps: the venue's noise, the decaying impact of executions, an episode's shift. */
  noise = 0
  impact = 0
  shift = 0
  tradeId: number
  /** When the pit's own clock strikes next, and its eight rates per second. */
  nextAt = Infinity
  readonly rates = new Float64Array(8)
  readonly #quoted = { bid: 0, bidLots: 0, ask: 0, askLots: 0 }
  #sentId: number
  readonly #bids = new Levels()
  readonly #asks = new Levels()

  /** `seenLog` is the hidden log price as this venue sees it now. */
  constructor(
    preset: Preset,
    chance: Chance,
    around: PitSurroundings,
    reference: number,
    seenLog: number,
    from: Counters
  ) {
    const tick = valueOf(preset.tick)
    const mid = Math.round((reference * Math.exp(seenLog) * (1 + preset.basisBps / 1e4)) / tick)
    const isInverse = preset.kind === 'inverse'
    this.preset = preset
    this.chance = chance
    this.around = around
    this.reference = reference
    this.ladder = new Ladder(mid, preset.bits, from.change)
    this.ladder.bid = mid
    this.ladder.ask = mid + 1
    this.ticksPerBp = reference / tick / 1e4
    this.baseOfLot = isInverse ? preset.contract / reference : valueOf(preset.lot) * preset.contract
    this.usdOfLot = isInverse ? preset.contract : valueOf(preset.lot) * reference
    this.fair = mid + 0.5
    this.anchor = mid + 0.5
    this.tradeId = from.trade
    this.#sentId = from.change
    this.parents = Array.from({ length: preset.parents }, () => this.newParent())
  }

  get counters(): Counters {
    return { change: this.ladder.id, trade: this.tradeId }
  }

  /** Whole lots of so many base units, at least one. */
  lotsOf(base: number): number {
    return Math.max(1, Math.round(base / this.baseOfLot))
  }

  /** Whether something planted stands at the price, which makers leave alone. */
  isHeld(price: number): boolean {
    return this.walls.size + this.icebergs.size > 0 && (this.walls.has(price) || this.icebergs.has(price))
  }

  newParent(): Parent {
    const { parentLeast, parentExponent } = this.preset
    return { sign: this.chance.sign(), left: Math.ceil(this.chance.pareto(parentLeast, parentExponent)) }
  }

  /** Plans `act` in this pit, `ms` from now. */
  later(ms: number, act: () => void): void {
    const { agenda } = this.around
    agenda.plan(agenda.now + ms, this, act)
  }

  /** Says the touch, if its price or size is another than the last said. */
  quote(): void {
    const { ladder } = this
    const said = this.#quoted
    const bidLots = ladder.at(ladder.bid)
    const askLots = ladder.at(ladder.ask)
    if (
      said.bid === ladder.bid &&
      said.bidLots === bidLots &&
      said.ask === ladder.ask &&
      said.askLots === askLots
    )
      return
    said.bid = ladder.bid
    said.bidLots = bidLots
    said.ask = ladder.ask
    said.askLots = askLots
    const { sink, agenda } = this.around
    sink.quote(this.preset, agenda.clock, ladder.id, said.bid, bidLots, said.ask, askLots)
  }

  /** Sends what changed since the last diff, if anything did. */
  flush(): void {
    const { ladder } = this
    const { changedBids, changedAsks } = ladder
    if (changedBids.count + changedAsks.count === 0) return
    this.#bids.clear()
    this.#asks.clear()
    const bids = changedBids.sorted()
    // A price that was on one side and is now on the other is gone from the first.
    for (let i = bids.length - 1; i >= 0; i--)
      this.#bids.push(bids[i]!, bids[i]! <= ladder.bid ? ladder.at(bids[i]!) : 0)
    for (const price of changedAsks.sorted())
      this.#asks.push(price, price >= ladder.ask ? ladder.at(price) : 0)
    this.around.sink.diff(
      this.preset,
      this.around.agenda.clock,
      this.#sentId,
      ladder.id,
      this.#bids,
      this.#asks
    )
    this.settle()
  }

  /** What stands now counts as sent. */
  settle(): void {
    this.#sentId = this.ladder.id
    this.ladder.changedBids.clear()
    this.ladder.changedAsks.clear()
  }

  /** The whole book, `count` levels a side, in sequence: what was pending goes out before. */
  snapshot(count: number): void {
    this.flush()
    this.ladder.top(true, count, this.#bids)
    this.ladder.top(false, count, this.#asks)
    const { sink, agenda } = this.around
    sink.snapshot(this.preset, agenda.clock, this.ladder.id, this.#bids, this.#asks)
  }
}
