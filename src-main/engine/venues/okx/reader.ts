import { Fields } from '../../scan/fields'
import { OffGrid } from '../../scan/off-grid'
import { Scanner } from '../../scan/scanner'
import { Symbols } from '../../scan/symbols'
import type { Lane, Reader, Reading, Sink, VenueEvent } from '../venue'
import { BookData } from './book-data'
import type { Channel } from './channels'
import { channels } from './channels'
import { Notices } from './notices'
import { Prints } from './prints'
import { References } from './references'
import { readTrade } from './trade'
import { readUpdate } from './update'

const fields = new Fields(['arg', 'action', 'data', 'channel', 'instId'])
const [ARGUMENT, ACTION, DATA] = [fields.index('arg'), fields.index('action'), fields.index('data')]
const [CHANNEL, SYMBOL] = [fields.index('channel'), fields.index('instId')]
const actions = new Fields(['snapshot', 'update'])
const SNAPSHOT = actions.index('snapshot')

/**
 * Reads the market messages `{"arg":{"channel":"books","instId":..},"action":..,"data":[..]}`, whatever the order of their keys. Everything of a message is staged in
 * its lane; the sink hears of it when the last byte has been found sound. Of its line it remembers which indices are followed, and what was closed.
 */
export class OkxReader implements Reader {
  readonly #scan = new Scanner()
  readonly #symbols = new Symbols()
  readonly #offGrid = new OffGrid()
  readonly #book = new BookData()
  readonly #prints = new Prints(this.#scan, this.#symbols, this.#offGrid)
  readonly #references = new References(this.#scan, this.#symbols)
  readonly #notices = new Notices()
  #channel: Channel | undefined
  #symbol: string | undefined
  #lane: Lane | undefined

  decode(text: string): readonly VenueEvent[] {
    return this.#notices.decode(text)
  }

  read(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    const updated = readUpdate(scan, this.#symbols, sink)
    if (updated) {
      sink.book(updated)
      return 'taken'
    }
    const traded = readTrade(scan, this.#symbols, sink)
    if (!traded) return this.#readAny(bytes, sink)
    sink.trades(traded)
    return 'taken'
  }

  #readAny(bytes: Uint8Array, sink: Sink): Reading {
    const scan = this.#scan.load(bytes)
    fields.clear()
    this.#offGrid.clear()
    this.#prints.offGridLane = undefined
    this.#channel = undefined
    this.#symbol = undefined
    this.#lane = undefined
    if (scan.peek() !== 0x7b) return 'ordinary'
    const channel = this.#walk(sink)
    if (scan.failed() || !scan.atEnd()) return 'malformed'
    if (!channel || !fields.has(DATA)) return 'ordinary'
    this.#lane ??= this.#watched(channel, sink)
    return this.#take(channel, this.#lane, sink)
  }

  #walk(sink: Sink): Channel | undefined {
    const scan = this.#scan
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field >= 0) fields.note(field, scan)
      if (field === ARGUMENT && scan.peek() === 0x7b) this.#argument()
      else if (field === DATA) this.#books(sink)
      else scan.skip()
    }
    return this.#channel
  }

  #argument(): void {
    const scan = this.#scan
    // Named again, and the levels that were read went to another.
    if (fields.isDone(DATA)) scan.fail()
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      const isText = scan.peek() === 0x22
      if (field === CHANNEL && isText && scan.string()) this.#channel = channels.get(this.#symbols.text(scan))
      else if (field === SYMBOL && isText && scan.string()) this.#symbol = this.#symbols.text(scan)
      else scan.skip()
    }
  }

  /** Books are read on the way, other data once the frame has been found sound. */
  #books(sink: Sink): void {
    if (this.#channel?.kind === 'book') this.#lane = this.#watched(this.#channel, sink)
    if (!this.#lane) {
      this.#scan.skip()
      return
    }
    this.#book.read(this.#scan, this.#lane, this.#offGrid)
    fields.done(DATA)
  }

  /** Rows of the other channels name their instruments themselves. */
  #watched({ kind }: Channel, sink: Sink): Lane | undefined {
    const isNamed = kind === 'book' || kind === 'quote'
    return isNamed && this.#symbol !== undefined ? sink.lane(this.#symbol) : undefined
  }

  #take({ kind, window }: Channel, lane: Lane | undefined, sink: Sink): Reading {
    const isSnapshot = kind === 'book' && this.#isSnapshot()
    if ((kind === 'book' || kind === 'quote') && !lane) return this.#scan.failed() ? 'malformed' : 'taken'
    if (!fields.isDone(DATA)) this.#data(kind, lane, sink)
    if (this.#scan.failed()) return 'malformed'
    if (this.#offGrid.any) {
      const refined = this.#prints.offGridLane ?? lane
      if (refined) this.#offGrid.refine(refined)
      return 'off-grid'
    }
    if (kind === 'book' && lane) {
      lane.changes.isSnapshot = lane.changes.complete = isSnapshot
      lane.changes.window = window
    }
    this.#handOver(kind, lane, sink)
    return 'taken'
  }

  /** Reads what the walk has not read on its way. */
  #data(kind: Channel['kind'], lane: Lane | undefined, sink: Sink): void {
    const scan = this.#scan
    if (!fields.seek(DATA, scan)) return
    if (kind === 'trades') this.#prints.readTrades(sink)
    else if (kind === 'liquidations') this.#prints.readLiquidations(sink)
    else if (kind === 'reference' || kind === 'index') this.#references.read(sink, kind === 'index', false)
    else if (lane && kind === 'book') this.#book.read(scan, lane, this.#offGrid)
    else if (lane) this.#book.readQuote(scan, lane, this.#offGrid)
  }

  #handOver(kind: Channel['kind'], lane: Lane | undefined, sink: Sink): void {
    if (kind === 'book' && lane) sink.book(lane)
    else if (kind === 'quote' && lane) {
      this.#book.finishQuote(lane)
      sink.quote(lane)
    } else if (kind === 'trades') for (const it of this.#prints.lanes) sink.trades(it)
    else if (kind === 'liquidations') for (const it of this.#prints.lanes) sink.liquidations(it)
    else if (fields.seek(DATA, this.#scan)) this.#references.read(sink, kind === 'index', true)
  }

  #isSnapshot(): boolean {
    const scan = this.#scan
    const action = fields.seek(ACTION, scan) && scan.string() ? actions.match(scan) : -1
    if (action < 0) scan.fail()
    return action === SNAPSHOT
  }
}
