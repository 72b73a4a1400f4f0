import * as v from 'valibot'
import type { Grid, Instrument, Trading } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries, valueAt } from '../../dialects/listing'

const decimals = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15))
const wirePair = v.object({
  wsname: v.string(),
  pair_decimals: decimals,
  lot_decimals: decimals,
  /** Missing in older lists, whose step was one of the last decimal. */
  tick_size: v.optional(v.string()),
  status: v.optional(v.string())
})
type WirePair = v.InferOutput<typeof wirePair>

/** Protocol v2 says BTC and DOGE where the list still says XBT and XDG. */
const today: ReadonlyMap<string, string> = new Map([
  ['XBT', 'BTC'],
  ['XDG', 'DOGE']
])

/** Reads an answer of `AssetPairs`. */
export const readPairs = (text: string): Listing => readEntries(text, entriesOf, wirePair, instrumentOf)

/** The list is an object, by names of the venue's inside. */
function entriesOf(answer: unknown): unknown {
  const result = valueAt(answer, 'result')
  return typeof result === 'object' && result !== null
    ? Object.values(result as Record<string, unknown>)
    : undefined
}

function instrumentOf(wire: WirePair): Instrument | undefined {
  const [base, quote] = wire.wsname.split('/').map((name) => today.get(name) ?? name)
  if (!base || !quote) return undefined
  const symbol = `${base}/${quote}`
  return {
    id: instrumentId('kraken', symbol),
    venue: 'kraken',
    symbol,
    base,
    quote,
    product: 'spot',
    price: gridWith(wire.pair_decimals, wire.tick_size),
    tickSize: ticks(1),
    size: gridWith(wire.lot_decimals),
    contract: { of: 1, currency: 'base' },
    trading: tradingOf(wire.status),
    simulated: false
  }
}

/** A grid of exactly so many decimals, as the checksum wants, whatever zeros its step ends with. */
function gridWith(precision: number, step = ''): Grid {
  const told = gridOf(step)
  if (!told || told.decimals > precision) return told ?? { decimals: precision, step: 1 }
  return { decimals: precision, step: told.step * 10 ** (precision - told.decimals) }
}

function tradingOf(status = 'online'): Trading {
  if (status === 'delisted') return 'delisted'
  return status === 'maintenance' || status === 'work_in_progress' ? 'halted' : 'trading'
}

/** A pair whose steps nobody told us: coarse ones, refined to the precision with which the venue writes. */
export function guess(symbol: string): Instrument {
  const [base = symbol, quote = '?'] = symbol.split('/')
  return {
    id: instrumentId('kraken', symbol),
    venue: 'kraken',
    symbol,
    base,
    quote,
    product: 'spot',
    price: { decimals: 0, step: 1 },
    tickSize: ticks(1),
    size: { decimals: 0, step: 1 },
    contract: { of: 1, currency: 'base' },
    trading: 'trading',
    simulated: false
  }
}
