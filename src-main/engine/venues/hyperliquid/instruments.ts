import * as v from 'valibot'
import type { Instrument } from '../../../../src-shared/instrument'
import { instrumentId } from '../../../../src-shared/instrument'
import { ticks } from '../../../../src-shared/units'
import type { Listing } from '../../dialects/listing'
import { readEntries, valueAt } from '../../dialects/listing'

const decimals = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8))
const wirePerp = v.object({ name: v.string(), szDecimals: decimals, isDelisted: v.optional(v.boolean()) })
const wireToken = v.object({ name: v.string(), szDecimals: decimals, index: v.number() })
const wirePair = v.object({ name: v.string(), tokens: v.tuple([v.number(), v.number()]) })

/** A price has at most five significant figures and so many decimals less those of the size; whole prices are always allowed. */
const PERP_DECIMALS = 6
const SPOT_DECIMALS = 8

/** Reads the answers to `meta` (perpetuals) and to `spotMeta`, which has tokens too. */
export function readMeta(text: string): Listing {
  let tokens: Tokens | undefined
  const universeOf = (answer: unknown) => {
    const told = valueAt(answer, 'tokens')
    tokens = Array.isArray(told) ? tokensOf(told) : undefined
    return valueAt(answer, 'universe')
  }
  return readEntries(text, universeOf, v.union([wirePair, wirePerp]), (wire) => {
    if (tokens) return 'tokens' in wire ? spotOf(wire, tokens) : undefined
    return 'szDecimals' in wire ? perp(wire.name, wire.szDecimals, wire.isDelisted === true) : undefined
  })
}

type Tokens = ReadonlyMap<number, v.InferOutput<typeof wireToken>>

const tokensOf = (entries: readonly unknown[]): Tokens =>
  new Map(
    entries.flatMap((entry) => {
      const token = v.safeParse(wireToken, entry)
      return token.success ? [[token.output.index, token.output] as const] : []
    })
  )

function spotOf(pair: v.InferOutput<typeof wirePair>, tokens: Tokens): Instrument | undefined {
  const [base, quote] = pair.tokens.map((index) => tokens.get(index))
  return base && quote && spot(pair.name, base.name, quote.name, base.szDecimals)
}

const perp = (symbol: string, sizeDecimals: number, isDelisted: boolean): Instrument => ({
  ...common(symbol, sizeDecimals, PERP_DECIMALS),
  ...{ base: symbol, quote: 'USD', product: 'linear', settle: 'USDC' },
  trading: isDelisted ? 'delisted' : 'trading'
})

const spot = (symbol: string, base: string, quote: string, sizeDecimals: number): Instrument => ({
  ...common(symbol, sizeDecimals, SPOT_DECIMALS),
  ...{ base, quote, product: 'spot', trading: 'trading' }
})

function common(symbol: string, sizeDecimals: number, most: number) {
  const priceDecimals = Math.max(0, most - sizeDecimals)
  return {
    id: instrumentId('hyperliquid', symbol),
    venue: 'hyperliquid',
    symbol,
    price: { decimals: priceDecimals, step: 1 },
    tickSteps: tickSteps(priceDecimals),
    tickSize: ticks(1),
    size: { decimals: sizeDecimals, step: 1 },
    contract: { of: 1, currency: 'base' },
    simulated: false
  } as const
}

/** From 10^n on, five significant figures are steps of 10^(n-4), until steps are whole. */
function tickSteps(priceDecimals: number): { readonly above: number; readonly step: number }[] {
  const steps: { above: number; step: number }[] = []
  for (let n = 5 - priceDecimals; n <= 4; n++)
    steps.push({ above: Number(`1e${n}`), step: Number(`1e${n - 4}`) })
  return steps
}

/** Perpetuals have a bare name; spot pairs are `PURR/USDC` or `@107`, which says nothing of its tokens. On the steps of BTC and of HYPE. */
export function guess(symbol: string): Instrument {
  const [base = symbol, quote] = symbol.split('/')
  if (quote !== undefined) return spot(symbol, base, quote, 2)
  return symbol.startsWith('@') ? spot(symbol, symbol, '?', 2) : perp(symbol, 5, false)
}
