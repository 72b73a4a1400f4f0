import * as v from 'valibot'
import type { Grid, Instrument } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis, ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries, valueAt } from '../../dialects/listing'
import { plainText } from '../../scan/exponential'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const wireInstrument = v.object({
  symbol: v.string(),
  /** Indices and other things have no tick and are left out by the shape. */
  type: v.picklist([
    'futures_inverse',
    'perpetual_inverse',
    'futures_vanilla',
    'perpetual_vanilla',
    'flexible_futures'
  ]),
  tickSize: positive,
  contractSize: positive,
  contractValueTradePrecision: v.optional(v.pipe(v.number(), v.integer(), v.minValue(-9), v.maxValue(15))),
  tradeable: v.boolean(),
  isExpired: v.optional(v.boolean()),
  lastTradingTime: v.optional(v.string()),
  base: v.optional(v.string()),
  quote: v.optional(v.string())
})
type WireInstrument = v.InferOutput<typeof wireInstrument>

/** Reads an answer of `instruments`. */
export const readInstruments = (text: string): Listing =>
  readEntries(text, (answer) => valueAt(answer, 'instruments'), wireInstrument, instrumentOf)

function instrumentOf(wire: WireInstrument): Instrument | undefined {
  // Lists of 2021 wrote in lower case what the stream wrote in upper.
  const symbol = /^[a-z\d_]+$/.test(wire.symbol) ? wire.symbol.toUpperCase() : wire.symbol
  const price = gridOf(plainText(String(wire.tickSize)))
  if (!price) return undefined
  const expiresAt = wire.lastTradingTime === undefined ? NaN : Date.parse(wire.lastTradingTime)
  const isInverse = wire.type.endsWith('_inverse')
  const name = nameOf(symbol)
  return {
    id: instrumentId('kraken-futures', symbol),
    venue: 'kraken-futures',
    symbol,
    base: coinOf(wire.base ?? name.base),
    quote: wire.quote ?? name.quote,
    product: isInverse ? 'inverse' : 'linear',
    ...(Number.isNaN(expiresAt) ? {} : { expiresAt: millis(expiresAt) }),
    price,
    tickSize: ticks(1),
    size: sizeGrid(wire.contractValueTradePrecision ?? 0),
    contract: { of: wire.contractSize, currency: isInverse ? 'quote' : 'base' },
    trading: wire.isExpired ? 'delisted' : wire.tradeable ? 'trading' : 'halted',
    simulated: false
  }
}

/** Precision -3 trades in thousands. */
const sizeGrid = (precision: number): Grid => ({
  decimals: Math.max(0, precision),
  step: 10 ** Math.max(0, -precision)
})

const coinOf = (name: string): string => (name === 'XBT' ? 'BTC' : name)

/** `PI_XBTUSD`, `PF_ETHUSD`, `FI_XBTUSD_210924`. */
function nameOf(symbol: string): { base: string; quote: string; expiresAt?: Millis } {
  const [, pair = symbol, day] = symbol.split('_')
  const quote = ['USDT', 'USDC', 'USD', 'EUR', 'GBP'].find((ending) => pair.endsWith(ending)) ?? '?'
  const base = coinOf(quote === '?' ? pair : pair.slice(0, -quote.length))
  const date = /^(\d\d)(\d\d)(\d\d)$/.exec(day ?? '')
  if (!date) return { base, quote }
  // 16:00 in London, an hour earlier by UTC from April to October.
  const month = Number(date[2]) - 1
  const hour = month >= 3 && month <= 9 ? 15 : 16
  return { base, quote, expiresAt: millis(Date.UTC(2000 + Number(date[1]), month, Number(date[3]), hour)) }
}

/** An instrument whose steps nobody told us: coarse ones, refined by what arrives. The letter behind P or F tells the kind: I is inverse. */
export function guess(symbol: string): Instrument {
  const isInverse = symbol[1] === 'I'
  return {
    id: instrumentId('kraken-futures', symbol),
    venue: 'kraken-futures',
    symbol,
    ...nameOf(symbol),
    product: isInverse ? 'inverse' : 'linear',
    price: { decimals: 1, step: 5 },
    tickSize: ticks(1),
    size: { decimals: 0, step: 1 },
    contract: { of: 1, currency: isInverse ? 'quote' : 'base' },
    trading: 'trading',
    simulated: false
  }
}
