import { tradeFlag } from '../../book/changes'
import { Fields } from '../../scan/fields'
import { readLots, readSignedTicks } from '../../scan/figures'
import type { OffGrid } from '../../scan/off-grid'
import { bytesOfWord, isWord } from '../../scan/plain'
import type { Scanner } from '../../scan/scanner'
import type { Lane } from '../venue'

const fields = new Fields([
  ...(['price', 'amount', 'direction', 'timestamp', 'trade_seq', 'liquidation'] as const),
  ...(['block_trade_id', 'block_rfq_id', 'combo_id', 'combo_trade_id'] as const)
])
const [PRICE, SIZE, DIRECTION] = [fields.index('price'), fields.index('amount'), fields.index('direction')]
const [TIME, SEQUENCE, LIQUIDATION] = [
  fields.index('timestamp'),
  fields.index('trade_seq'),
  fields.index('liquidation')
]
const [BLOCK, BLOCK_QUOTE] = [fields.index('block_trade_id'), fields.index('block_rfq_id')]
const [COMBO, COMBO_TRADE] = [fields.index('combo_id'), fields.index('combo_trade_id')]

const BUY = bytesOfWord('buy')
const SELL = bytesOfWord('sell')
const MAKER = bytesOfWord('M')
const BOTH = bytesOfWord('MT')
const LETTER_N = 0x6e

/** Reads the `data` of a `trades` notification into the lane's trades and liquidations. */
export class TradeMessage {
  /** The trade at hand. */
  #price = NaN
  #size = NaN
  #aggressor: 1 | -1 | 0 = 0
  #at = NaN
  #id = NaN
  #flags = 0
  /** Whose order was closed by force: bit 1 the taker's, bit 2 the maker's. */
  #closed = 0

  /** Fails the scanner on anything unsound. */
  stage(scan: Scanner, lane: Lane, offGrid: OffGrid): void {
    lane.trades.reset()
    lane.liquidations.reset()
    scan.enterArray()
    while (scan.nextItem()) {
      this.#read(scan, lane, offGrid)
      if (this.#aggressor === 0 || Number.isNaN(this.#at)) scan.fail()
      else this.#keep(lane, this.#aggressor)
    }
  }

  #read(scan: Scanner, { instrument }: Lane, offGrid: OffGrid): void {
    this.#price = this.#size = this.#at = this.#id = NaN
    this.#aggressor = this.#flags = this.#closed = 0
    let told = 0
    scan.enterObject()
    while (scan.nextKey()) {
      const field = fields.match(scan)
      if (field === PRICE) {
        this.#price = readSignedTicks(scan, instrument, offGrid)
        told |= 1
      } else if (field === SIZE) {
        this.#size = readLots(scan, instrument, offGrid)
        told |= 2
      } else if (field === TIME) this.#at = scan.whole()
      else if (field === SEQUENCE) this.#id = scan.whole()
      else if (field === DIRECTION) this.#aggressor = sideAt(scan)
      else this.#mark(field, scan)
    }
    if (told !== 3) scan.fail()
  }

  /** Flags, present and not null. */
  #mark(field: number, scan: Scanner): void {
    const isTold = scan.peek() !== LETTER_N
    if (isTold && (field === BLOCK || field === BLOCK_QUOTE)) this.#flags |= tradeFlag.block
    if (isTold && (field === COMBO || field === COMBO_TRADE)) this.#flags |= tradeFlag.combo
    if (isTold && field === LIQUIDATION) {
      this.#flags |= tradeFlag.liquidation
      const { bytes, at } = scan
      this.#closed = isWord(bytes, at, MAKER) ? 2 : isWord(bytes, at, BOTH) ? 3 : 1
    }
    scan.skip()
  }

  /** Only combinations trade at 0 or below; elsewhere such a price settles something and means nothing for the market. */
  #keep({ instrument, trades, liquidations }: Lane, aggressor: 1 | -1): void {
    const isPriced = this.#price > 0 || (instrument.product === 'combo' && !Number.isNaN(this.#price))
    if (!isPriced || !(this.#size > 0)) {
      trades.pass(this.#id)
      return
    }
    trades.push(this.#price, this.#size, aggressor, this.#at, this.#id, this.#flags)
    if (this.#closed & 1)
      liquidations.push(this.#price, this.#size, aggressor, this.#at, this.#id, this.#flags)
    if (this.#closed & 2)
      liquidations.push(this.#price, this.#size, aggressor === 1 ? -1 : 1, this.#at, this.#id, this.#flags)
  }
}

/** Deribit names the side of the taker. */
function sideAt(scan: Scanner): 1 | -1 | 0 {
  scan.peek()
  const { bytes, at } = scan
  const side = isWord(bytes, at, BUY) ? 1 : isWord(bytes, at, SELL) ? -1 : 0
  scan.string()
  return side
}
