import { describe, expect, it } from 'vitest'
import { bybitInverse as venue } from '../../../src-main/engine/venues/bybit-inverse/index'
import { baseOf, notionalOf } from '../../../src-shared/instrument'
import { lots, ticks } from '../../../src-shared/units'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const ticker =
  '{"topic":"tickers.BTCUSD","type":"delta","data":{"symbol":"BTCUSD","price24hPcnt":"0.023362","openInterest":"449736674","fundingRate":"0.0001","bid1Price":"28560.00","bid1Size":"340549","ask1Price":"28560.50","ask1Size":"70817"},"cs":20856433603,"ts":1680673822776}'
const dated =
  '{"topic":"tickers.BTCUSD","type":"snapshot","data":{"symbol":"BTCUSD","markPrice":"29023.60","indexPrice":"28566.94","openInterest":"4547176","deliveryTime":"2023-09-29T08:00:00Z","nextFundingTime":"","fundingRate":""},"cs":12321470232,"ts":1680673822099}'
const delta =
  '{"topic":"orderbook.1000.BTCUSD","type":"delta","ts":1680673822000,"data":{"s":"BTCUSD","b":[["28560.00","340549"]],"a":[["28560.50","0"]],"u":7,"seq":9}}'

function heardOf(text: string) {
  const sink = new RecordingSink(venue, 'BTCUSD')
  expect(venue.reader().read(bytesOf(text), sink)).toBe('taken')
  return sink.heard
}

describe('Bybit inverse', () => {
  it('tells open interest in quote money, and only what the delta holds', () => {
    expect(heardOf(ticker)).toEqual([
      {
        ...{ mark: NaN, index: NaN, funding: 0.0001, nextFundingAt: NaN, openInterest: 449736674 },
        at: 1680673822776
      }
    ])
  })

  it('has no funding for a dated contract', () => {
    expect(heardOf(dated)).toMatchObject([{ mark: 29023.6, funding: NaN, nextFundingAt: NaN }])
  })

  it('steps by half a dollar', () => {
    expect(heardOf(delta)).toMatchObject([{ last: 7, bids: [[57120, 340549]], asks: [[57121, 0]] }])
  })

  it('counts contracts of one dollar', () => {
    const instrument = venue.catalogue.guess('BTCUSD')
    expect(notionalOf(instrument, ticks(57120), lots(28560))).toBe(28560)
    expect(baseOf(instrument, ticks(57120), lots(28560))).toBe(1)
  })

  it('lists perpetuals and dated contracts', () => {
    const entry = (symbol: string, contractType: string, deliveryTime: string) => ({
      ...{ symbol, contractType, deliveryTime, status: 'Trading', baseCoin: 'BTC', quoteCoin: 'USD' },
      ...{ settleCoin: 'BTC', priceFilter: { tickSize: '0.50' }, lotSizeFilter: { qtyStep: '1' } }
    })
    const list = [
      entry('BTCUSD', 'InversePerpetual', '0'),
      entry('BTCUSDZ26', 'InverseFutures', '1798185600000')
    ]
    const text = JSON.stringify({ retCode: 0, result: { list, nextPageCursor: '' } })
    expect(venue.catalogue.read(text, asked)).toMatchObject({
      instruments: [
        {
          ...{ symbol: 'BTCUSD', product: 'inverse', quote: 'USD', settle: 'BTC' },
          ...{ contract: { of: 1, currency: 'quote' }, price: { decimals: 1, step: 5 } }
        },
        { symbol: 'BTCUSDZ26', expiresAt: 1798185600000 }
      ]
    })
    expect(venue.catalogue.guess('BTCUSDZ26')).toMatchObject({ base: 'BTC', quote: 'USD' })
  })

  it('survives cuts and garbage', () => {
    const frames = [ticker, dated, delta]
    for (const frame of frames) expectCutsUnheard(venue, 'BTCUSD', frame)
    expectMutationsHarmless(venue, 'BTCUSD', frames)
  })
})
