import { valueOn } from '../../../../src-shared/instrument'
import { tradeFlag } from '../../book/changes'
import { jsonOf } from '../../dialects/json'
import type { Scanner } from '../../scan/scanner'
import type { Lane, Sink } from '../venue'

/**
 * Reads the figures of a derivative, an array by position: 0 time, 3 index, 7 next funding, 11 current funding, 14 mark, 17 open interest (contracts of one unit
 * of base). Those that are null or not there stay as they are.
 */
export function readFigures(scan: Scanner, { reference }: Lane): void {
  scan.enterArray()
  for (let at = 0; scan.nextItem(); at++) {
    const name = positions[at]
    if (!name) scan.skip()
    else {
      const value = scan.figure()
      if (!Number.isNaN(value)) reference[name] = value
    }
  }
}

const positions = {
  ...{ 0: 'at', 3: 'index', 7: 'nextFundingAt', 11: 'funding', 14: 'mark', 17: 'openInterest' }
} as Readonly<
  Record<number, 'at' | 'index' | 'nextFundingAt' | 'funding' | 'mark' | 'openInterest' | undefined>
>

/** `["pos",id,time,null,symbol,amount,base price,null,is a match,is sold into the market,null,price acquired]`. */
export interface Liquidation {
  readonly id: number
  readonly at: number
  readonly symbol: string
  readonly amount: number
  readonly price: number
}

/** Liquidations are rare: read as JSON. Undefined for what is no list of them. Matches of a liquidation told before are left out. */
export function liquidationsIn(text: string): readonly Liquidation[] | undefined {
  const list = jsonOf(text)
  if (list === undefined) return undefined
  if (!Array.isArray(list)) return undefined
  return list.flatMap((entry: unknown) => {
    if (!Array.isArray(entry) || entry[0] !== 'pos' || entry[8] !== 0) return []
    const [, id, at, , symbol, amount, price] = entry as readonly unknown[]
    if (typeof id !== 'number' || typeof at !== 'number' || typeof symbol !== 'string') return []
    if (typeof amount !== 'number' || typeof price !== 'number' || amount === 0 || !(price > 0)) return []
    return [{ id, at, symbol, amount, price }]
  })
}

/** A long position (amount above 0) is closed by selling. Base prices are averages: the nearest tick and lot stand for them. */
export function tellLiquidation({ id, at, amount, price }: Liquidation, lane: Lane, sink: Sink): void {
  const { instrument, liquidations } = lane
  const ticks = Math.round(price / valueOn(instrument.price, 1))
  const lots = Math.round(Math.abs(amount) / valueOn(instrument.size, 1))
  liquidations.reset()
  liquidations.push(ticks, lots, amount > 0 ? -1 : 1, at, id, tradeFlag.liquidation)
  sink.liquidations(lane)
}
