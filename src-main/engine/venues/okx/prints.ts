import type { Trades } from '../../book/changes'
import { tradeFlag } from '../../book/changes'
import { Fields } from '../../scan/fields'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../venue'

const fields = new Fields([
  'instId',
  'tradeId',
  'px',
  'bkPx',
  'sz',
  'side',
  'ts',
  'source',
  'details',
  'count'
])
const [SYMBOL, ID, PRICE] = [fields.index('instId'), fields.index('tradeId'), fields.index('px')]
const [BANKRUPTCY, SIZE, SIDE] = [fields.index('bkPx'), fields.index('sz'), fields.index('side')]
const [TIME, SOURCE, DETAILS] = [fields.index('ts'), fields.index('source'), fields.index('details')]
const COUNT = fields.index('count')

const sides = new Fields(['buy', 'sell'])
const BUY = sides.index('buy')

/**
 * The `data` of trades, `[{"instId":..,"tradeId":..,"px":..,"sz":..,"side":..,"ts":..},...]`, and of liquidations, whose rows hold theirs in `details`. Rows are
 * sorted into the lanes that they name: liquidations come for all instruments of a type.
 */
export class Prints {
  /** Lanes with rows, in the order of their first. */
  readonly lanes: Lane[] = []
  /** The lane whose grids `offGrid` is about: one is refined at a time. */
  offGridLane: Lane | undefined
  readonly #scan: Scanner
  readonly #symbols: Symbols
  readonly #offGrid: OffGrid

  constructor(scan: Scanner, symbols: Symbols, offGrid: OffGrid) {
    this.#scan = scan
    this.#symbols = symbols
    this.#offGrid = offGrid
  }

  readTrades(sink: Sink): void {
    const scan = this.#begin()
    while (scan.nextItem()) {
      const behind = this.#row()
      const lane = this.#lane(sink)
      if (lane) this.#print(lane, this.#into(lane, 'trades'), PRICE, 0)
      if (!scan.failed()) scan.at = behind
    }
  }

  readLiquidations(sink: Sink): void {
    const scan = this.#begin()
    while (scan.nextItem()) {
      const behind = this.#row()
      const lane = this.#lane(sink)
      if (lane && fields.seek(DETAILS, scan)) this.#details(lane)
      if (!scan.failed()) scan.at = behind
    }
  }

  #details(lane: Lane): void {
    const scan = this.#scan
    const into = this.#into(lane, 'liquidations')
    scan.enterArray()
    while (scan.nextItem()) {
      const behind = this.#row()
      this.#print(lane, into, BANKRUPTCY, tradeFlag.liquidation)
      if (!scan.failed()) scan.at = behind
    }
  }

  #begin(): Scanner {
    this.lanes.length = 0
    this.offGridLane = undefined
    this.#scan.enterArray()
    return this.#scan
  }

  /** Notes where a row's values are; answers where it ends. */
  #row(): number {
    const scan = this.#scan
    fields.clear()
    fields.collect(scan)
    return scan.at
  }

  #lane(sink: Sink): Lane | undefined {
    const scan = this.#scan
    if (!fields.seek(SYMBOL, scan) || !scan.string()) return undefined
    return sink.lane(this.#symbols.text(scan))
  }

  #into(lane: Lane, which: 'trades' | 'liquidations'): Trades {
    if (this.lanes.includes(lane)) return lane[which]
    this.lanes.push(lane)
    return lane[which].reset()
  }

  /** `side` is the taker's; of a liquidation, that of the order that closes the position. */
  #print(lane: Lane, into: Trades, priceField: number, flags: number): void {
    const scan = this.#scan
    const price = this.#decimal(priceField, 'price', lane)
    const size = this.#decimal(SIZE, 'size', lane)
    const at = fields.seek(TIME, scan) ? scan.whole() : NaN
    const side = fields.seek(SIDE, scan) && scan.string() ? sides.match(scan) : -1
    if (side < 0) scan.fail()
    const id = fields.has(ID) && fields.seek(ID, scan) ? scan.whole() : NaN
    const isRetail = fields.has(SOURCE) && fields.seek(SOURCE, scan) && scan.whole() === 1
    const sums = fields.has(COUNT) && fields.seek(COUNT, scan) ? scan.whole() : 1
    if (price > 0 && size > 0)
      into.push(price, size, side === BUY ? 1 : -1, at, id, isRetail ? flags | tradeFlag.rpi : flags, sums)
  }

  #decimal(field: number, which: 'price' | 'size', lane: Lane): number {
    const scan = this.#scan
    const n = fields.seek(field, scan) ? scan.decimal(lane.instrument[which]) : NaN
    if (!Number.isNaN(n) || scan.failed()) return n
    this.offGridLane ??= lane
    if (lane === this.offGridLane) this.#offGrid.note(which, scan)
    return n
  }
}
