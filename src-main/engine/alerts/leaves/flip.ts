import type { FlipCondition } from '../../../../src-shared/alerts/condition'
import type { Lead, Level, Node } from '../node'
import { between, on, past } from '../node'
import type { FigureParts } from './figure'

/** From beyond one level to beyond the other within a time. */
export class FlipLeaf implements Node, Lead {
  readonly metric: string
  readonly field: string
  readonly learned = 1
  readonly percentile = NaN
  readonly thresholdWords: string
  readonly #flip: FlipCondition
  readonly #parts: FigureParts
  /** When it was beyond the other side's level last. */
  #otherAt = NaN
  /** It came over in time, and has not been past OFF since. */
  #isOver = false

  constructor(flip: FlipCondition, parts: FigureParts) {
    this.metric = flip.metric
    this.field = flip.field
    this.thresholdWords = `turned over within ${flip.withinMs / 1_000} s`
    this.#flip = flip
    this.#parts = parts
  }

  level(mono: number): Level {
    const { sight, staleMs } = this.#parts
    const value = this.shown
    if (!sight.isFresh(mono, staleMs) || Number.isNaN(value)) return NaN
    const { on: level, off, withinMs } = this.#flip
    if (value <= -level) this.#otherAt = mono
    if (value < off) this.#isOver = false
    if (value >= level && mono - this.#otherAt <= withinMs) this.#isOver = true
    if (!this.#isOver) return past
    return value >= level ? on : between
  }

  refresh(): void {
    // Its levels are fixed.
  }

  forget(): void {
    this.#otherAt = NaN
    this.#isOver = false
  }

  get lead(): Lead {
    return this
  }
  get value(): number {
    return this.#parts.signal.value
  }
  get shown(): number {
    return this.#parts.side * this.#parts.signal.value
  }
  get threshold(): number {
    return this.#parts.side * this.#flip.on
  }
}
