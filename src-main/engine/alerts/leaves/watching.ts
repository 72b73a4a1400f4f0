import type { DataCondition, EventCondition, SilenceCondition } from '../../../../src-shared/alerts/condition'
import type { MarketEvent } from '../../../../src-shared/contract/frames'
import type { Level, Node } from '../node'
import { on, past } from '../node'
import type { Sight } from '../sight'

/** What looks at an instrument, but at no figure of it: has no levels, remembers nothing of its own. */
abstract class Watching implements Node {
  readonly learned = 1
  readonly lead = undefined
  protected readonly sight: Sight

  constructor(sight: Sight) {
    this.sight = sight
  }

  abstract level(): Level

  refresh(): void {
    // It has no levels.
  }
  forget(): void {
    // What it remembers is the sight's.
  }
}

/** Events of a metric within a time, on the rule's side where it has one. */
export class EventLeaf extends Watching {
  readonly #wish: EventCondition
  readonly #counts: (event: MarketEvent) => boolean

  constructor(wish: EventCondition, sight: Sight, side: MarketEvent['side']) {
    super(sight)
    this.#wish = wish
    this.#counts = (event) =>
      event.metric === wish.metric &&
      event.kind === wish.event &&
      event.confidence >= wish.confidence &&
      (side === 'none' || event.side === 'none' || event.side === side)
  }

  level(): Level {
    if (!this.sight.warm) return NaN
    return this.sight.events(this.#wish.withinMs, this.#counts) >= this.#wish.atLeast ? on : past
  }
}

/** Nothing traded, or nothing changed, for a time. */
export class SilenceLeaf extends Watching {
  readonly #wish: SilenceCondition

  constructor(wish: SilenceCondition, sight: Sight) {
    super(sight)
    this.#wish = wish
  }

  level(): Level {
    const { warm, at, watchedAt, tradedAt, ageMs } = this.sight
    const { what, forMs } = this.#wish
    if (!warm) return NaN
    const silentFor = what === 'book' ? ageMs : at - (tradedAt > watchedAt ? tradedAt : watchedAt)
    if (silentFor >= forMs) return on
    // Before that time was watched from end to end nobody knows whether it was silent.
    return what === 'trades' && at - watchedAt < forMs && !(tradedAt > watchedAt) ? NaN : past
  }
}

/** The data itself; never unknown. */
export class DataLeaf extends Watching {
  readonly #wish: DataCondition

  constructor(wish: DataCondition, sight: Sight) {
    super(sight)
    this.#wish = wish
  }

  level(): Level {
    const { live, downSince, mono, ageMs } = this.sight
    const { what, forMs, atLeast = 1 } = this.#wish
    switch (what) {
      case 'down':
        return !live && mono - downSince >= forMs ? on : past
      case 'stale':
        return live && ageMs >= forMs ? on : past
      case 'gaps':
        return this.sight.losses(forMs) >= atLeast ? on : past
      default:
        return what satisfies never
    }
  }
}
