import type { BookView } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import { frontier } from '../../parts/frontier'
import type { Microprice } from '../../parts/microprice'
import { groupTicks, rowDecimals } from './grouping'
import type { Row, Side } from './rows'
import { fullBar, grouped, rowsOf } from './rows'

/** The microprice, or what stands in for it: which it is, and how far from the mid it lies, ticks; NaN while not known. */
export type MicroLook = Pick<Microprice, 'kind' | 'offset'>

/** A book as the ladder shows it at one grouping, before it is known which rows are in sight. */
export interface Ladder {
  readonly instrument: Instrument
  /** Ticks a row. */
  readonly group: number
  /** Decimals of row prices. */
  readonly decimals: number
  readonly asks: Side
  readonly bids: Side
  /** Worst prices up to which each side is known to this window. */
  readonly knownAsk: number
  readonly knownBid: number
  /** Lots at which a depth bar is full. */
  readonly full: number
  /** Ticks; NaN for an empty side. */
  readonly mid: number
  readonly spread: number
  readonly micro: MicroLook
}

/** `asked` is the number of levels a side that this window asked for. */
export function ladderOf(
  book: BookView,
  instrument: Instrument,
  grouping: number,
  asked: number,
  micro: MicroLook = { kind: 'none', offset: NaN }
): Ladder {
  const group = groupTicks(instrument, grouping)
  const { members } = book
  const of = (lots: Float64Array | undefined) => lots && { count: members?.ids.length ?? 0, lots }
  const asks = grouped(book.asks, group, 'ask', of(members?.asks))
  const bids = grouped(book.bids, group, 'bid', of(members?.bids))
  const [bid = NaN] = book.bids
  const [ask = NaN] = book.asks
  const mid = (bid + ask) / 2
  return {
    instrument,
    group,
    decimals: rowDecimals(instrument, grouping),
    asks,
    bids,
    knownAsk: frontier(book.asks, 'ask', book.knownAsk, asked),
    knownBid: frontier(book.bids, 'bid', book.knownBid, asked),
    full: fullBar([...asks.lots, ...bids.lots]),
    mid,
    spread: ask - bid,
    micro
  }
}

/** One book of a sum, as its column is headed. */
export interface MemberHead {
  /** The venue in at most four letters. */
  readonly code: string
  readonly live: boolean
}

export interface SeenRow extends Row {
  /** Top edge in CSS px, counted from the first row's. */
  readonly y: number
}

export const rowHeight = 18
export const midHeight = 22
export const headHeight = 20

/** Rows that fit beside the mid row. */
export const rowsIn = (height: number): number =>
  Math.max(2, Math.floor((height - headHeight - midHeight) / rowHeight))

/** The rows in sight with `above` rows above the mid row, top first, and where the mid row lies. */
export function seenRows(
  ladder: Ladder,
  above: number,
  rows: number
): { readonly rows: SeenRow[]; readonly midY: number } {
  const midY = above * rowHeight
  const { asks, bids, group, knownAsk, knownBid } = ladder
  const askFrom = Math.max(0, above - rows)
  const up = rowsOf(asks, group, askFrom, Math.max(askFrom, above), knownAsk).map((row, i) => ({
    ...row,
    y: midY - (askFrom + i + 1) * rowHeight
  }))
  const bidFrom = Math.max(0, -above)
  const down = rowsOf(bids, group, bidFrom, Math.max(bidFrom, rows - above), knownBid).map((row, i) => ({
    ...row,
    y: midY + midHeight + (bidFrom + i) * rowHeight
  }))
  return { rows: [...up.reverse(), ...down], midY }
}
