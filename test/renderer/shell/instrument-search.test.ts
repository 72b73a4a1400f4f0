import { describe, expect, it } from 'vitest'
import { InstrumentSearch } from '../../../src-renderer/shell/instrument-search'
import type { Instrument } from '../../../src-shared/instrument'
import { perpetual } from '../../support/fake-desk.svelte'

const spot = (symbol: string, base: string, quote: string): Instrument => ({
  ...perpetual('binance-spot', symbol),
  base,
  quote,
  product: 'spot'
})
const search = new InstrumentSearch(
  [
    spot('BTCEUR', 'BTC', 'EUR'),
    spot('BTCUSDT', 'BTC', 'USDT'),
    spot('ETHBTC', 'ETH', 'BTC'),
    perpetual('binance-usdm', 'BTCUSDT'),
    perpetual('binance-usdm', 'ETHUSDT'),
    perpetual('sim', 'BTC-PERP')
  ],
  (venue) => venue
)
const ids = (words: string) => search.find(words).map(({ id }) => id)

describe('the instrument search', () => {
  it('finds the joined form', () => {
    expect(ids('btcusdt').slice(0, 2)).toEqual(['binance-usdm:BTCUSDT', 'binance-spot:BTCUSDT'])
  })
  it('finds a pair by its base and its kind, in any order', () => {
    expect(ids('btc perp')).toEqual(ids('perp btc'))
    expect(ids('btc perp')).toContain('binance-usdm:BTCUSDT')
    expect(ids('btc perp')).toContain('sim:BTC-PERP')
    expect(ids('btc perp')).not.toContain('binance-spot:BTCUSDT')
  })
  it('puts the base before the pairs that are only quoted in it', () => {
    expect(ids('btc').at(-1)).toBe('binance-spot:ETHBTC')
  })
  it('tells calls from puts', () => {
    const option = (symbol: string, kind: 'call' | 'put'): Instrument => ({
      ...spot(symbol, 'BTC', 'USDC'),
      product: 'option',
      option: { strike: 90_000, strikeCurrency: 'USD', kind }
    })
    const options = new InstrumentSearch([option('B-90000-1', 'call'), option('B-90000-2', 'put')], () => '')
    expect(options.find('btc 90000 call').map(({ symbol }) => symbol)).toEqual(['B-90000-1'])
    expect(options.find('put 90000').map(({ symbol }) => symbol)).toEqual(['B-90000-2'])
  })
  it('forgives two letters in the wrong order', () => {
    expect(ids('btcudst')).toContain('binance-usdm:BTCUSDT')
  })
  it('shows everything for no words, and nothing for nonsense', () => {
    expect(ids('  ')).toHaveLength(6)
    expect(ids('qqqq')).toEqual([])
  })
})
