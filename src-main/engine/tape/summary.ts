import { price } from '../../../src-shared/format'
import type { InstrumentId, VenueId } from '../../../src-shared/instrument'
import { ticks } from '../../../src-shared/units'
import type { FeedLane } from '../feed/lane'

/** What became of one instrument's frames. Prices are decimal text, null where a side is empty or the book void. */
export interface InstrumentSummary {
  readonly instrument: InstrumentId
  readonly frames: number
  readonly snapshots: number
  /** Diffs applied; snapshots apart. */
  readonly applied: number
  readonly stale: number
  /** Diffs that waited for a snapshot; those it made current are counted under `applied` or `stale` too. */
  readonly waited: number
  readonly gaps: number
  readonly resyncs: number
  readonly checksums: { readonly ok: number; readonly bad: number }
  readonly crossed: number
  readonly quotes: { readonly compared: number; readonly equal: number }
  readonly trades: number
  readonly bestBid: string | null
  readonly bestAsk: string | null
}

export interface ReplaySummary {
  readonly venue: string
  readonly instruments: readonly InstrumentSummary[]
  readonly rejected: { readonly count: number; readonly reasons: Readonly<Record<string, number>> }
}

/** What became of a venue's frames, live or from a tape. `reasons` counts the frames that could not be read. */
export function summarise(
  venue: VenueId,
  lanes: Iterable<FeedLane>,
  reasons: ReadonlyMap<string, number>
): ReplaySummary {
  const counts = [...reasons.values()]
  return {
    venue,
    instruments: [...lanes].map(summaryOf),
    rejected: { count: counts.reduce((sum, count) => sum + count, 0), reasons: Object.fromEntries(reasons) }
  }
}

function summaryOf({ id, instrument, counters, book }: FeedLane): InstrumentSummary {
  const text = (at: number) => (Number.isNaN(at) ? null : price(instrument, ticks(at)).replaceAll(',', ''))
  return {
    instrument: id,
    frames: counters.frames,
    snapshots: counters.snapshots,
    applied: counters.applied,
    stale: counters.stale,
    waited: counters.waited,
    gaps: counters.gaps,
    resyncs: counters.resyncs,
    checksums: { ok: counters.checksumsOk, bad: counters.checksumsBad },
    crossed: counters.crossed,
    quotes: { compared: counters.quotesCompared, equal: counters.quotesEqual },
    trades: counters.trades,
    bestBid: text(book.touch.bid),
    bestAsk: text(book.touch.ask)
  }
}
