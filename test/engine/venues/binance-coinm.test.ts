import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { binanceCoinm } from '../../../src-main/engine/venues/binance-coinm/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const coinTicker =
  '{"u":15,"e":"bookTicker","s":"BTCUSD_PERP","ps":"BTCUSD","b":"61804.7","B":"35","a":"61804.8","A":"1645","T":7,"E":8}'
const coinTrade =
  '{"e":"trade","E":9,"T":8,"s":"BTCUSD_PERP","t":849714402,"p":"61804.8","q":"4","X":"MARKET","m":false}'

function heardOf(venue: Venue, symbol: string, frame: string) {
  const sink = new RecordingSink(venue, symbol)
  expect(venue.reader().read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Binance COIN-M', () => {
  it('counts contracts', () => {
    expect(heardOf(binanceCoinm, 'BTCUSD_PERP', coinTicker)).toMatchObject([
      { bid: 618047, bidSize: 35, sequence: 15 }
    ])
    expect(heardOf(binanceCoinm, 'BTCUSD_PERP', coinTrade)).toEqual([
      { trade: 849714402, price: 618048, size: 4, aggressor: 1, at: 8 }
    ])
  })

  test.each([
    ['TRADING', 'trading'],
    ['PENDING_TRADING', 'halted'],
    ['PRE_DELIVERING', 'halted'],
    ['DELIVERING', 'halted'],
    ['PRE_SETTLE', 'halted'],
    ['SETTLING', 'delisted'],
    ['DELIVERED', 'delisted'],
    ['CLOSE', 'delisted']
  ])('of a contract that is %s it says %s', (contractStatus, trading) => {
    const filters = [
      { filterType: 'PRICE_FILTER', tickSize: '0.01' },
      { filterType: 'LOT_SIZE', stepSize: '1' }
    ]
    const contract = { symbol: 'ETHUSD_PERP', baseAsset: 'ETH', quoteAsset: 'USD', contractSize: 10, filters }
    const list = JSON.stringify({ symbols: [{ ...contract, contractStatus }] })
    expect(binanceCoinm.catalogue.read(list, asked)).toMatchObject({ instruments: [{ trading }] })
  })

  it('knows what a contract is worth, told or guessed', () => {
    const symbol = {
      ...{ symbol: 'ETHUSD_PERP', contractStatus: 'TRADING', contractType: 'PERPETUAL', contractSize: 10 },
      ...{ baseAsset: 'ETH', quoteAsset: 'USD', deliveryDate: 4133404800000 },
      filters: [
        { filterType: 'PRICE_FILTER', tickSize: '0.01' },
        { filterType: 'LOT_SIZE', stepSize: '1' }
      ]
    }
    const dated = { ...symbol, symbol: 'ETHUSD_260327', contractType: 'CURRENT_QUARTER', deliveryDate: 5 }
    expect(binanceCoinm.catalogue.read(JSON.stringify({ symbols: [symbol, dated] }), asked)).toMatchObject({
      instruments: [
        { product: 'inverse', contract: { of: 10, currency: 'quote' }, trading: 'trading' },
        { expiresAt: 5 }
      ]
    })
    expect(binanceCoinm.catalogue.guess('DOTUSD_PERP')).toMatchObject({ base: 'DOT', quote: 'USD' })
    expect(binanceCoinm.catalogue.guess('BTCUSD_PERP').contract).toEqual({ of: 100, currency: 'quote' })
    expect(binanceCoinm.catalogue.guess('ETHUSD_PERP').contract).toEqual({ of: 10, currency: 'quote' })
  })
})

describe('Binance COIN-M sequence', () => {
  test.each([
    [108, 115, 100, 'next'],
    [90, 100, 85, 'stale'],
    [108, 115, 104, 'gap'],
    [101, 115, NaN, 'gap']
  ])('an event %d to %d that follows %d comes after 100: %s', (first, last, previous, answer) => {
    expect(binanceCoinm.sequence.follows(changes({ first, last, previous }), 100)).toBe(answer)
  })
})
