import type { BandSums, Book, LevelSums } from '../book/book'

/** An imbalance that other metrics follow over time. */
export interface Source {
  readonly id: string
  readonly title: string
  /** Levels from the touch, or bps around the mid. */
  readonly levels?: number
  readonly bps?: number
}

/** In the order of the settings that name them by number. */
export const sources: readonly Source[] = [
  { id: 'l1', title: 'touch', levels: 1 },
  { id: 'l5', title: '5 levels', levels: 5 },
  { id: 'l10', title: '10 levels', levels: 10 },
  { id: 'bps5', title: '5 bps', bps: 5 },
  { id: 'bps10', title: '10 bps', bps: 10 },
  { id: 'bps25', title: '25 bps', bps: 25 },
  { id: 'l20', title: '20 levels', levels: 20 },
  { id: 'bps50', title: '50 bps', bps: 50 }
]

/** The source's imbalance of the book as it stands, in [-1, 1]; NaN when unknown. Allocates nothing. */
export function reader(book: Book, { levels = 0, bps }: Source): () => number {
  if (bps === undefined) {
    const best: LevelSums = { bidLots: NaN, askLots: NaN }
    book.keepLevels(levels)
    return () => {
      book.levels(levels, best)
      return ratio(best.bidLots, best.askLots)
    }
  }
  const sums = { bidLots: NaN, askLots: NaN } as BandSums
  book.keepBand(bps)
  return () => {
    book.band(bps, sums)
    return ratio(sums.bidLots, sums.askLots)
  }
}

const ratio = (bid: number, ask: number): number => (bid - ask) / (bid + ask)
