import type { Instrument } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'

/** Longest first among those that end alike. */
const quotes = [
  ...['USDT', 'USDC', 'USDE', 'USDQ', 'USDR', 'USD1', 'RLUSD', 'XUSD', 'MNT', 'BTC', 'ETH', 'SOL', 'DAI'],
  ...['EUR', 'BRZ', 'BRL', 'TRY', 'PLN', 'USD']
]
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']

export type SymbolName = Pick<Instrument, 'base' | 'quote' | 'expiresAt' | 'option'>

/** What a symbol says by itself: `BTCUSDT`, `BTCPERP`, `BTCUSDT-26SEP25`, `BTC-26SEP25`, `BTCUSDU23`, `BTC-28APR23-29500-C`. */
export function nameOf(symbol: string): SymbolName {
  const [pair = symbol, date, strike, kind, settled] = symbol.split('-')
  const expiresAt = date === undefined ? undefined : dayOf(date)
  if (expiresAt !== undefined && Number(strike) > 0 && (kind === 'C' || kind === 'P')) {
    const quote = settled ?? 'USDC'
    const option = {
      strike: Number(strike),
      strikeCurrency: quote,
      kind: kind === 'C' ? 'call' : 'put'
    } as const
    return { base: pair, quote, expiresAt, option }
  }
  // `BTC-26SEP25` and `BTCPERP` are settled in USDC.
  if (expiresAt !== undefined && !quoteOf(pair)) return { base: pair, quote: 'USDC', expiresAt }
  if (pair.endsWith('PERP')) return { base: pair.slice(0, -4), quote: 'USDC' }
  const quarter = /^(\w+USD)[HMUZ]\d\d$/.exec(pair)?.[1] ?? pair
  const quote = quoteOf(quarter)
  return {
    base: quote === undefined ? pair : quarter.slice(0, -quote.length),
    quote: quote ?? '?',
    ...(expiresAt === undefined ? {} : { expiresAt })
  }
}

const quoteOf = (pair: string): string | undefined =>
  quotes.find((ending) => pair.endsWith(ending) && pair.length > ending.length)

/** Bybit delivers at 08:00 UTC. */
function dayOf(text: string): Millis | undefined {
  const match = /^(\d{1,2})([A-Z]{3})(\d\d)$/.exec(text)
  const month = months.indexOf(match?.[2] ?? '')
  if (!match || month < 0) return undefined
  return millis(Date.UTC(2000 + Number(match[3]), month, Number(match[1]), 8))
}
