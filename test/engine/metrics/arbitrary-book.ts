import fc from 'fast-check'
import type { HandLevel } from '../../support/hand-book'

export interface Sides {
  readonly bids: readonly HandLevel[]
  readonly asks: readonly HandLevel[]
}

const sizes = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 30 })

/** Gapless sides around a mid of 10,000 ticks: bids from 9,999 down, asks from 10,001 up, so that swapping the sides mirrors every band. */
export const sides: fc.Arbitrary<Sides> = fc.tuple(sizes, sizes).map(([bids, asks]) => ({
  bids: bids.map((size, rank): HandLevel => [9_999 - rank, size]),
  asks: asks.map((size, rank): HandLevel => [10_001 + rank, size])
}))

export const swapped = ({ bids, asks }: Sides): Sides => ({
  bids: asks.map(([price, size]): HandLevel => [20_000 - price, size]),
  asks: bids.map(([price, size]): HandLevel => [20_000 - price, size])
})

export const scaled = ({ bids, asks }: Sides, factor: number): Sides => ({
  bids: bids.map(([price, size]): HandLevel => [price, size * factor]),
  asks: asks.map(([price, size]): HandLevel => [price, size * factor])
})
