import { Levels } from '../../book/changes'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import { millis } from '../../../../src-shared/units'
import type { Lane } from '../../venues/venue'
import { ExpectedKeys } from '../expected-keys'
import { pastRows, pastString, pastWhole } from '../own-form'

const fields = new Fields(['b', 'a', 'u'])
const [BIDS, ASKS, UPDATE] = [fields.index('b'), fields.index('a'), fields.index('u')]
/** The same, and those that are passed. */
const keys = new ExpectedKeys(['b', 'a', 'u', 's', 'seq'])
const NAME = 3
const number = new Float64Array(1)

/** The `data` of an order book message: `{"s":..,"b":[..],"a":[..],"u":..,"seq":..}`. */
export class BookData {
  /** Of the data read last; NaN where it had none. */
  update = NaN
  readonly #best = { bids: new Levels(8), asks: new Levels(8) }

  /** Levels go straight into the lane's changes, whose other fields `finish` fills once the frame has been found sound. */
  read(scan: Scanner, { instrument, changes }: Lane, offGrid: OffGrid): void {
    changes.reset()
    this.#sides(scan, instrument, changes.bids, changes.asks, offGrid)
  }

  finish({ changes }: Lane, isSnapshot: boolean, depth: number, at: number): void {
    // The service has restarted: what it sends as number 1 is the whole book, whatever it is called.
    changes.isSnapshot = isSnapshot || this.update === 1
    changes.complete = changes.isSnapshot
    changes.first = changes.last = this.update
    changes.window = depth
    changes.at = millis(at)
  }

  /** The topic of depth 1. Nothing of the lane is touched before `finishQuote`. */
  readQuote(scan: Scanner, { instrument }: Lane, offGrid: OffGrid): void {
    this.#sides(scan, instrument, this.#best.bids, this.#best.asks, offGrid)
  }

  /**
   * As `read` or `readQuote`, in one pass over exactly a form that the venue sends.
   * @returns behind the data; -1 for every other form, which is then read from the beginning
   */
  readOwn(scan: Scanner, from: number, { instrument, changes }: Lane, isQuote: boolean): number {
    const { bytes } = scan
    if (!isQuote) changes.reset()
    const { bids, asks } = isQuote ? this.#best : changes
    bids.count = asks.count = 0
    let at = from
    for (let key = keys.first(bytes, at); key >= 0; key = keys.next(bytes, at)) {
      at = keys.value
      if (key === BIDS) at = pastRows(scan, at, instrument, 0, 1, bids)
      else if (key === ASKS) at = pastRows(scan, at, instrument, 0, 1, asks)
      else if (key === NAME) at = pastString(bytes, at)
      else if ((at = pastWhole(bytes, at, number, 0)) > 0 && key === UPDATE) this.update = number[0]!
    }
    return keys.told & (1 << UPDATE) ? keys.end : -1
  }

  /** Since 2024 all are snapshots; earlier captures have deltas, which remove the level they replace. `u` counts another topic than the book's. */
  finishQuote({ quote }: Lane, isSnapshot: boolean, at: number): void {
    const bid = best(this.#best.bids, isSnapshot ? NaN : quote.bid, quote.bidSize)
    quote.bid = bid
    quote.bidSize = bestSize
    const ask = best(this.#best.asks, isSnapshot ? NaN : quote.ask, quote.askSize)
    quote.ask = ask
    quote.askSize = bestSize
    quote.sequence = NaN
    quote.at = at
  }

  #sides(scan: Scanner, instrument: Lane['instrument'], bids: Levels, asks: Levels, offGrid: OffGrid): void {
    fields.clear()
    bids.count = asks.count = 0
    this.update = NaN
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field === BIDS) readLevels(scan, instrument, bids, offGrid)
      else if (field === ASKS) readLevels(scan, instrument, asks, offGrid)
      else if (field === UPDATE) this.update = scan.whole()
      else scan.skip()
    }
    if (Number.isNaN(this.update)) scan.fail()
  }
}

/** The size that goes with the price `best` answered last. */
let bestSize = NaN

function best({ price, size, count }: Levels, known: number, knownSize: number): number {
  let bestPrice = known
  bestSize = Number.isNaN(known) ? NaN : knownSize
  for (let row = 0; row < count; row++) {
    if (size[row]! > 0) {
      bestPrice = price[row]!
      bestSize = size[row]!
    } else if (price[row] === bestPrice) bestPrice = bestSize = NaN
  }
  return bestPrice
}
