import type { Instrument, VenueId } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Side } from '../../engine/book/book'
import type { FeedLane } from '../../engine/feed/lane'
import { readCapture } from '../capture/read-capture'
import { silent } from '../capture/silent'
import type { Finding } from '../finding'
import type { StampedTouch, TouchCheck, TouchValues } from './touches'
import { checkTouches, touchValues } from './touches'

/** How exactly the book was rebuilt. Names are those of the golden figures; prices in quote money, sizes as the venue counts them. */
export interface Reconstruction {
  readonly depth_events: number
  readonly discarded_before_snapshot: number
  readonly applied: number
  readonly gaps: number
  readonly snapshots: number
  readonly crossed: number
  readonly bt_checks: number
  readonly bt_match: number
  readonly max_bt_mismatch: number | null
  readonly first_event_ok: boolean
  /** Null while no book stands. */
  readonly final_update_id: number | null
  readonly final_best: TouchValues | null
  readonly final_top5_bids: readonly (readonly [price: number, size: number])[]
  readonly final_top5_asks: readonly (readonly [price: number, size: number])[]
  readonly final_levels: readonly [bids: number, asks: number]
  readonly final_total_bid_qty: number
  readonly final_total_ask_qty: number
  readonly mismatch_examples: TouchCheck['examples']
}

/** Rebuilds the book of Binance captures, taken as one, and holds every step against the venue's own best quotes. */
export async function studyReconstruction(
  paths: readonly string[],
  venue?: VenueId
): Promise<Finding<Reconstruction>> {
  const tally = new Tally()
  const end = await readCapture(paths, tally.listener, venue)
  return end.ok ? { ok: true, figures: tally.figures(end.lane) } : end
}

/** What is kept of a capture while it plays. */
class Tally {
  readonly books: StampedTouch[] = []
  readonly quotes: StampedTouch[] = []
  #discarded = 0
  #instrument: Instrument | undefined
  #tooOld = false
  #others = 0

  readonly listener = {
    ...silent,
    onInstruments: ([instrument]: readonly Instrument[]) => {
      this.#instrument = instrument
    },
    onQuote: (_: string, quote: Parameters<typeof silent.onQuote>[1]) => {
      this.#others++
      if (this.#instrument)
        this.quotes.push({ id: quote.sequence, touch: touchValues(this.#instrument, quote) })
    },
    onReference: () => {
      this.#others++
    },
    onDiff: (lane: FeedLane) => {
      if (this.books.length === 0) this.#discarded = lane.counters.stale
      this.books.push({ id: lane.book.sequence, touch: touchValues(lane.instrument, lane.book.touch) })
    },
    onStatus: (_: string, { reason }: { readonly reason: string }) => {
      if (this.books.length === 0 && reason.startsWith('the snapshot was too old')) this.#tooOld = true
    }
  }

  figures(lane: FeedLane): Reconstruction {
    const { counters, book } = lane
    const check = checkTouches(this.books, this.quotes)
    const events = counters.frames - counters.trades - counters.snapshots - this.#others
    return {
      depth_events: events,
      discarded_before_snapshot: counters.applied > 0 ? this.#discarded : events,
      applied: counters.applied,
      gaps: counters.gaps,
      snapshots: counters.snapshots,
      crossed: counters.crossed,
      bt_checks: check.checks,
      bt_match: check.matches,
      max_bt_mismatch: check.worst,
      first_event_ok: counters.applied > 0 && !this.#tooOld,
      final_update_id: Number.isNaN(book.sequence) ? null : book.sequence,
      final_best:
        book.bids.count > 0 && book.asks.count > 0 ? touchValues(lane.instrument, book.touch) : null,
      final_top5_bids: topOf(lane.instrument, book.bids),
      final_top5_asks: topOf(lane.instrument, book.asks),
      final_levels: [book.bids.count, book.asks.count],
      final_total_bid_qty: totalOf(lane.instrument, book.bids),
      final_total_ask_qty: totalOf(lane.instrument, book.asks),
      mismatch_examples: check.examples
    }
  }
}

function topOf({ price, size }: Instrument, side: Side): readonly (readonly [number, number])[] {
  const ranks = Array.from({ length: Math.min(5, side.count) }, (_, rank) => rank)
  return ranks.map((rank) => [valueOn(price, side.price(rank)), valueOn(size, side.size(rank))])
}

/** Summed in whole lots, which is exact, and rounded to 8 decimals. */
function totalOf({ size }: Instrument, side: Side): number {
  let lots = 0
  for (let rank = 0; rank < side.count; rank++) lots += side.size(rank)
  return Math.round(valueOn(size, lots) * 1e8) / 1e8
}
