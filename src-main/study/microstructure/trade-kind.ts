import type { TapeFrame } from '../../engine/tape/line'
import { eventOf } from '../capture/event-of'

/** A trade message as the venue wrote it: every trade or those of one order added up, and whether it is one of the market's. */
export interface TradeKind {
  readonly event: 'trade' | 'aggTrade'
  readonly symbol: unknown
  /** False for what settles liquidations (`X` other than `MARKET`) and for what has no size. */
  readonly isMarket: boolean
}

/** Undefined for what is no trade. */
export function tradeKind({ kind, bytes }: TapeFrame): TradeKind | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (kind !== 'rx' || !(text.includes('"trade"') || text.includes('"aggTrade"'))) return undefined
  const trade = eventOf(bytes)
  if (trade?.['e'] !== 'trade' && trade?.['e'] !== 'aggTrade') return undefined
  const { e: event, s: symbol, X: cause = 'MARKET', q: size } = trade
  return { event, symbol, isMarket: cause === 'MARKET' && Number(size) !== 0 }
}
