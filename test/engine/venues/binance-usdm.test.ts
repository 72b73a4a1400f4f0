import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { binanceUsdm } from '../../../src-main/engine/venues/binance-usdm/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { tradeFlag } from '../../../src-shared/trade-flag'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

const depth =
  '{"stream":"btcusdt@depth@0ms","data":{"e":"depthUpdate","E":20,"T":19,"s":"BTCUSDT","U":110,"u":115,"pu":105,"b":[["63947.40","0.109"]],"a":[["63951.10","0.000"]]}}'
const ticker =
  '{"e":"bookTicker","u":115,"s":"BTCUSDT","b":"63943.90","B":"46.371","a":"63944.00","A":"0.095","T":7,"E":8}'
const mark =
  '{"e":"markPriceUpdate","E":1562305380000,"s":"BTCUSDT","p":"11794.15000000","i":"11784.62659091","P":"11784.25641265","r":"-0.00038167","T":1562306400000}'

function heardOf(venue: Venue, symbol: string, frame: string) {
  const sink = new RecordingSink(venue, symbol)
  expect(venue.reader().read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Binance USD-M', () => {
  it('tells changes of a book with the id they follow, at the time of the match', () => {
    expect(heardOf(binanceUsdm, 'BTCUSDT', depth)).toMatchObject([
      { first: 110, last: 115, previous: 105, at: 19, bids: [[639474, 109]], asks: [[639511, 0]] }
    ])
  })

  it('reads best quotes in the id space of the book', () => {
    expect(heardOf(binanceUsdm, 'BTCUSDT', ticker)).toEqual([
      { bid: 639439, bidSize: 46371, ask: 639440, askSize: 95, sequence: 115, at: 7 }
    ])
  })

  it('reads mark, index and a negative funding rate', () => {
    expect(heardOf(binanceUsdm, 'BTCUSDT', mark)).toEqual([
      {
        ...{ mark: 11794.15, index: 11784.62659091, funding: -0.00038167 },
        ...{ nextFundingAt: 1562306400000, openInterest: NaN, at: 1562305380000 }
      }
    ])
  })

  it('tells apart what met orders that the public book does not show', () => {
    const aggregate = (nq: string) =>
      `{"e":"aggTrade","E":9,"s":"BTCUSDT","a":7,"p":"2.5","q":"0.010","nq":"${nq}","f":1,"l":2,"T":8,"m":true}`
    const told = (nq: string) => {
      const sink = new RecordingSink(binanceUsdm, 'BTCUSDT')
      expect(binanceUsdm.reader().read(bytesOf(aggregate(nq)), sink)).toBe('taken')
      const { count, size, flags, id, price, aggressor } = sink.lane1.trades
      expect([count, id[0], price[0], aggressor[0]]).toEqual([count, 7, 25, -1])
      return Array.from({ length: count }, (_, row) => [size[row], flags[row]])
    }
    expect(told('0.010')).toEqual([[10, 0]])
    expect(told('0')).toEqual([[10, tradeFlag.rpi]])
    expect(told('0.004')).toEqual([
      [4, 0],
      [6, tradeFlag.rpi]
    ])
  })

  it('leaves out trades without a price', () => {
    const settled = '{"e":"trade","E":9,"T":8,"s":"BTCUSDT","t":1,"p":"0","q":"0","X":"NA","m":false}'
    expect(heardOf(binanceUsdm, 'BTCUSDT', settled)).toEqual([])
  })

  it('needs two sockets, and only one carries the book', () => {
    expect(
      binanceUsdm.legs.map((leg) => [
        leg.url(binanceUsdm.spec.endpoints),
        leg.carriesBook,
        leg.subscribe(['BTCUSDT'], 1)
      ])
    ).toEqual([
      [
        'wss://fstream.binance.com/public/stream',
        true,
        ['{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","btcusdt@bookTicker"],"id":1}']
      ],
      [
        'wss://fstream.binance.com/market/stream',
        false,
        [
          '{"method":"SUBSCRIBE","params":["btcusdt@aggTrade","btcusdt@markPrice@1s","btcusdt@forceOrder"],"id":1}'
        ]
      ]
    ])
  })

  it('tells perpetuals from dated contracts', () => {
    expect(binanceUsdm.catalogue.guess('BTCUSDT').expiresAt).toBeUndefined()
    expect(binanceUsdm.catalogue.guess('BTCUSDT_260327')).toMatchObject({
      ...{ base: 'BTC', quote: 'USDT', product: 'linear' },
      expiresAt: Date.UTC(2026, 2, 27, 8)
    })
  })

  it('reads orders closed by force, with the side of the closing order', () => {
    const forced = `{"stream":"btcusdt@forceOrder","data":{"e":"forceOrder","E":1568014460893,"o":{"s":"BTCUSDT","S":"SELL","o":"LIMIT","f":"IOC","q":"0.014","p":"9910.10","ap":"9910.123","X":"FILLED","l":"0.014","z":"0.014","T":1568014460890}}}`
    const sink = new RecordingSink(binanceUsdm, 'BTCUSDT')
    expect(binanceUsdm.reader().read(bytesOf(forced), sink)).toBe('taken')
    const { price, size, aggressor, at, count } = sink.lane1.liquidations
    expect([count, price[0], size[0], aggressor[0], at[0]]).toEqual([1, 99_101, 14, -1, 1_568_014_460_890])
    expect(sink.heard).toHaveLength(1)
    expectCutsUnheard(binanceUsdm, 'BTCUSDT', forced)
  })

  it('survives cuts and garbage', () => {
    for (const frame of [depth, ticker, mark]) expectCutsUnheard(binanceUsdm, 'BTCUSDT', frame)
    expectMutationsHarmless(binanceUsdm, 'BTCUSDT', [depth, ticker, mark])
  })
})

describe('Binance USD-M sequence', () => {
  test.each([
    [90, 99, 80, 'stale'],
    [90, 100, 80, 'next'],
    [100, 105, 95, 'next'],
    [101, 105, 100, 'next'],
    [101, 105, 99, 'gap'],
    [103, 105, 102, 'gap']
  ])('a first event %d to %d after %d joins snapshot 100: %s', (first, last, previous, answer) => {
    expect(binanceUsdm.sequence.joins(changes({ first, last, previous }), 100)).toBe(answer)
  })
})
