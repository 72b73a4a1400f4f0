/** What is foretold: the direction of the next move of the mid, whenever it comes, or of the move over a span. */
export interface Horizon {
  readonly id: string
  readonly title: string
  /** Ms; NaN for the next move. */
  readonly ms: number
}

export const horizons: readonly Horizon[] = [
  { id: 'next', title: 'Next move', ms: NaN },
  { id: 's1', title: '1 s', ms: 1_000 },
  { id: 's5', title: '5 s', ms: 5_000 },
  { id: 's10', title: '10 s', ms: 10_000 }
]

/** A forecast is made so often, ms. */
export const stepMs = 100
