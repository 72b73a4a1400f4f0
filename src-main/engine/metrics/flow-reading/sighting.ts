import type { Evidence } from '../../../../src-shared/contract/frames'

export type Kind =
  | 'absorption'
  | 'sweep'
  | 'iceberg'
  | 'vacuum'
  | 'wall'
  | 'wall-aged'
  | 'wall-pulled'
  | 'wall-eaten'
  | 'layering'
  | 'flicker'

/** What a detector saw. */
export interface Sighting {
  readonly kind: Kind
  readonly side: 'bid' | 'ask' | 'none'
  /** Ticks; NaN where it has no price. */
  readonly price: number
  /** The move it suggests, +1 up, -1 down, 0 none. It is a reading, and `followed` says how often it came true. */
  readonly sign: 1 | -1 | 0
  /** In [0, 1]. */
  readonly confidence: number
  readonly words: string
  readonly evidence: readonly Evidence[]
}

export type Tell = (at: number, sighting: Sighting) => void

/** Base currency of lots, at about the present price. */
export type BaseOf = (lots: number) => number

export const sideName = (isBid: boolean): 'bid' | 'ask' => (isBid ? 'bid' : 'ask')
