import type { BandSums } from '../../src-main/engine/book/book'
import { Changes, emptyTouch, Trades } from '../../src-main/engine/book/changes'
import { LadderBook } from '../../src-main/engine/book/ladder-book'
import type { SidedBook } from '../../src-main/engine/book/sided-book'
import { SortedBook } from '../../src-main/engine/book/sorted-book'
import { BookSync } from '../../src-main/engine/book/sync'
import { finerGrid } from '../../src-main/engine/feed/finer-grid'
import type { Lane, Quote, Reader, Reference, Sink } from '../../src-main/engine/venues/venue'
import { noReference } from '../../src-main/engine/venues/venue'
import type { Instrument } from '../../src-shared/instrument'
import type { Contestant } from './pairs'
import type { Stream } from './stream'

export const bands = [5, 10, 25, 50] as const
export const depths = [1, 5, 10, 20] as const

/** The ways of keeping a book that are measured. */
export const books = {
  ladder: () => new LadderBook(),
  sorted: () => new SortedBook()
} satisfies Record<string, () => SidedBook>
export type BookName = keyof typeof books

/** What any program pays that parses the usual way, before it has a book. */
export function floorOf({ diffs }: Stream): Contestant {
  let seen = 0
  return {
    prepare: () => undefined,
    run() {
      for (const bytes of diffs) if (JSON.parse(bytes.toString())) seen++
      if (seen === 0) throw new Error('nothing was parsed')
    }
  }
}

/** Bytes to a committed book; with `withSums`, four bands and four depths are kept, and asked after every message: what the imbalance metric reads. */
export function engineOf(
  stream: Stream,
  book: BookName,
  withSums: boolean,
  played: () => Stream = () => stream
): Contestant {
  const lane = new BenchLane(stream, books[book](), withSums)
  return {
    prepare() {
      lane.start()
    },
    run() {
      for (const bytes of played().diffs) lane.take(bytes)
      lane.check()
    }
  }
}

/** The best quotes at the end of the stream, in the venue's units. */
export function touchOf(stream: Stream): { readonly bid: number; readonly ask: number } {
  const lane = new BenchLane(stream, books.sorted(), false)
  lane.start()
  for (const bytes of stream.diffs) lane.take(bytes)
  return lane.touch()
}

/** One instrument, as the feed holds it, without links, clock or status. */
export class BenchLane implements Lane {
  instrument: Instrument
  readonly changes = new Changes()
  readonly trades = new Trades()
  readonly quote: Quote = { ...emptyTouch(), sequence: NaN, at: NaN }
  readonly liquidations = new Trades()
  readonly reference: Reference = noReference()
  readonly #stream: Stream
  readonly #withSums: boolean
  readonly #book: SidedBook
  readonly #sync: BookSync
  readonly #reader: Reader
  readonly #sums = {} as BandSums
  readonly #best = { bidLots: NaN, askLots: NaN }
  readonly #sink: Sink = {
    lane: (symbol) => (symbol === this.#stream.symbol ? this : undefined),
    book: () => {
      this.#commit()
    },
    trades: nothing,
    quote: nothing,
    liquidations: nothing,
    reference: nothing,
    checksum: nothing,
    doubtful: nothing,
    tradesMissed: nothing,
    missed: nothing
  }
  #applied = 0
  #broken = 0
  /** What was asked must be used, or the compiler may leave the question out. */
  asked = 0

  constructor(stream: Stream, book: SidedBook, withSums: boolean) {
    this.#book = book
    this.#stream = stream
    this.#withSums = withSums
    this.#sync = new BookSync(this.#book, stream.venue.sequence)
    this.#reader = stream.venue.reader()
    this.instrument = stream.venue.catalogue.guess(stream.symbol)
    if (!withSums) return
    for (const bps of bands) book.keepBand(bps)
    for (const count of depths) book.keepLevels(count)
  }

  /** A fresh book from the snapshot. */
  start(): void {
    const { snapshot } = this.#stream.venue
    if (snapshot.kind !== 'rest') throw new Error('the stream has no snapshot of its own')
    const reading = snapshot.read(this.#stream.snapshot, this)
    if (reading === 'off-grid') snapshot.read(this.#stream.snapshot, this)
    this.#sync.snapshot(this.changes)
    this.#applied = 0
    this.#broken = 0
  }

  take(bytes: Buffer): void {
    const reader = this.#reader
    let reading = reader.read(bytes, this.#sink)
    if (reading === 'off-grid') reading = reader.read(bytes, this.#sink)
    if (reading !== 'taken') throw new Error(`${this.#stream.name}: a message was ${reading}`)
  }

  /** A ratio of an engine that lost its way says nothing. */
  check(): void {
    const { bid, ask } = this.#book.touch
    if (this.#applied === 0 || this.#broken > 0 || !(bid < ask))
      throw new Error(`${this.#stream.name}: ${this.#applied} applied, ${this.#broken} gaps, ${bid} / ${ask}`)
  }

  touch(): { readonly bid: number; readonly ask: number } {
    const { bid, ask } = this.#book.touch
    const { decimals, step } = this.instrument.price
    return { bid: (bid * step) / 10 ** decimals, ask: (ask * step) / 10 ** decimals }
  }

  refine(which: 'price' | 'size', text: string): void {
    const refinement = finerGrid(this.instrument[which], text)
    if (!refinement) throw new Error(`no grid holds ${text}`)
    this.instrument = { ...this.instrument, [which]: refinement.grid }
    this.#book.rescale(which === 'price' ? refinement.factor : 1, which === 'size' ? refinement.factor : 1)
  }

  #commit(): void {
    const verdict = this.#sync.diff(this.changes)
    if (verdict === 'applied') this.#applied++
    else if (verdict !== 'stale') this.#broken++
    if (!this.#withSums) return
    for (const bps of bands) this.asked += this.#book.band(bps, this.#sums).bidLots
    for (const count of depths) this.asked += this.#book.levels(count, this.#best).bidLots
  }
}

const nothing = (): void => undefined
