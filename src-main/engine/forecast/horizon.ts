import { forecastHorizons } from '../../../src-shared/forecast'

/** What is foretold: the direction of the next move of the mid, whenever it comes, or of the move over a span. */
export interface Horizon {
  readonly id: string
  readonly title: string
  /** Ms; NaN for the next move. */
  readonly ms: number
}

const spans: Readonly<Record<(typeof forecastHorizons)[number]['id'], number>> = {
  next: NaN,
  s1: 1_000,
  s5: 5_000,
  s10: 10_000
}

export const horizons: readonly Horizon[] = forecastHorizons.map((it) => ({ ...it, ms: spans[it.id] }))

/** A forecast is made so often, ms. */
export const stepMs = 100
