import type { Trades } from '../../book/changes'
import { tradeFlag } from '../../book/changes'
import { QUOTE } from '../../scan/bytes'
import { Fields } from '../../scan/fields'
import type { OffGrid } from '../../scan/off-grid'
import type { Scanner } from '../../scan/scanner'
import type { Symbols } from '../../scan/symbols'
import type { Lane, Sink } from '../../venues/venue'
import { tradeId } from './trade-id'

const fields = new Fields(['T', 's', 'S', 'v', 'p', 'i', 'BT', 'RPI'])
const [TIME, SYMBOL, SIDE, SIZE] = [
  fields.index('T'),
  fields.index('s'),
  fields.index('S'),
  fields.index('v')
]
const [PRICE, ID, BLOCK, RPI] = [
  fields.index('p'),
  fields.index('i'),
  fields.index('BT'),
  fields.index('RPI')
]

const sides = new Fields(['Buy', 'Sell'])
const BUY = sides.index('Buy')

/**
 * The `data` of trades and of liquidations: `[{"T":..,"s":..,"S":"Buy","v":"0.1","p":"27000"},...]`. An option's topic brings those of all options of a
 * base currency, so rows are sorted into the lanes that they name.
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

  /** What has been staged in this lane alone. */
  only(lane: Lane): void {
    this.lanes.length = 0
    this.lanes.push(lane)
  }

  read(sink: Sink, which: 'trades' | 'liquidations'): void {
    const scan = this.#scan
    this.lanes.length = 0
    this.offGridLane = undefined
    scan.enterArray()
    while (scan.nextItem()) this.#row(sink, which)
  }

  #row(sink: Sink, which: 'trades' | 'liquidations'): void {
    const scan = this.#scan
    fields.clear()
    fields.collect(scan)
    const behind = scan.at
    const lane = this.#lane(sink)
    if (lane) this.#print(lane, lane[which], which === 'liquidations')
    if (!scan.failed()) scan.at = behind
  }

  #lane(sink: Sink): Lane | undefined {
    const scan = this.#scan
    if (!fields.seek(SYMBOL, scan) || !scan.string()) return undefined
    return sink.lane(this.#symbols.text(scan))
  }

  #print(lane: Lane, into: Trades, isLiquidation: boolean): void {
    if (!this.lanes.includes(lane)) {
      this.lanes.push(lane)
      into.reset()
    }
    const scan = this.#scan
    const price = this.#decimal(PRICE, 'price', lane)
    const size = this.#decimal(SIZE, 'size', lane)
    const at = fields.seek(TIME, scan) ? scan.whole() : NaN
    const side = fields.seek(SIDE, scan) && scan.string() ? sides.match(scan) : -1
    if (side < 0) scan.fail()
    // Of trades the taker's side; of liquidations the side of the position, which an order of the other side closes.
    const aggressor = (side === BUY) === isLiquidation ? -1 : 1
    if (price > 0 && size > 0) into.push(price, size, aggressor, at, this.#id(), this.#flags(isLiquidation))
  }

  #flags(isLiquidation: boolean): number {
    if (isLiquidation) return tradeFlag.liquidation
    return (this.#isTrue(BLOCK) ? tradeFlag.block : 0) | (this.#isTrue(RPI) ? tradeFlag.rpi : 0)
  }

  #isTrue(field: number): boolean {
    return fields.has(field) && fields.seek(field, this.#scan) && this.#scan.boolean()
  }

  #id(): number {
    const scan = this.#scan
    if (!fields.has(ID) || !fields.seek(ID, scan) || scan.peek() !== QUOTE || !scan.string()) return NaN
    return tradeId(scan.bytes, scan.from - 1)
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
