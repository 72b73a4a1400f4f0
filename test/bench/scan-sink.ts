import { Changes, emptyTouch, Trades } from '../../src-main/engine/book/changes'
import { finerGrid } from '../../src-main/engine/feed/finer-grid'
import type { Lane, Quote, Reader, Reference, Sink, Venue } from '../../src-main/engine/venues/venue'
import { noReference } from '../../src-main/engine/venues/venue'
import type { Instrument } from '../../src-shared/instrument'

const nothing = (): void => undefined
const mostReadings = 5

/** Takes what a reader reads into lanes without books, one for every symbol that comes. */
export class ScanSink implements Sink {
  /** Books heard of. */
  books = 0
  readonly trades = nothing
  readonly quote = nothing
  readonly liquidations = nothing
  readonly reference = nothing
  readonly checksum = nothing
  readonly doubtful = nothing
  readonly tradesMissed = nothing
  readonly missed = nothing
  readonly #venue: Venue
  readonly #lanes = new Map<string, ScanLane>()

  constructor(venue: Venue) {
    this.#venue = venue
  }

  book(): void {
    this.books++
  }

  lane(symbol: string): Lane {
    let lane = this.#lanes.get(symbol)
    if (!lane) {
      lane = new ScanLane(this.#venue.catalogue.guess(symbol))
      this.#lanes.set(symbol, lane)
    }
    return lane
  }

  /** By the fast door, else by the ordinary one; false for the latter. */
  take(reader: Reader, bytes: Buffer): boolean {
    for (let n = 0; n < mostReadings; n++) {
      const reading = reader.read(bytes, this)
      if (reading === 'off-grid') continue
      if (reading === 'taken') return true
      break
    }
    reader.decode(bytes.toString())
    return false
  }
}

class ScanLane implements Lane {
  instrument: Instrument
  readonly changes = new Changes()
  readonly trades = new Trades()
  readonly quote: Quote = { ...emptyTouch(), sequence: NaN, at: NaN }
  readonly liquidations = new Trades()
  readonly reference: Reference = noReference()

  constructor(instrument: Instrument) {
    this.instrument = instrument
  }

  refine(which: 'price' | 'size', text: string): void {
    const refinement = finerGrid(this.instrument[which], text)
    if (!refinement) throw new Error(`no grid holds ${text}`)
    this.instrument = { ...this.instrument, [which]: refinement.grid }
  }
}
