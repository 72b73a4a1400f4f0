import type { BandCondition } from '../../../../src-shared/alerts/condition'
import type { Lead, Level, Node } from '../node'
import { between, on, past } from '../node'
import type { FigureParts } from './figure'

/** Inside, or outside, of a band; a margin beyond its ends keeps it from chattering. */
export class BandLeaf implements Node, Lead {
  readonly metric: string
  readonly field: string
  readonly thresholdWords: string
  readonly #band: BandCondition
  readonly #parts: FigureParts
  #low = NaN
  #high = NaN
  #lowPast = NaN
  #highPast = NaN

  constructor(band: BandCondition, parts: FigureParts) {
    this.metric = band.metric
    this.field = band.field
    const unit = band.by === 'percentile' ? 'P' : ''
    this.thresholdWords = `${band.inside ? 'inside' : 'outside'} ${unit}${band.low} to ${unit}${band.high}`
    this.#band = band
    this.#parts = parts
    this.refresh()
  }

  level(mono: number): Level {
    const { signal, sight, staleMs } = this.#parts
    const { value } = signal
    if (!sight.isFresh(mono, staleMs) || Number.isNaN(value + this.#low + this.#high)) return NaN
    const isIn = value >= this.#low && value <= this.#high
    // The margin lies on the far side of the ends: outside of it one is out, within it one has not left yet.
    const isPast = value < this.#lowPast || value > this.#highPast
    if (this.#band.inside) return isIn ? on : isPast ? past : between
    return isIn ? past : isPast ? on : between
  }

  refresh(): void {
    const { low, high, margin, by } = this.#band
    const at = (level: number): number =>
      by === 'level' ? level : (this.#parts.history?.quantile(Math.min(1, Math.max(0, level / 100))) ?? NaN)
    this.#low = at(low)
    this.#high = at(high)
    this.#lowPast = at(low - margin)
    this.#highPast = at(high + margin)
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
    return this.#parts.signal.value
  }
  /** Distance from the band's middle, outwards or inwards. */
  get shown(): number {
    const away = Math.abs(this.value - (this.#low + this.#high) / 2)
    return this.#band.inside ? -away : away
  }
  get threshold(): number {
    return this.value > (this.#low + this.#high) / 2 ? this.#high : this.#low
  }
  get percentile(): number {
    return this.#parts.history?.rank(this.value) ?? NaN
  }
}
