import { describe, expect, it } from 'vitest'
import { bybitSpot as venue } from '../../../src-main/engine/venues/bybit-spot/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const snapshot =
  '{"topic":"orderbook.1000.BTCUSDT","ts":1680652808065,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28162.5","0.07562"]],"a":[["28162.6","0.506829"]],"u":59438060,"seq":4281282229}}'
const delta =
  '{"topic":"orderbook.1000.BTCUSDT","ts":1680652808085,"type":"delta","data":{"s":"BTCUSDT","b":[["28161.0","0.177474"],["28145.7","0"]],"a":[["28184.3","0"]],"u":59438061,"seq":4281282232}}'
const trade =
  '{"topic":"publicTrade.BTCUSDT","ts":1680688980000,"type":"snapshot","data":[{"i":"2240000000041223438","T":1680688979998,"p":"28528.9","v":"0.00433","S":"Buy","s":"BTCUSDT","BT":false}]}'
const quote =
  '{"topic":"orderbook.1.BTCUSDT","ts":1680652806504,"type":"snapshot","data":{"s":"BTCUSDT","b":[["28165.0","0.175231"]],"a":[],"u":20404754,"seq":4281281856}}'

function heardOf(text: string) {
  const sink = new RecordingSink(venue, 'BTCUSDT')
  expect(venue.reader().read(bytesOf(text), sink)).toBe('taken')
  return sink.heard
}

describe('Bybit spot', () => {
  it('reads the book, its type behind its time', () => {
    expect(heardOf(snapshot)).toMatchObject([
      {
        ...{ isSnapshot: true, last: 59438060, at: 1680652808065 },
        ...{ bids: [[281625, 75620]], asks: [[281626, 506829]] }
      }
    ])
    expect(heardOf(delta)).toMatchObject([
      {
        isSnapshot: false,
        last: 59438061,
        bids: [
          [281610, 177474],
          [281457, 0]
        ],
        asks: [[281843, 0]]
      }
    ])
  })

  it('reads trades, whose ids are too long to be told apart', () => {
    expect(heardOf(trade)).toEqual([
      { trade: NaN, price: 285289, size: 4330, aggressor: 1, at: 1680688979998 }
    ])
  })

  it('reads a quote without an ask', () => {
    expect(heardOf(quote)).toEqual([
      { bid: 281650, bidSize: 175231, ask: NaN, askSize: NaN, sequence: NaN, at: 1680652806504 }
    ])
  })

  it('asks for less than ten topics a request', () => {
    const frames = venue.legs[0]!.subscribe(['BTCUSDT', 'ETHUSDT'], 1)
    expect(frames).toHaveLength(2)
    expect(frames[0]).toBe(
      '{"req_id":"BTCUSDT","op":"subscribe","args":["orderbook.1000.BTCUSDT","orderbook.1.BTCUSDT","publicTrade.BTCUSDT"]}'
    )
  })

  it('lists lots by the precision of the base', () => {
    const entry = {
      ...{ symbol: 'BTCUSDT', baseCoin: 'BTC', quoteCoin: 'USDT', innovation: '0', status: 'Trading' },
      lotSizeFilter: { basePrecision: '0.000001', quotePrecision: '0.0000001', minOrderQty: '0.000048' },
      priceFilter: { tickSize: '0.01' }
    }
    const text = JSON.stringify({ retCode: 0, retMsg: 'OK', result: { category: 'spot', list: [entry] } })
    expect(venue.catalogue.read(text, asked)).toEqual({
      instruments: [
        {
          ...{ id: 'bybit-spot:BTCUSDT', venue: 'bybit-spot', symbol: 'BTCUSDT', base: 'BTC', quote: 'USDT' },
          ...{
            product: 'spot',
            price: { decimals: 2, step: 1 },
            tickSize: 1,
            size: { decimals: 6, step: 1 }
          },
          ...{ contract: { of: 1, currency: 'base' }, trading: 'trading', simulated: false }
        }
      ]
    })
  })

  it('survives cuts and garbage', () => {
    const frames = [snapshot, delta, trade, quote]
    for (const frame of frames) expectCutsUnheard(venue, 'BTCUSDT', frame)
    expectMutationsHarmless(venue, 'BTCUSDT', frames)
  })
})
