import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'

/** Longest first among those that end alike. */
const usualQuotes = [
  ...['FDUSD', 'USDT', 'USDC', 'TUSD', 'BUSD', 'USDP', 'RLUSD', 'USD1', 'USDE', 'EURI', 'IDRT', 'BIDR'],
  ...['BKRW', 'BVND', 'BTC', 'ETH', 'BNB', 'EUR', 'TRY', 'BRL', 'JPY', 'GBP', 'AUD', 'RUB', 'UAH'],
  ...['ZAR', 'PLN', 'RON', 'ARS', 'MXN', 'COP', 'CZK', 'NGN', 'IDR', 'DAI', 'PAX', 'TRX', 'XRP', 'VAI'],
  ...['DOGE', 'DOT', 'SOL', 'USD']
]

export interface SymbolName {
  readonly base: string
  readonly quote: string
  /** Of a dated contract, `_YYMMDD`: Binance delivers at 08:00 UTC. */
  readonly expiresAt?: Millis
}

/** What a Binance symbol says by itself: `BTCUSDT`, `BTCUSDT_260327`, `BTCUSD_PERP`. Without a known ending the quote is `?`. */
export function nameOf(symbol: string, quotes: readonly string[] = usualQuotes): SymbolName {
  const [pair = symbol, contract = ''] = symbol.split('_')
  const quote = quotes.find((ending) => pair.endsWith(ending) && pair.length > ending.length)
  const date = /^(\d\d)(\d\d)(\d\d)$/.exec(contract)
  return {
    base: quote ? pair.slice(0, -quote.length) : pair,
    quote: quote ?? '?',
    ...(date
      ? { expiresAt: millis(Date.UTC(2000 + Number(date[1]), Number(date[2]) - 1, Number(date[3]), 8)) }
      : {})
  }
}
