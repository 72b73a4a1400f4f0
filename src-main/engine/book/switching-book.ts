import { Levels } from './changes'
import { LadderSide } from './ladder-side'
import { type LevelSide, nobody } from './level-side'
import { mostLevels, SidedBook } from './sided-book'
import { SortedSide } from './sorted-side'

/** How much an instrument is looked at: `focus` a window shows its levels, `near` it is among the first few that somebody wants, `far` the rest. */
export type Attention = 'focus' | 'near' | 'far'

/** Levels a side whose spread tells how dense prices are. */
const probed = 200
/** Ticks a level up to which prices count as dense. */
const denseTicks = 4
/** Ticks a level beyond which not even a book in focus gains by slots: most of its levels would lie beyond them. */
const sparseTicks = 200

/** A book that is a ladder stays one to this many times the limit, so that it does not change to and fro. */
const inertia = 2

/** The book of every watched instrument: a ladder while that pays, else sorted arrays. Who holds it sees the same book before and after a change. */
export class SwitchingBook extends SidedBook {
  readonly #most: number
  readonly #slots: number | undefined
  #attention: Attention = 'far'
  #isLadder = false

  constructor(most = mostLevels, slots?: number) {
    super(new SortedSide(1, most), new SortedSide(-1, most))
    this.#most = most
    this.#slots = slots
  }

  get isLadder(): boolean {
    return this.#isLadder
  }

  attend(attention: Attention): void {
    this.#attention = attention
    this.choose()
  }

  /** Looks at the attention and the density anew. Between two commits; cheap, but not for every message. */
  choose(): void {
    const limit = { focus: sparseTicks, near: denseTicks, far: -1 }[this.#attention]
    const wants = this.#ticksALevel() <= (this.#isLadder ? limit * inertia : limit)
    if (wants === this.#isLadder) return
    this.#isLadder = wants
    this.moveTo(this.#moved(this.bids), this.#moved(this.asks))
  }

  /** Of the sparser side, over its best levels; Infinity for a side too thin to tell. */
  #ticksALevel(): number {
    let most = 0
    for (const side of [this.bids, this.asks]) {
      const last = Math.min(probed, side.count) - 1
      if (last < 1) return Infinity
      most = Math.max(most, Math.abs(side.price(0) - side.price(last)) / last)
    }
    return most
  }

  #moved(from: LevelSide): LevelSide {
    const to = this.#isLadder
      ? new LadderSide(from.sign, this.#most, this.#slots)
      : new SortedSide(from.sign, this.#most)
    const levels = new Levels(Math.max(1, from.count))
    for (let rank = 0; rank < from.count; rank++) levels.push(from.price(rank), from.size(rank))
    to.load(levels, true, nobody)
    to.know(from.known)
    return to
  }
}
