import type { Chance } from '../chance'
import type { Pit } from '../pit'
import type { BookSide, EpisodeFacts, EpisodeKind } from '../truth'
import type { World } from '../world'

/** What a planted episode may be told; the rest is drawn. Which of them matter depends on the kind. */
export interface EpisodeWish {
  readonly side?: BookSide | 'both'
  readonly sign?: 1 | -1
  /** Distance from the touch, size of a move, or of a dislocation, in bps. */
  readonly bps?: number
  /** Size in usual touches. */
  readonly touches?: number
  readonly seconds?: number
  readonly shy?: boolean
  readonly cycles?: number
  readonly layers?: number
  readonly refills?: number
  /** Opposing orders a second. */
  readonly flow?: number
  readonly orders?: number
  /** A spoof that shows every round at the prices of its first, a second long and a second apart: it flickers. */
  readonly steady?: boolean
}

/** One episode on one instrument: what its plot may touch, and its two announcements. */
export class Stage {
  readonly id: number
  readonly kind: EpisodeKind
  readonly pit: Pit
  readonly chance: Chance
  readonly world: World
  readonly #ended: () => void
  readonly #startedAt
  #facts: EpisodeFacts = {}
  #isOver = false

  constructor(id: number, kind: EpisodeKind, pit: Pit, chance: Chance, world: World, ended: () => void) {
    this.id = id
    this.kind = kind
    this.pit = pit
    this.chance = chance
    this.world = world
    this.#ended = ended
    this.#startedAt = world.clock
  }

  get now(): number {
    return this.world.agenda.now
  }

  /** Lots of a usual touch, which sizes are told in. */
  get touchLots(): number {
    return this.pit.preset.touchMean / this.pit.baseOfLot
  }

  isBid(wish: EpisodeWish): boolean {
    return (wish.side ?? (this.chance.coin() ? 'bid' : 'ask')) === 'bid'
  }

  begin(facts: EpisodeFacts): void {
    this.#facts = facts
    const { id, kind, world } = this
    const instrument = this.pit.preset.symbol
    world.tell({ type: 'episode', at: world.clock, phase: 'start', id, kind, instrument, ...facts })
  }

  end(seen: EpisodeFacts = {}): void {
    if (this.#isOver) return
    this.#isOver = true
    const { id, kind, world } = this
    const told = { id, kind, instrument: this.pit.preset.symbol, start: this.#startedAt }
    world.tell({ type: 'episode', at: world.clock, phase: 'end', ...told, ...this.#facts, ...seen })
    this.#ended()
  }

  wait(ms: number, act: () => void): void {
    this.pit.later(ms, act)
  }

  /** Adds size to a level, unless it would cross the book. */
  put(price: number, lots: number, isBid: boolean): void {
    const { ladder } = this.pit
    if (isBid ? price < ladder.ask : price > ladder.bid) ladder.set(price, lots, isBid)
  }
}

export const sideName = (isBid: boolean): BookSide => (isBid ? 'bid' : 'ask')
