import { Scales } from '../../../../src-main/engine/metrics/flow-reading/scales'
import type { Sighting } from '../../../../src-main/engine/metrics/flow-reading/sighting'
import { handBook } from '../../../support/hand-book'

/** Sizes in whole base units. */
export const base = (lots: number): number => lots

/** Knows that levels and additions are of about 1, orders too, within 1 bps. */
export function plainScales(): Scales {
  const scales = new Scales()
  const bids = Array.from({ length: 100 }, (_, rank) => [10_000 - rank / 10, 1] as const)
  const asks = Array.from({ length: 100 }, (_, rank) => [10_001 + rank / 10, 1] as const)
  const book = handBook(bids, asks)
  for (let i = 0; i < 1_000; i++) {
    scales.added(i, 1)
    scales.ordered(i, 1, 1)
  }
  for (let second = 0; second < 60; second++)
    scales.look(second * 1_000, [book.bids, book.asks], 10_000.5, 1, 0.1)
  return scales
}
/** What is told, in order. */
export const told = () => {
  const list: Sighting[] = []
  return { list, tell: (_at: number, it: Sighting) => void list.push(it) }
}
