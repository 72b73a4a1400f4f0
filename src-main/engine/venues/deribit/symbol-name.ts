import type { Instrument, Product } from '../../../../src-shared/instrument'
import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'

export interface SymbolName {
  readonly base: string
  readonly quote: string
  readonly product: Product
  /** Of futures and their combinations: worth USD, paid in coin. */
  readonly isInverse: boolean
  readonly expiresAt?: Millis
  readonly option?: NonNullable<Instrument['option']>
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const HOUR_MS = 3_600_000

/** `26DEC25`: Deribit delivers at 08:00 UTC. */
function dateOf(text: string | undefined): Millis | undefined {
  const match = /^(\d{1,2})([A-Z]{3})(\d\d)$/.exec(text ?? '')
  const month = months.indexOf(match?.[2] ?? '')
  if (!match || month < 0) return undefined
  return millis(Date.UTC(2000 + Number(match[3]), month, Number(match[1])) + 8 * HOUR_MS)
}

/**
 * What a symbol says by itself: `BTC-PERPETUAL`, `BTC_USDC-PERPETUAL`, `BTC-26DEC25`, `BTC-26DEC25-100000-C`, `XRP_USDC-30JUN23-0d5-C`, `BTC_USDC` (spot), and
 * combinations such as `BTC-FS-19MAY26_PERP` or `BTC-CS-19MAY26-70000_75000`. A pair without a quote is settled in coin.
 */
export function nameOf(symbol: string): SymbolName {
  const [pair = symbol, second, strike, kind] = symbol.split('-')
  const [base = pair, linear] = pair.split('_')
  const quote = linear ?? 'USD'
  const isInverse = linear === undefined
  if (second === undefined) return { base, quote, product: 'spot', isInverse: false }
  const product = isInverse ? 'inverse' : 'linear'
  if (second === 'PERPETUAL') return { base, quote, product, isInverse }
  const expiresAt = dateOf(second)
  // Combinations of futures are FS; all others are of options, and priced as those are.
  if (expiresAt === undefined && second === 'FS') return { base, quote, product: 'combo', isInverse }
  const premium = isInverse ? base : quote
  if (expiresAt === undefined) return { base, quote: premium, product: 'combo', isInverse: false }
  if (strike === undefined) return { base, quote, product, isInverse, expiresAt }
  const option = {
    strike: Number(strike.replace('d', '.')),
    strikeCurrency: quote,
    kind: kind === 'P' ? ('put' as const) : ('call' as const)
  }
  return { base, quote: premium, product: 'option', isInverse: false, expiresAt, option }
}
