import * as v from 'valibot'
import type { Grid, Instrument, Product, Trading } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { millis, ticks } from '../../../../src-shared/units'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
import { jsonOf } from '../../dialects/json'
import { plainText } from '../../scan/exponential'
import { nameOf } from './symbol-name'

const positive = v.pipe(v.number(), v.finite(), v.gtValue(0))
const wireInstrument = v.object({
  instrument_name: v.string(),
  kind: v.picklist(['future', 'option', 'spot', 'future_combo', 'option_combo']),
  base_currency: v.string(),
  quote_currency: v.string(),
  counter_currency: v.optional(v.string()),
  settlement_currency: v.optional(v.string()),
  settlement_period: v.optional(v.string()),
  /** Older lists have neither; their futures are all inverse unless quoted in a stable coin. */
  instrument_type: v.optional(v.string()),
  future_type: v.optional(v.string()),
  tick_size: positive,
  tick_size_steps: v.optional(v.array(v.object({ above_price: v.number(), tick_size: positive }))),
  min_trade_amount: positive,
  contract_size: v.optional(positive),
  expiration_timestamp: v.optional(v.number()),
  is_active: v.optional(v.boolean()),
  state: v.optional(v.string()),
  strike: v.optional(v.number()),
  option_type: v.optional(v.picklist(['call', 'put']))
})
type WireInstrument = v.InferOutput<typeof wireInstrument>
const wireAnswer = v.object({ result: v.array(v.unknown()) })

/** Reads an answer of `public/get_instruments`. Entries that cannot be read, or whose names cannot be kept in a watchlist, are left out. */
export function readInstruments(
  text: string
): { readonly instruments: readonly Instrument[] } | { readonly reason: string } {
  const answer = jsonOf(text)
  if (answer === undefined) return { reason: 'the list of instruments is no JSON' }
  const listing = v.safeParse(wireAnswer, answer)
  if (!listing.success) return { reason: 'the list of instruments has no result' }
  const instruments = listing.output.result.flatMap((entry) => {
    const wire = v.safeParse(wireInstrument, entry)
    return wire.success ? (instrumentOf(wire.output) ?? []) : []
  })
  // Of some kinds there may be none at the moment.
  if (instruments.length === 0 && listing.output.result.length > 0)
    return { reason: 'the list of instruments holds none that can be read' }
  return { instruments }
}

/** Perpetuals are listed with an expiry in the year 3000, spot and some combinations with none or 0. */
const NEVER = Date.UTC(2100, 0)

function instrumentOf(wire: WireInstrument): Instrument | undefined {
  const symbol = wire.instrument_name
  const price = stepOf(wire.tick_size)
  const size = stepOf(Math.min(wire.min_trade_amount, wire.contract_size ?? Infinity))
  const id = instrumentId('deribit', symbol)
  if (!price || !size || !v.is(instrumentIdSchema, id)) return undefined
  const expiry = wire.expiration_timestamp ?? 0
  const isDated = wire.kind !== 'spot' && expiry > 0 && expiry < NEVER
  const steps = wire.tick_size_steps ?? []
  const settle = wire.settlement_currency
  const option = optionOf(wire)
  return {
    id,
    venue: 'deribit',
    symbol,
    base: wire.base_currency,
    quote: wire.quote_currency,
    product: productOf(wire),
    ...(isDated ? { expiresAt: millis(expiry) } : {}),
    ...(option ? { option } : {}),
    ...(settle === undefined ? {} : { settle }),
    ...(steps.length === 0
      ? {}
      : { tickSteps: steps.map(({ above_price: above, tick_size: step }) => ({ above, step })) }),
    price,
    tickSize: ticks(1),
    size,
    contract: contractOf(wire),
    trading: tradingOf(wire),
    simulated: false
  }
}

const stepOf = (step: number): Grid | undefined => gridOf(plainText(String(step)))

function productOf(wire: WireInstrument): Product {
  switch (wire.kind) {
    case 'spot':
      return 'spot'
    case 'option':
      return 'option'
    case 'future':
      return isInverse(wire) ? 'inverse' : 'linear'
    case 'future_combo':
    case 'option_combo':
      return 'combo'
    default:
      return wire.kind satisfies never
  }
}

const isInverse = ({ future_type, instrument_type, quote_currency }: WireInstrument): boolean =>
  (future_type ?? instrument_type ?? (quote_currency === 'USD' ? 'reversed' : 'linear')) === 'reversed'

/** Amounts are in USD for inverse futures and their combinations, in coin for everything else, never in contracts. */
const contractOf = (wire: WireInstrument): Instrument['contract'] => ({
  of: 1,
  currency: (wire.kind === 'future' || wire.kind === 'future_combo') && isInverse(wire) ? 'quote' : 'base'
})

function optionOf(wire: WireInstrument): Instrument['option'] {
  const { strike, option_type: kind, counter_currency: counter, quote_currency: quote } = wire
  if (wire.kind !== 'option' || strike === undefined || kind === undefined) return undefined
  // Lists before 2022 name no counter currency: options quoted in coin were all struck in USD.
  return { strike, strikeCurrency: counter ?? (quote === wire.base_currency ? 'USD' : quote), kind }
}

function tradingOf({ state, is_active }: WireInstrument): Trading {
  if (state !== undefined && ['closed', 'delivered', 'terminated', 'archived'].includes(state))
    return 'delisted'
  return is_active === false || (state !== undefined && state !== 'open') ? 'halted' : 'trading'
}

/** An instrument whose steps nobody told us: coarse ones by its kind, refined by what arrives. */
export function guess(symbol: string): Instrument {
  const { isInverse: isUsd, ...name } = nameOf(symbol)
  const isPremium = name.quote === name.base
  return {
    id: instrumentId('deribit', symbol),
    venue: 'deribit',
    symbol,
    ...name,
    price: isPremium ? { decimals: 4, step: 5 } : { decimals: 1, step: 5 },
    tickSize: ticks(1),
    size: isUsd ? { decimals: 0, step: 10 } : { decimals: 1, step: 1 },
    contract: { of: 1, currency: isUsd ? 'quote' : 'base' },
    trading: 'trading',
    simulated: false
  }
}
