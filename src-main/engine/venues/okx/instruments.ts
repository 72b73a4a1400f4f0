import * as v from 'valibot'
import type { Instrument, Product, Trading } from '../../../../src-shared/instrument'
import { gridOf, instrumentId } from '../../../../src-shared/instrument'
import { millis, ticks } from '../../../../src-shared/units'
import { instrumentIdSchema } from '../../../../src-shared/watchlist'
import { jsonOf } from '../../dialects/json'
import { shortened } from '../../dialects/words'
import type { Endpoints, Request, TickSteps } from '../venue'
import { nameOf } from './symbol-name'
import { readTickBands } from './tick-bands'

const wireInstrument = v.object({
  instType: v.picklist(['SPOT', 'SWAP', 'FUTURES', 'OPTION']),
  instId: v.string(),
  baseCcy: v.string(),
  quoteCcy: v.string(),
  settleCcy: v.string(),
  uly: v.string(),
  instFamily: v.optional(v.string()),
  ctType: v.string(),
  ctVal: v.string(),
  ctMult: v.string(),
  expTime: v.string(),
  stk: v.string(),
  optType: v.string(),
  tickSz: v.string(),
  lotSz: v.string(),
  state: v.string()
})
type WireInstrument = v.InferOutput<typeof wireInstrument>

const wireAnswer = v.object({
  code: v.string(),
  msg: v.optional(v.string(), ''),
  data: v.optional(v.array(v.unknown()), [])
})

const instrumentsUrl = (rest: string | undefined, query: string): Request => ({
  url: `${rest}/api/v5/public/instruments?${query}`,
  weight: 1
})

/** Options are listed by underlying only, so what underlyings there are is asked for first; and before that the steps of their prices. */
export const requests = ({ rest }: Endpoints): readonly Request[] => [
  ...['SPOT', 'SWAP', 'FUTURES'].map((type) => instrumentsUrl(rest, `instType=${type}`)),
  { url: `${rest}/api/v5/public/instrument-tick-bands?instType=OPTION`, weight: 1, mayFail: true }
]

/** Reads one answer. Entries that cannot be read, or whose names cannot be kept in a watchlist, are left out. */
export function readListing(
  text: string,
  request: Request
):
  | {
      readonly instruments: readonly Instrument[]
      readonly next?: readonly Request[]
      readonly lacks?: string
    }
  | { readonly reason: string } {
  if (request.url.includes('/public/instrument-tick-bands')) return readBands(text, request)
  const json = jsonOf(text)
  if (json === undefined) return { reason: 'the list of instruments is no JSON' }
  const answer = v.safeParse(wireAnswer, json)
  if (!answer.success) return { reason: 'the list of instruments has no entries' }
  const { code, msg, data } = answer.output
  if (code !== '0') return { reason: shortened(`${code} ${msg}`) }
  if (request.url.includes('/public/underlying')) return { instruments: [], next: optionLists(data, request) }
  const instruments: Instrument[] = []
  for (const entry of data) {
    const wire = v.safeParse(wireInstrument, entry)
    const instrument = wire.success ? instrumentOf(wire.output, request.tickSteps) : undefined
    if (instrument) instruments.push(instrument)
  }
  return { instruments }
}

/** Options are listed without the steps, too: finer than the venue's where its prices are high. */
function readBands(text: string, request: Request) {
  const steps = readTickBands(text)
  const next = [underlyings(request, steps ?? new Map())]
  return {
    instruments: [],
    next,
    ...(steps ? {} : { lacks: 'the price steps of options could not be read' })
  }
}

const underlyings = ({ url }: Request, tickSteps: TickSteps): Request => ({
  url: `${new URL(url).origin}/api/v5/public/underlying?instType=OPTION`,
  weight: 1,
  tickSteps
})

function optionLists(data: readonly unknown[], { url, tickSteps }: Request): readonly Request[] {
  const { origin } = new URL(url)
  return data
    .flat()
    .filter((it) => typeof it === 'string')
    .map((uly) => ({
      ...instrumentsUrl(origin, `instType=OPTION&uly=${encodeURIComponent(uly)}`),
      ...(tickSteps && { tickSteps })
    }))
}

function instrumentOf(wire: WireInstrument, tickSteps?: TickSteps): Instrument | undefined {
  const price = gridOf(wire.tickSz)
  const size = gridOf(wire.lotSz)
  const id = instrumentId('okx', wire.instId)
  const product = productOf(wire)
  const option = optionOf(wire)
  const contract = contractOf(wire, product)
  const steps = option && tickSteps?.get(wire.instFamily ?? wire.uly)
  if (!price || !size || !contract || !v.is(instrumentIdSchema, id)) return undefined
  if (product === 'option' && !option) return undefined
  const [base = '', money = ''] = product === 'spot' ? [wire.baseCcy, wire.quoteCcy] : wire.uly.split('-')
  return {
    id,
    venue: 'okx',
    symbol: wire.instId,
    base,
    // An option's price is told in what it is settled in.
    quote: product === 'option' ? wire.settleCcy : money,
    product,
    ...(Number(wire.expTime) > 0 ? { expiresAt: millis(Number(wire.expTime)) } : {}),
    ...(option ? { option } : {}),
    ...(wire.settleCcy === '' ? {} : { settle: wire.settleCcy }),
    ...(steps && steps.length > 0 ? { tickSteps: steps } : {}),
    price,
    tickSize: ticks(1),
    size,
    contract,
    trading: tradingOf(wire.state),
    simulated: false
  }
}

function productOf({ instType, ctType }: WireInstrument): Product {
  if (instType === 'SPOT') return 'spot'
  if (instType === 'OPTION') return 'option'
  return ctType === 'inverse' ? 'inverse' : 'linear'
}

/** Sizes of derivatives are contracts. Undefined where their worth cannot be read. */
function contractOf({ ctVal, ctMult }: WireInstrument, product: Product): Instrument['contract'] | undefined {
  if (product === 'spot') return { of: 1, currency: 'base' }
  // Rounded to 12 digits: 0.1 times 0.1 is 0.01, not 0.010000000000000002.
  const of = Number((Number(ctVal) * (Number(ctMult) || 1)).toPrecision(12))
  if (!(of > 0)) return undefined
  return { of, currency: product === 'inverse' ? 'quote' : 'base' }
}

function optionOf({ instType, stk, optType, uly }: WireInstrument): Instrument['option'] {
  const strike = Number(stk)
  const kind = optType === 'C' ? 'call' : optType === 'P' ? 'put' : undefined
  if (instType !== 'OPTION' || !kind || !(strike > 0)) return undefined
  return { strike, strikeCurrency: uly.split('-')[1] ?? '?', kind }
}

/** Apart from `live` there are `suspend`, `preopen`, `rebase`, `post_only` and `test`. */
export function tradingOf(state: string): Trading {
  if (state === 'live' || state === 'post_only') return 'trading'
  return state === 'expired' ? 'delisted' : 'halted'
}

/** An instrument whose steps nobody told us. What a contract on dollars is worth is a habit; of the others it is not known. */
export function guess(symbol: string): Instrument {
  const name = nameOf(symbol)
  const { product, base } = name
  const of = product === 'spot' ? 1 : product === 'inverse' ? (base === 'BTC' ? 100 : 10) : NaN
  return {
    id: instrumentId('okx', symbol),
    venue: 'okx',
    symbol,
    ...name,
    price: product === 'option' ? { decimals: 4, step: 1 } : { decimals: 1, step: 1 },
    tickSize: ticks(1),
    size: product === 'spot' ? { decimals: 8, step: 1 } : { decimals: 0, step: 1 },
    contract: { of, currency: product === 'inverse' ? 'quote' : 'base' },
    trading: 'trading',
    simulated: false
  }
}
