import type { Instrument, InstrumentId } from '../../../../src-shared/instrument'
import { valueOn, venueOf } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'
import type { Book, Side } from '../../book/book'
import type { Changes, Levels, Trades } from '../../book/changes'
import type { FeedListener } from '../../feed/listener'
import { TapeFeed } from '../../replay/tape-feed'
import { VirtualClock } from '../../replay/virtual-clock'
import type { Venue } from '../../venues/venue'
import { readBookState } from '../keyframe'
import type { TapeEntry, TapeReader } from '../tape-reader'
import type { UniformEvent } from '../uniform/event'
import { readEvent } from '../uniform/event'
import { uniformScheme } from '../uniform/uniform-venue'

type Level = Extract<UniformEvent, { k: 'book' }>['levels'][number]
type Traded = Extract<UniformEvent, { k: 'trade' | 'liquidation' }>

export interface Wanted {
  readonly from: number
  readonly to: number
  readonly instruments: ReadonlySet<InstrumentId>
}

/**
 * What a stretch of tape says, block by block, as uniform events: what was imported as it was, what was heard through the same readers and books as live.
 * Only books that are known are told; after a loss comes a snapshot.
 */
export async function* eventsOf(
  tape: TapeReader,
  venues: readonly Venue[],
  { from, to, instruments }: Wanted,
  damaged: (words: string) => void
): AsyncGenerator<{ readonly events: readonly UniformEvent[]; readonly at: Millis }> {
  const clock = new VirtualClock(tape.from)
  const heard = new Heard()
  const feed = new TapeFeed({ clock, listener: heard, venues, instruments: new Set(tape.instruments) })
  feed.watch(instruments)
  /** Whose frames are told as they are: their keyframes say nothing new. */
  const asTheyAre = new Set<string>()
  for await (const block of tape.blocks(from, to, damaged)) {
    let at = clock.now()
    const events: UniformEvent[] = []
    for (const entry of block) {
      if (entry.at > to) break
      at = entry.at
      heard.events = entry.at >= from ? events : []
      if (entry.stream?.url.startsWith(uniformScheme)) {
        asTheyAre.add(entry.stream.venue)
        if (entry.kind === 'rx') takeUniform(entry, instruments, heard.events)
      } else if (entry.kind !== 'book' || !asTheyAre.has(venueIn(entry))) {
        clock.advance(entry.at)
        feed.take(entry)
      }
    }
    yield { events, at }
  }
}

const venueIn = ({ bytes }: TapeEntry): string => venueOf(readBookState(bytes)?.instrument ?? ':')

function takeUniform(entry: TapeEntry, wanted: ReadonlySet<InstrumentId>, into: UniformEvent[]): void {
  const event = readEvent(entry.bytes)
  if (event && wanted.has(event.i)) into.push(event)
}

/** Writes down what a feed tells. */
class Heard implements FeedListener {
  events: UniformEvent[] = []
  readonly #instruments = new Map<InstrumentId, Instrument>()
  /** Whose book has been told whole. */
  readonly #told = new Set<InstrumentId>()

  onBook(id: InstrumentId, book: Book, changes: Changes, at: Millis): void {
    const instrument = this.#instruments.get(id)
    if (!instrument) return
    const isWhole = changes.isSnapshot || !this.#told.has(id)
    this.#told.add(id)
    const levels = isWhole
      ? [...levelsOf('bid', book.bids, instrument), ...levelsOf('ask', book.asks, instrument)]
      : [...changesOf('bid', changes.bids, instrument), ...changesOf('ask', changes.asks, instrument)]
    if (levels.length > 0)
      this.events.push({ k: 'book', i: id, at: micros(changes.at), t: micros(at), snapshot: isWhole, levels })
  }

  onTrades(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#traded('trade', id, trades, at)
  }

  onLiquidations(id: InstrumentId, trades: Trades, at: Millis): void {
    this.#traded('liquidation', id, trades, at)
  }

  onQuote: FeedListener['onQuote'] = (id, quote, at) => {
    const instrument = this.#instruments.get(id)
    if (!instrument) return
    const [price, size] = [textOn(instrument, 'price'), textOn(instrument, 'size')]
    const best = {
      ask: price(quote.ask),
      askSize: size(quote.askSize),
      bid: price(quote.bid),
      bidSize: size(quote.bidSize)
    }
    this.events.push({ k: 'quote', i: id, at: micros(quote.at), t: micros(at), ...best })
  }

  /** A row cannot say that what was told holds no more. */
  onReference: FeedListener['onReference'] = (id, reference, at, lapsed) => {
    if (lapsed) return
    const text = (value: number) => (Number.isFinite(value) ? String(value) : '')
    const { funding, openInterest, index, mark, nextFundingAt } = reference
    this.events.push({
      ...{ k: 'reference', i: id, at: micros(reference.at), t: micros(at), fundingAt: micros(nextFundingAt) },
      ...{ funding: text(funding), predicted: '', openInterest: text(openInterest), last: '' },
      ...{ index: text(index), mark: text(mark) }
    })
  }

  onGap(id: InstrumentId): void {
    this.#told.delete(id)
  }

  onTradesLost(): void {
    // A row cannot say what is missing; the tape does.
  }

  onStatus(): void {
    // Only what a book held is told.
  }

  onRescale(id: InstrumentId, instrument: Instrument): void {
    this.#instruments.set(id, instrument)
  }

  onInstruments(list: readonly Instrument[]): void {
    for (const instrument of list) this.#instruments.set(instrument.id, instrument)
  }

  #traded(k: Traded['k'], i: InstrumentId, trades: Trades, at: Millis): void {
    const instrument = this.#instruments.get(i)
    if (!instrument) return
    const [price, size] = [textOn(instrument, 'price'), textOn(instrument, 'size')]
    for (let row = 0; row < trades.count; row++) {
      const id = trades.id[row]!
      this.events.push({
        ...{ k, i, at: micros(trades.at[row]!), t: micros(at), id: Number.isNaN(id) ? '' : String(id) },
        side: trades.aggressor[row]! > 0 ? 'buy' : 'sell',
        ...{ price: price(trades.price[row]!), size: size(trades.size[row]!) }
      })
    }
  }
}

function levelsOf(side: Level[0], levels: Side, instrument: Instrument): Level[] {
  const [price, size] = [textOn(instrument, 'price'), textOn(instrument, 'size')]
  return Array.from({ length: levels.count }, (_, rank): Level => [
    side,
    price(levels.price(rank)),
    size(levels.size(rank))
  ])
}

function changesOf(side: Level[0], levels: Levels, instrument: Instrument): Level[] {
  const [price, size] = [textOn(instrument, 'price'), textOn(instrument, 'size')]
  return Array.from({ length: levels.count }, (_, row): Level => [
    side,
    price(levels.price[row]!),
    size(levels.size[row]!)
  ])
}

/** A number on a grid in the fewest digits that name it; empty where there is none. */
const textOn =
  (instrument: Instrument, which: 'price' | 'size') =>
  (n: number): string => {
    const grid = instrument[which]
    // Never 1e-7: others read these numbers too.
    return Number.isFinite(n)
      ? valueOn(grid, n)
          .toFixed(grid.decimals)
          .replace(/(\.\d*?)0+$/, '$1')
          .replace(/\.$/, '')
      : ''
  }

const micros = (at: number): string => (Number.isFinite(at) ? String(Math.round(millis(at) * 1_000)) : '')
