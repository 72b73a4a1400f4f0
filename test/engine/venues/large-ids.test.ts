import { expect, test } from 'vitest'
import { binanceCoinm } from '../../../src-main/engine/venues/binance-coinm/index'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { binanceUsdm } from '../../../src-main/engine/venues/binance-usdm/index'
import { bitfinex } from '../../../src-main/engine/venues/bitfinex/index'
import { bitstamp } from '../../../src-main/engine/venues/bitstamp/index'
import { bybitInverse } from '../../../src-main/engine/venues/bybit-inverse/index'
import { bybitLinear } from '../../../src-main/engine/venues/bybit-linear/index'
import { bybitOption } from '../../../src-main/engine/venues/bybit-option/index'
import { bybitSpot } from '../../../src-main/engine/venues/bybit-spot/index'
import { coinbaseAdvanced } from '../../../src-main/engine/venues/coinbase-advanced/index'
import { coinbase } from '../../../src-main/engine/venues/coinbase/index'
import { deribit } from '../../../src-main/engine/venues/deribit/index'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import { hyperliquid } from '../../../src-main/engine/venues/hyperliquid/index'
import { venues } from '../../../src-main/engine/venues/index'
import { krakenFutures } from '../../../src-main/engine/venues/kraken-futures/index'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { kucoin } from '../../../src-main/engine/venues/kucoin/index'
import { okx } from '../../../src-main/engine/venues/okx/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

/** 2^53 + 1, which no double holds. */
const large = '9007199254740993'
/** Trades until a line's first book are the past there. */
const firstBook =
  '{"channel":"l2Book","data":{"coin":"BTC","time":1787259217000,"levels":[[{"px":"72580.0","sz":"1","n":1}],[{"px":"72581.0","sz":"1","n":1}]]}}'

const bybit = (symbol: string) =>
  `{"topic":"publicTrade.${symbol}","type":"snapshot","ts":1800000001597,"data":[{"T":1800000001590,"s":"${symbol}","S":"Buy","v":"1","p":"6389.50","L":"PlusTick","i":"${large}","BT":false}]}`
const binanceFutures = (symbol: string) =>
  `{"e":"aggTrade","E":9,"s":"${symbol}","a":${large},"p":"2.5","q":"1","f":1,"l":2,"T":8,"m":true}`
const coinbaseTrade = (id: string, type = 'match') =>
  `{"type":"${type}","trade_id":${id},"maker_order_id":"ac9","taker_order_id":"132","side":"sell","size":"0.5","price":"101.50","product_id":"BTC-USD","sequence":50,"time":"2026-11-25T10:00:02.000000Z"}`
const coinbaseHeartbeat = (latest: string) =>
  `{"type":"heartbeat","sequence":90,"last_trade_id":${latest},"product_id":"BTC-USD","time":"2026-11-25T10:00:03.000000Z"}`

const frames: readonly [Venue, string, string][] = [
  [binanceUsdm, 'BTCUSDT', binanceFutures('BTCUSDT')],
  [binanceCoinm, 'BTCUSD_PERP', binanceFutures('BTCUSD_PERP')],
  [bybitSpot, 'BTCUSDT', bybit('BTCUSDT')],
  [bybitLinear, 'BTCUSDT', bybit('BTCUSDT')],
  [bybitInverse, 'BTCUSD', bybit('BTCUSD')],
  [bybitOption, 'BTC-28APR23-29500-C', bybit('BTC-28APR23-29500-C')],
  [coinbase, 'BTC-USD', coinbaseTrade(large)],
  [bitfinex, 'tBTCUSD', `[2,"te",[${large},1564617600709,-0.5,101],4,1600000000400]`],
  [
    deribit,
    'BTC-PERPETUAL',
    `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"trades.BTC-PERPETUAL.100ms","data":[{"timestamp":1786563104514,"price":63344.5,"direction":"buy","trade_id":"${large}","instrument_name":"BTC-PERPETUAL","trade_seq":${large},"amount":20}]}}`
  ],
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
]

/** What a line must have heard before it takes a trade. */
const before = new Map<Venue, string>([
  [hyperliquid, firstBook],
  [
    bitfinex,
    '{"event":"subscribed","channel":"trades","chanId":2,"symbol":"tBTCUSD","prec":"P0","len":"250"}'
  ]
])

test('every venue is asked', () => {
  const asked = new Set(frames.map(([venue]) => venue))
  expect(venues.filter((venue) => !venue.spec.simulated && !asked.has(venue))).toEqual([])
})

test.each(frames)('a trade whose id no double holds is told without one: %#', (venue, symbol, frame) => {
  const sink = new RecordingSink(venue, symbol)
  const reader = venue.reader()
  const first = before.get(venue)
  if (first && reader.read(bytesOf(first), sink) === 'ordinary') reader.decode(first)
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

test('Coinbase’s tell of losses all the same: one by one, beyond 2^53 too', () => {
  const sink = new RecordingSink(coinbase, 'BTC-USD')
  const reader = coinbase.reader()
  const heard = (frame: string) => {
    sink.heard.length = 0
    expect(reader.read(bytesOf(frame), sink)).toBe('taken')
    return sink.heard
  }
  expect(heard(coinbaseTrade('9007199254740992', 'last_match'))).toEqual([])
  expect(heard(coinbaseTrade('9007199254740993'))).toMatchObject([{ trade: NaN }])
  expect(heard(coinbaseTrade('9007199254740993'))).toEqual([])
  expect(heard(coinbaseTrade('900719925474099400'))).toMatchObject([
    { tradesMissed: true },
    { doubtful: expect.stringMatching(/^8917127262193585\d\d trades were lost/) as unknown },
    { trade: NaN }
  ])
  expect(heard(coinbaseTrade('900719925474099401'))).toMatchObject([{ trade: NaN }])
  expect(heard(coinbaseTrade('900719925474099403'))).toMatchObject([
    { tradesMissed: true },
    { doubtful: '1 trade was lost, so changes may be too' },
    { trade: NaN }
  ])
  expect(heard(coinbaseHeartbeat('900719925474099404'))).toEqual([])
  expect(heard(coinbaseHeartbeat('900719925474099404'))).toMatchObject([
    { tradesMissed: true },
    { doubtful: '1 trade was lost, so changes may be too' }
  ])
})
