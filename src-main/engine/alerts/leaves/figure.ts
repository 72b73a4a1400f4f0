import type { FigureCondition } from '../../../../src-shared/alerts/condition'
import type { FigureHistory } from '../figure-history'
import type { Board } from '../levels'
import { levelsOf, levelWords, placeOf, settingsOf } from '../levels'
import type { Lead, Level, Node } from '../node'
import { between, on, past } from '../node'
import type { Sight } from '../sight'
import type { Signal } from '../signal'

export interface FigureParts {
  readonly sight: Sight
  readonly signal: Signal
  readonly history: FigureHistory | undefined
  readonly board: Board | undefined
  /** +1: the rule's bid side, or none. */
  readonly side: 1 | -1
  readonly staleMs: number
}

/** A figure beyond a level. */
export class FigureLeaf implements Node, Lead {
  readonly metric: string
  readonly field: string
  readonly thresholdWords: string
  readonly #figure: FigureCondition
  readonly #parts: FigureParts
  readonly sight: Sight
  readonly signal: Signal
  readonly sign: 1 | -1
  readonly staleMs: number
  /** Both of the turned value; NaN while not known. */
  on = NaN
  off = NaN

  constructor(figure: FigureCondition, parts: FigureParts) {
    this.metric = figure.metric
    this.field = figure.field
    this.thresholdWords = levelWords(figure)
    this.#figure = figure
    this.#parts = parts
    this.sight = parts.sight
    this.signal = parts.signal
    this.sign = figure.op === 'below' ? -1 : figure.op === 'extreme' ? parts.side : 1
    this.staleMs = parts.staleMs
    this.refresh()
  }

  level(mono: number): Level {
    // Places change with every sample of the others.
    if (this.#parts.board) this.refresh()
    const value = this.sign * this.signal.value
    if (!this.sight.isFresh(mono, this.staleMs) || Number.isNaN(value) || Number.isNaN(this.on)) return NaN
    return value >= this.on ? on : value < this.off ? past : between
  }

  refresh(): void {
    const { side, history, board } = this.#parts
    const levels = levelsOf(this.#figure, side, history, board)
    this.on = levels.on
    this.off = levels.off
  }

  /** Its levels change with `refresh` alone. */
  get isFixed(): boolean {
    return this.#parts.board === undefined
  }

  /** Its levels move with the figure's own history. */
  get isMoving(): boolean {
    return this.#parts.history !== undefined
  }

  /** Settings of the rule and where each would stand by the history as it is now, with the figure's own sign. */
  get scale(): readonly (readonly [setting: number, value: number])[] {
    const { history } = this.#parts
    return settingsOf(this.#figure.by).map((setting) => [
      setting,
      this.sign * placeOf(this.#figure, this.sign, setting, history, undefined)
    ])
  }

  forget(): void {
    // What it remembers is the signal's.
  }

  get learned(): number {
    return this.#parts.history?.learned ?? 1
  }
  get lead(): Lead {
    return this
  }
  get value(): number {
    return this.signal.value
  }
  get shown(): number {
    return this.sign * this.signal.value
  }
  get threshold(): number {
    return this.sign * this.on
  }
  get percentile(): number {
    return this.#parts.history?.rank(this.signal.value) ?? NaN
  }
}
