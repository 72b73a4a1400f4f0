import { Levels } from '../../book/changes'
import { Fields } from '../../scan/fields'
import { readLevels } from '../../scan/levels'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import { millis } from '../../../../src-shared/units'
import type { Lane } from '../venue'

const fields = new Fields(['asks', 'bids', 'ts', 'checksum', 'seqId', 'prevSeqId'])
const [ASKS, BIDS, TIME] = [fields.index('asks'), fields.index('bids'), fields.index('ts')]
const [CHECKSUM, LAST, PREVIOUS] = [
  fields.index('checksum'),
  fields.index('seqId'),
  fields.index('prevSeqId')
]
const whole = { decimals: 0, step: 1 } as const

/** The `data` of a book channel: one `{"asks":[..],"bids":[..],"ts":..,"checksum":..,"seqId":..,"prevSeqId":..}` in an array. */
export class BookData {
  readonly #bids = new Levels(8)
  readonly #asks = new Levels(8)

  /** Everything goes straight into the lane's changes but what the frame says elsewhere. */
  read(scan: Scanner, { instrument, changes }: Lane, offGrid: OffGrid): void {
    changes.reset()
    this.#entry(scan, instrument, changes.bids, changes.asks, offGrid)
    changes.at = millis(at)
    changes.first = changes.last = id(last)
    changes.previous = id(previous)
    // 0 stands for "none": the venue stopped summing in 2023.
    changes.checksum = sum === 0 ? NaN : sum
  }

  /** The channel of depth 1. Nothing of the lane is touched before `finishQuote`. */
  readQuote(scan: Scanner, { instrument }: Lane, offGrid: OffGrid): void {
    this.#entry(scan, instrument, this.#bids, this.#asks, offGrid)
  }

  /** Its ids are its channel's own. */
  finishQuote({ quote }: Lane): void {
    const [bids, asks] = [this.#bids, this.#asks]
    quote.bid = bids.count > 0 ? bids.price[0]! : NaN
    quote.bidSize = bids.count > 0 ? bids.size[0]! : NaN
    quote.ask = asks.count > 0 ? asks.price[0]! : NaN
    quote.askSize = asks.count > 0 ? asks.size[0]! : NaN
    quote.sequence = NaN
    quote.at = at
  }

  #entry(scan: Scanner, instrument: Lane['instrument'], bids: Levels, asks: Levels, offGrid: OffGrid): void {
    bids.count = asks.count = 0
    at = sum = last = previous = NaN
    scan.enterArray()
    if (!scan.nextItem()) scan.fail()
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field === ASKS) readLevels(scan, instrument, asks, offGrid)
      else if (field === BIDS) readLevels(scan, instrument, bids, offGrid)
      else if (field === TIME) at = scan.whole()
      else if (field === CHECKSUM) sum = scan.signedDecimal(whole)
      else if (field === LAST) last = scan.signedDecimal(whole)
      else if (field === PREVIOUS) previous = scan.signedDecimal(whole)
      else scan.skip()
    }
    // The venue sends one at a time; of two, the second would be lost.
    if (scan.nextItem() || Number.isNaN(at)) scan.fail()
  }
}

let at = NaN
let sum = NaN
let last = NaN
let previous = NaN

/** A snapshot follows -1, which is no message. */
const id = (n: number): number => (n < 0 ? NaN : n)
