import type { Instrument, Product } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'

/** How the venue calls the four kinds of its instruments. */
export type InstrumentType = 'SPOT' | 'SWAP' | 'FUTURES' | 'OPTION'

export const typeOf = (symbol: string): InstrumentType => {
  if (/-\d{6}-[\d.]+-[CP]$/.test(symbol)) return 'OPTION'
  if (symbol.endsWith('-SWAP')) return 'SWAP'
  return /-\d{6}$/.test(symbol) ? 'FUTURES' : 'SPOT'
}

/** The family of a derivative, `BTC-USD` or `BTC-USD_UM`: what its options' figures are subscribed by. */
export const familyOf = (symbol: string): string => symbol.split('-').slice(0, 2).join('-')

/** The index that a derivative follows: `BTC-USD` of `BTC-USD_UM-SWAP`. */
export const indexOf = (symbol: string): string => familyOf(symbol).split('_', 1)[0]!

export type SymbolName = Pick<Instrument, 'base' | 'quote' | 'product' | 'expiresAt' | 'option'>

/** What a symbol says by itself: `BTC-USDT`, `BTC-USD-SWAP`, `BTC-USDT-260327`, `BTC-USD-260327-90000-C`. */
export function nameOf(symbol: string): SymbolName {
  const type = typeOf(symbol)
  const [base = symbol, quote = '?', date = '', strike = '', kind] = symbol.split('-')
  const money = quote.split('_', 1)[0]!
  const expiresAt = type === 'FUTURES' || type === 'OPTION' ? dayOf(date) : undefined
  const dated = expiresAt === undefined ? {} : { expiresAt }
  if (type !== 'OPTION') return { base, quote: money, product: productOf(type, quote), ...dated }
  return {
    base,
    // Quoted and settled in the coin, but for the families that are settled in dollars.
    quote: quote === 'USD' ? base : money,
    product: 'option',
    ...dated,
    option: { strike: Number(strike), strikeCurrency: money, kind: kind === 'C' ? 'call' : 'put' }
  }
}

/** Contracts on plain `USD` are worth dollars and paid in the coin. */
function productOf(type: InstrumentType, quote: string): Product {
  if (type === 'SPOT') return 'spot'
  return quote === 'USD' ? 'inverse' : 'linear'
}

/** OKX delivers at 08:00 UTC. */
function dayOf(text: string): Millis | undefined {
  const date = /^(\d\d)(\d\d)(\d\d)$/.exec(text)
  return date ? millis(Date.UTC(2000 + Number(date[1]), Number(date[2]) - 1, Number(date[3]), 8)) : undefined
}
