import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Side } from '../../engine/book/book'
import type { FeedLane } from '../../engine/feed/lane'
import type { TapeFrame } from '../../engine/tape/line'
import { venues } from '../../engine/venues/index'
import type { Venue } from '../../engine/venues/venue'
import type { Place } from '../capture/read-capture'
import { silent } from '../capture/silent'
import type { Source } from '../capture/source'
import { readSource } from '../capture/source'
import type { Finding } from '../finding'
import { GapPlaces } from './gap-places'
import { TouchLedger } from './touch-ledger'
import type { TouchCheck, TouchValues } from './touches'
import { touchValues } from './touches'

/**
 * How exactly the book was rebuilt. Names are those of the golden figures; prices in quote money, sizes as the venue counts them. Null is what the venue's
 * words do not tell, and `does_not_apply` says why.
 */
export interface Reconstruction {
  readonly depth_events: number
  readonly discarded_before_snapshot: number | null
  readonly applied: number
  readonly gaps: number | null
  readonly snapshots: number
  readonly crossed: number
  readonly bt_checks: number | null
  readonly bt_match: number | null
  readonly max_bt_mismatch: number | null
  readonly first_event_ok: boolean | null
  /** Null while no book stands, and where the venue numbers nothing. */
  readonly final_update_id: number | null
  readonly final_best: TouchValues | null
  readonly final_top5_bids: readonly (readonly [price: number, size: number])[]
  readonly final_top5_asks: readonly (readonly [price: number, size: number])[]
  readonly final_levels: readonly [bids: number, asks: number]
  readonly final_total_bid_qty: number
  readonly final_total_ask_qty: number
  readonly mismatch_examples: TouchCheck['examples']
  /** The venue's own checksums of the book; absent where it sends none. */
  readonly checksums?: { readonly ok: number; readonly bad: number }
  /** Absent where every message was understood. */
  readonly not_understood?: number
  /** Where the first gaps are, at most three; absent where there are none. */
  readonly gaps_at?: readonly string[]
  /** Book messages after a gap that no book stood for; absent where there are none. */
  readonly not_applied_after_gaps?: number
  readonly does_not_apply?: Readonly<Record<string, string>>
}

/** Rebuilds the book of one instrument and holds every step against the venue's own best quotes. */
export async function studyReconstruction(source: Source): Promise<Finding<Reconstruction>> {
  const tally = new Tally()
  const end = await readSource(source, tally.listener)
  if (!end.ok) return end
  return { ok: true, figures: tally.figures(end.lane) }
}

/** What is kept of a source while it plays. */
class Tally {
  #ledger: TouchLedger | undefined
  #quoted = 0
  #applied = 0
  #discarded = 0
  #instrument: Instrument | undefined
  #tooOld = false
  #others = 0
  readonly #gaps = new GapPlaces()

  readonly listener = {
    ...silent,
    onFrame: (_: TapeFrame, place: Place) => {
      this.#gaps.come(place)
      return true
    },
    onInstruments: (list: readonly Instrument[]) => {
      this.#instrument = list.find(({ id }) => id === this.#instrument?.id) ?? this.#instrument ?? list[0]
    },
    onQuote: (_: string, quote: Parameters<typeof silent.onQuote>[1]) => {
      this.#others++
      if (!this.#instrument || Number.isNaN(quote.sequence)) return
      this.#quoted++
      this.#ledgerOf(this.#instrument).quote({
        id: quote.sequence,
        touch: touchValues(this.#instrument, quote)
      })
    },
    onReference: () => {
      this.#others++
    },
    onLiquidations: () => {
      this.#others++
    },
    onDiff: (lane: FeedLane) => {
      if (this.#applied++ === 0) this.#discarded = lane.counters.stale
      const { instrument, book } = lane
      if (Number.isNaN(book.sequence)) return
      this.#ledgerOf(instrument).book({ id: book.sequence, touch: touchValues(instrument, book.touch) })
    },
    onGap: () => {
      this.#ledger?.break()
      this.#gaps.lost()
    },
    onStatus: (_: string, { state, reason }: { readonly state: string; readonly reason: string }) => {
      this.#gaps.called(state)
      if (this.#applied === 0 && reason.startsWith('the snapshot was too old')) this.#tooOld = true
    }
  }

  figures(lane: FeedLane): Reconstruction {
    const { check } = this.#ledgerOf(lane.instrument)
    const { counters } = lane
    const lacks = lacksOf(lane, tellsAll(lane.instrument) ? this.#quoted : check.checks)
    const known = <T>(name: string, value: T): T | null => (name in lacks ? null : value)
    const events = counters.frames - counters.trades - counters.snapshots - this.#others
    return {
      depth_events: events,
      discarded_before_snapshot: known(
        'discarded_before_snapshot',
        counters.applied > 0 ? this.#discarded : events
      ),
      applied: counters.applied,
      gaps: known('gaps', counters.gaps),
      snapshots: counters.snapshots,
      crossed: counters.crossed,
      bt_checks: known('bt_checks', check.checks),
      bt_match: known('bt_checks', check.matches),
      max_bt_mismatch: check.worst,
      first_event_ok: known('first_event_ok', counters.applied > 0 && !this.#tooOld),
      ...atTheEnd(lane),
      mismatch_examples: check.examples,
      ...(counters.checksumsOk + counters.checksumsBad > 0 && {
        checksums: { ok: counters.checksumsOk, bad: counters.checksumsBad }
      }),
      ...(counters.rejected > 0 && { not_understood: counters.rejected }),
      ...this.#lost(counters, events),
      ...(Object.keys(lacks).length > 0 && { does_not_apply: lacks })
    }
  }

  /** What came while no book stood after a gap: it waited, and was neither applied in the end nor older than the book. */
  #lost({ gaps, applied, stale, waited }: FeedLane['counters'], events: number) {
    const left = Math.min(waited, events - applied - stale)
    return {
      ...(this.#gaps.list.length > 0 && { gaps_at: this.#gaps.list }),
      ...(gaps > 0 && left > 0 && { not_applied_after_gaps: left })
    }
  }

  #ledgerOf(instrument: Instrument): TouchLedger {
    return (this.#ledger ??= new TouchLedger(tellsAll(instrument)))
  }
}

/** Binance's bookTicker comes with every change of the touch; of other quotes only one of the book's own id says what the book must be. */
const tellsAll = ({ venue }: Instrument): boolean => venue.startsWith('binance-')

/** Which figures the venue's words do not allow, and why. */
function lacksOf({ instrument, counters }: FeedLane, comparable: number): Readonly<Record<string, string>> {
  const venue = venues.find(({ spec }) => spec.id === instrument.venue)
  const asks = venue?.snapshot.kind === 'rest'
  const inStream = 'the venue begins its stream with the whole book: nothing waits for a snapshot'
  return {
    ...(!asks && { discarded_before_snapshot: inStream, first_event_ok: inStream }),
    ...(counters.gaps === 0 && gaplessWords(venue)),
    ...(comparable === 0 && { bt_checks: 'no quote of the venue carries a number of its book' })
  }
}

function gaplessWords(venue: Venue | undefined): { readonly gaps?: string } {
  if (venue?.spec.integrity !== 'unverifiable') return {}
  return { gaps: `a lost message cannot be seen: ${venue.spec.cannotDetect}` }
}

/** The book that stands when all was read. */
function atTheEnd({ instrument, book: { bids, asks, sequence, touch } }: FeedLane) {
  return {
    final_update_id: Number.isNaN(sequence) ? null : sequence,
    final_best: bids.count > 0 && asks.count > 0 ? touchValues(instrument, touch) : null,
    final_top5_bids: topOf(instrument, bids),
    final_top5_asks: topOf(instrument, asks),
    final_levels: [bids.count, asks.count] as const,
    final_total_bid_qty: totalOf(instrument, bids),
    final_total_ask_qty: totalOf(instrument, asks)
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
