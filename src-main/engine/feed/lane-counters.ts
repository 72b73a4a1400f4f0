/** What came in for one instrument, counted since it was first watched. */
export interface LaneCounters {
  /** Messages read, of any kind. */
  frames: number
  snapshots: number
  /** Diffs committed; snapshots apart. */
  applied: number
  /** Diffs dropped because the book already held them. */
  stale: number
  gaps: number
  /** Times the book became whole again after it was lost. */
  resyncs: number
  /** Messages refused as malformed or off any grid. */
  rejected: number
  /** Commits after which the best bid was at or above the best ask. */
  crossed: number
  /** The venue's checksums of this book that were held against it. */
  checksumsOk: number
  checksumsBad: number
  /** Trade messages. */
  trades: number
  /** Diffs that the venue's own quote could be held against, because it carried the same id. */
  quotesCompared: number
  quotesEqual: number
  /** Times the frames kept for a snapshot passed their cap and were forgotten. */
  overflows: number
  /** Times it was held against the venue's whole book, or replaced by a fresh snapshot, because nothing else proves it. */
  audits: number
  /** Diffs kept until a snapshot came. */
  waited: number
}

export const noCounts = (): LaneCounters => ({
  frames: 0,
  snapshots: 0,
  applied: 0,
  stale: 0,
  gaps: 0,
  resyncs: 0,
  rejected: 0,
  crossed: 0,
  checksumsOk: 0,
  checksumsBad: 0,
  trades: 0,
  quotesCompared: 0,
  quotesEqual: 0,
  overflows: 0,
  waited: 0,
  audits: 0
})
