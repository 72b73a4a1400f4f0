import { expect, test } from 'vitest'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { bitstamp } from '../../../src-main/engine/venues/bitstamp/index'
import { coinbaseAdvanced } from '../../../src-main/engine/venues/coinbase-advanced/index'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import { hyperliquid } from '../../../src-main/engine/venues/hyperliquid/index'
import { krakenFutures } from '../../../src-main/engine/venues/kraken-futures/index'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { kucoin } from '../../../src-main/engine/venues/kucoin/index'
import { okx } from '../../../src-main/engine/venues/okx/index'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

/** 2^53 + 1, which no double holds. */
const large = '9007199254740993'
/** Trades until a line's first book are the past there. */
const firstBook =
  '{"channel":"l2Book","data":{"coin":"BTC","time":1787259217000,"levels":[[{"px":"72580.0","sz":"1","n":1}],[{"px":"72581.0","sz":"1","n":1}]]}}'

test.each([
  [
    binanceSpot,
    'BTCUSDT',
    `{"e":"trade","E":1,"s":"BTCUSDT","t":${large},"p":"100.01","q":"0.5","T":1700000000400,"m":false}`
  ],
  [
    bitstamp,
    'btcusd',
    `{"data":{"id":${large},"amount_str":"0.07920000","price_str":"3805.44","type":0,"microtimestamp":"1641343699596000"},"channel":"live_trades_btcusd","event":"trade"}`
  ],
  [
    coinbaseAdvanced,
    'BTC-USD',
    `{"channel":"market_trades","client_id":"","timestamp":"2026-04-07T14:30:00.123456Z","sequence_num":5,"events":[{"type":"update","trades":[{"trade_id":"${large}","product_id":"BTC-USD","price":"68900.50","size":"0.0015","side":"BUY","time":"2026-04-07T14:30:02.800000Z"}]}]}`
  ],
  [
    gateSpot,
    'BTC_USDT',
    `{"time":1682689046,"channel":"spot.trades","event":"update","result":{"id":${large},"create_time_ms":"1682689046123.5","side":"sell","currency_pair":"BTC_USDT","amount":"0.2010000000","price":"29291.4000000000"}}`
  ],
  [
    gateFutures,
    'BTC_USDT',
    `{"time":1614556850,"channel":"futures.trades","event":"update","result":[{"size":-22,"id":${large},"create_time":1614556850,"create_time_ms":1614556850860,"price":"45300","contract":"BTC_USDT"}]}`
  ],
  [
    hyperliquid,
    'BTC',
    `{"channel":"trades","data":[{"coin":"BTC","side":"B","px":"72581.0","sz":"0.00017","time":1787259217020,"hash":"0x0","tid":${large},"users":["0x1","0x2"]}]}`
  ],
  [
    kraken,
    'BTC/USD',
    `{"channel":"trade","type":"update","data":[{"symbol":"BTC/USD","side":"buy","price":105944.20,"qty":0.00027625,"ord_type":"limit","trade_id":${large},"timestamp":"2023-10-06T17:35:55.440Z"}]}`
  ],
  [
    krakenFutures,
    'PI_XBTUSD',
    `{"feed":"trade","product_id":"PI_XBTUSD","uid":"05af","side":"sell","type":"fill","seq":${large},"time":1612266317519,"qty":15000,"price":34969.5}`
  ],
  [
    kucoin,
    'BTC-USDT',
    `{"topic":"/market/match:BTC-USDT","type":"message","subject":"trade.l3match","data":{"symbol":"BTC-USDT","sequence":"1","side":"buy","size":"0.01","price":"101.5","time":"1700000000000000000","tradeId":"${large}"}}`
  ],
  [
    okx,
    'BTC-USDT',
    `{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"${large}","px":"42219.9","sz":"0.12060306","side":"buy","ts":"1630048897897"}]}`
  ]
])('a trade whose id no double holds is told without one: %#', (venue, symbol, frame) => {
  const sink = new RecordingSink(venue, symbol)
  const reader = venue.reader()
  if (venue === hyperliquid) reader.read(bytesOf(firstBook), sink)
  sink.heard.length = 0
  for (let tries = 0; tries < 3 && reader.read(bytesOf(frame), sink) !== 'taken'; tries++);
  expect(sink.heard).toMatchObject([{ trade: NaN }])
})

test('Coinbase Advanced’s are told oldest first by their times then', () => {
  const trade = (price: string, second: number) =>
    `{"trade_id":"${large}","product_id":"BTC-USD","price":"${price}","size":"1","side":"BUY","time":"2026-04-07T14:30:0${second}.000000Z"}`
  const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
  coinbaseAdvanced
    .reader()
    .read(
      bytesOf(
        `{"channel":"market_trades","client_id":"","timestamp":"2026-04-07T14:30:03.000000Z","sequence_num":5,"events":[{"type":"update","trades":[${trade('2.00', 2)},${trade('1.00', 1)}]}]}`
      ),
      sink
    )
  expect(sink.heard).toMatchObject([{ price: 100 }, { price: 200 }])
})
