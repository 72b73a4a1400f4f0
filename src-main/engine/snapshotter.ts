import type { EngineCommand } from '../../src-shared/contract/commands'
import type { BookView, EngineFrame, MemberSizes, TradesView } from '../../src-shared/contract/frames'
import { sampleHead, tradeColumns } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import type { Millis } from '../../src-shared/units'
import type { Book, BookMembers, Side } from './book/book'
import type { Trades } from './book/changes'
import { tradePrice, tradeRow, tradeSize } from './history'
import { Durations } from './math/durations'
import { RowRing } from './math/row-ring'

type MarketFrame = Extract<EngineFrame, { kind: 'market' }>
export type Want = Extract<EngineCommand, { kind: 'watch' }>['instruments'][number]

/** Trades in one frame; what does not fit is counted, the oldest first. */
const mostTradesAFrame = 2_000
const frameMs = 100
const hiddenFrameMs = 1_000
/** An unchanged row is told again after this long: the window sees that the engine still looks. */
const repeatRowMs = 1_000
/** Timers come a little early or late; a frame that is due within this is due. */
const slackMs = 5

/** One instrument as the snapshotter sees it. */
export interface Scene {
  /** The latest sample row; undefined before the first. */
  readonly row: Float64Array | undefined
  /** Undefined while there is no live book. */
  readonly book: Book | undefined
  /** Rises with every change of the book. */
  readonly bookVersion: number
  readonly bookAt: Millis
}

interface Sent {
  want: Want
  readonly row: { values: Float64Array | undefined }
  bookVersion: number
  readonly trades: RowRing
  dropped: number
}

/**
 * What one window is told of the market, and when: only what changed since the last frame it acknowledged, at most ten times a second (once a second
 * while hidden), and never a second frame before the first is acknowledged. Every array is its own buffer: a view would carry its whole backing store.
 */
export class Snapshotter {
  readonly #sent = new Map<InstrumentId, Sent>()
  #number = 0
  #acknowledged = 0
  #visible = true
  /** Monotonic ms of the last frame. */
  #lastAt = -Infinity
  /** Something is wanted of which nothing was told yet: its first frame waits for no pace. */
  #isNews = false
  /** Age of a book's last change when it left, ms. */
  readonly ages = new Durations()
  /** From a frame's leaving to its acknowledgement, ms. */
  readonly answers = new Durations()

  get wants(): readonly Want[] {
    return [...this.#sent.values()].map(({ want }) => want)
  }

  /** Replaces what the window wants. An instrument that stays keeps what it was told; one with other levels is told its book anew. */
  watch(wants: readonly Want[]): void {
    const before = new Map(this.#sent)
    this.#sent.clear()
    for (const want of wants) {
      const known = before.get(want.id)
      const isKnown = known?.want.levels === want.levels
      if (!isKnown) this.#isNews = true
      const kept = isKnown ? known : fresh(want)
      if (!want.trades) kept.trades.clear()
      kept.want = want
      this.#sent.set(want.id, kept)
    }
  }

  /** Whether it is shown and has drawn what it was sent: more may be sent beside the market frames. */
  get ready(): boolean {
    return this.#visible && this.#acknowledged >= this.#number
  }

  show(visible: boolean): void {
    this.#visible = visible
  }

  /** @param mono when it came; without it nothing is learned of how long the window took */
  acknowledge(number: number, mono = NaN): void {
    if (number > this.#number) return
    if (number === this.#number && this.#acknowledged < number) this.answers.add(mono - this.#lastAt)
    this.#acknowledged = Math.max(this.#acknowledged, number)
  }

  /** The instrument's grid got finer: trades that wait count in its steps, and the book is told anew. */
  rescale(id: InstrumentId, priceFactor: number, sizeFactor: number): void {
    const sent = this.#sent.get(id)
    if (!sent) return
    sent.trades.scale(tradePrice, priceFactor)
    sent.trades.scale(tradeSize, sizeFactor)
    sent.bookVersion = -1
  }

  onTrades(id: InstrumentId, trades: Trades): void {
    const sent = this.#sent.get(id)
    if (!sent?.want.trades) return
    for (let row = 0; row < trades.count; row++) if (sent.trades.push(tradeRow(trades, row))) sent.dropped++
  }

  /** The next frame, undefined when none is due, none is wanted yet, or nothing changed. */
  take(at: Millis, mono: number, scene: (id: InstrumentId) => Scene | undefined): MarketFrame | undefined {
    if (this.#acknowledged < this.#number) return undefined
    const isDue = this.#isNews || mono - this.#lastAt >= (this.#visible ? frameMs : hiddenFrameMs) - slackMs
    if (!isDue) return undefined
    const instruments: InstrumentId[] = []
    const rows: Float64Array[] = []
    const books: BookView[] = []
    const trades: TradesView[] = []
    let room = mostTradesAFrame
    for (const [id, sent] of this.#sent) {
      const seen = scene(id)
      if (seen?.row && rowIsNews(sent.row.values, seen.row)) {
        sent.row.values = seen.row.slice()
        instruments.push(id)
        rows.push(sent.row.values)
      }
      if (seen?.book && sent.want.levels > 0 && seen.bookVersion !== sent.bookVersion) {
        sent.bookVersion = seen.bookVersion
        this.ages.add(Math.max(0, at - seen.bookAt))
        books.push(viewOf(id, seen.book, seen.bookAt, sent.want.levels))
      }
      const batch = takeTrades(id, sent, room)
      if (!batch) continue
      room -= batch.rows.length / tradeColumns
      trades.push(batch)
    }
    if (rows.length + books.length + trades.length === 0) return undefined
    this.#lastAt = mono
    this.#isNews = false
    return { kind: 'market', number: ++this.#number, at, instruments, samples: packed(rows), books, trades }
  }
}

const fresh = (want: Want): Sent => ({
  want,
  row: { values: undefined },
  bookVersion: -1,
  trades: new RowRing(tradeColumns, mostTradesAFrame),
  dropped: 0
})

/** The time of the row alone is no news. */
function rowIsNews(before: Float64Array | undefined, now: Float64Array): boolean {
  if (!before) return true
  if (now[sampleHead.at]! - before[sampleHead.at]! >= repeatRowMs) return true
  return now.some((value, column) => column !== sampleHead.at && !Object.is(value, before[column]))
}

function takeTrades(id: InstrumentId, sent: Sent, room: number): TradesView | undefined {
  if (sent.trades.length === 0 && sent.dropped === 0) return undefined
  const left = Math.max(0, sent.trades.length - room)
  const batch = { instrument: id, rows: sent.trades.copy(left), dropped: sent.dropped + left }
  sent.trades.clear()
  sent.dropped = 0
  return batch
}

function viewOf(instrument: InstrumentId, book: Book, at: Millis, levels: number): BookView {
  const bids = levelsOf(book.bids, levels)
  const asks = levelsOf(book.asks, levels)
  const members = book.members && membersOf(book.members, bids, asks)
  return {
    instrument,
    at,
    sequence: book.sequence,
    bids,
    asks,
    knownBid: book.bids.known,
    knownAsk: book.asks.known,
    ...(members && { members })
  }
}

function membersOf(members: BookMembers, bids: Float64Array, asks: Float64Array): MemberSizes {
  const { ids } = members
  const sizesOf = (side: 'bids' | 'asks', pairs: Float64Array): Float64Array => {
    const sizes = new Float64Array((pairs.length / 2) * ids.length)
    for (let level = 0; level * 2 < pairs.length; level++)
      for (let member = 0; member < ids.length; member++)
        sizes[level * ids.length + member] = members.lots(side, pairs[level * 2]!, member)
    return sizes
  }
  return { ids, bids: sizesOf('bids', bids), asks: sizesOf('asks', asks) }
}

/** Pairs price, size, best first. */
function levelsOf(side: Side, levels: number): Float64Array {
  const count = Math.min(levels, side.count)
  const pairs = new Float64Array(count * 2)
  for (let rank = 0; rank < count; rank++) {
    pairs[rank * 2] = side.price(rank)
    pairs[rank * 2 + 1] = side.size(rank)
  }
  return pairs
}

function packed(rows: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(rows.reduce((total, row) => total + row.length, 0))
  let place = 0
  for (const row of rows) {
    out.set(row, place)
    place += row.length
  }
  return out
}
