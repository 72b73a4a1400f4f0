import type { Dialect } from '../dialect'
import { binanceCoinmDialect, binanceSpotDialect, binanceUsdmDialect } from './binance'
import { simulatedDialect } from './simulated'

/** Every venue's words, in the order of the venues. */
export const dialects: readonly Dialect[] = [
  simulatedDialect,
  binanceSpotDialect,
  binanceUsdmDialect,
  binanceCoinmDialect
]

export function dialectOf(venue: string): Dialect {
  const dialect = dialects.find((it) => it.venue.spec.id === venue)
  if (!dialect) throw new RangeError(`there is no dialect of ${venue}`)
  return dialect
}
