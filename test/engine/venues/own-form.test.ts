import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { binanceCoinm } from '../../../src-main/engine/venues/binance-coinm/index'
import { binanceUsdm } from '../../../src-main/engine/venues/binance-usdm/index'
import { bitfinex } from '../../../src-main/engine/venues/bitfinex/index'
import { bitstamp } from '../../../src-main/engine/venues/bitstamp/index'
import { bybitLinear } from '../../../src-main/engine/venues/bybit-linear/index'
import { bybitOption } from '../../../src-main/engine/venues/bybit-option/index'
import { bybitSpot } from '../../../src-main/engine/venues/bybit-spot/index'
import { coinbaseAdvanced } from '../../../src-main/engine/venues/coinbase-advanced/index'
import { coinbase } from '../../../src-main/engine/venues/coinbase/index'
import { deribit } from '../../../src-main/engine/venues/deribit/index'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import { hyperliquid } from '../../../src-main/engine/venues/hyperliquid/index'
import { krakenFutures } from '../../../src-main/engine/venues/kraken-futures/index'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { kucoin } from '../../../src-main/engine/venues/kucoin/index'
import { okx } from '../../../src-main/engine/venues/okx/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

function readerOf(venue: Venue) {
  const reader = venue.reader()
  if (venue === bitfinex) reader.decode(subscribed)
  // Trades are news once a book has come.
  if (venue === hyperliquid) reader.read(bytesOf(hyperBook('', '')), new RecordingSink(venue, 'BTC'))
  return reader
}

/** What a message answers and says, once the grid holds its numbers. */
function readingOf(venue: Venue, symbol: string, frame: string, reader = readerOf(venue)) {
  const sink = new RecordingSink(venue, symbol)
  const answers = []
  for (let tries = 0; tries < 4; tries++) {
    answers.push(reader.read(bytesOf(frame), sink))
    if (answers.at(-1) !== 'off-grid') break
  }
  return { answers, heard: sink.heard, refined: sink.refined }
}

/** JSON.parse finds no difference; the readers leave their pass for the venue's own form. */
const spaced = (frame: string) => frame.replace(/^./, '$& ')
/** What may end a value too early, or make it another. */
const strangers = ['"', '0', '-', ' ', '\\']

const subscribed =
  '{"event":"subscribed","channel":"book","chanId":17,"symbol":"tBTCUSD","prec":"P0","freq":"F0","len":"250","pair":"BTCUSD"}'

const krakenBook = (bids: string, asks: string, tail = '') =>
  `{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[${bids}],"asks":[${asks}],"checksum":2884602505${tail}}]}`
const kucoinBook = (asks: string, bids: string) =>
  `{"type":"message","topic":"/market/level2:BTC-USDT","subject":"trade.l2update","data":{"sequenceStart":3577,"sequenceEnd":3579,"symbol":"BTC-USDT","time":1800000001597,"changes":{"asks":[${asks}],"bids":[${bids}]}}}`
const gateBook = (market: string, bids: string, asks: string) =>
  `{"time":1800000001,"time_ms":1800000001597,"channel":"${market}.order_book_update","event":"update","result":{"t":1800000001590,"e":"depthUpdate","E":1800000001,"s":"BTC_USDT","U":3577,"u":3579,"b":[${bids}],"a":[${asks}]}}`
/** As the futures of 2023 wrote them. */
const sorted = (frame: string) =>
  frame.replace(
    /"result":{"t":(\d+),.*"s":"(\w+)","U":(\d+),"u":(\d+),"b":(\[.*\]),"a":(\[.*\])}}/,
    '"result":{"U":$3,"a":$6,"b":$5,"s":"$2","t":$1,"u":$4}}'
  )
const binanceBook = (symbol: string, bids: string, asks: string, pair = '') =>
  `{"stream":"${symbol.toLowerCase()}@depth@100ms","data":{"e":"depthUpdate","E":1800000001597,"T":1800000001590,"s":"${symbol}",${pair}"U":3577,"u":3579,"pu":3570,"b":[${bids}],"a":[${asks}]}}`
const futuresBook = (side: string, price: string, size: string) =>
  `{"feed":"book","product_id":"PF_XBTUSD","side":"${side}","seq":3491,"price":${price},"qty":${size},"timestamp":1800000001505}`
const futuresTrade = (type: string, size: string, price: string) =>
  `{"feed":"trade","product_id":"PF_XBTUSD","uid":"8b3e7e72-950c","side":"buy","type":"${type}","seq":3491,"time":1800000001505,"qty":${size},"price":${price}}`
const hyperBook = (bids: string, asks: string) =>
  `{"channel":"l2Book","data":{"coin":"BTC","time":1800000001597,"levels":[[${bids}],[${asks}]]}}`
const hyperTrade =
  '{"coin":"BTC","hash":"0xde47","px":"105056.0","side":"B","sz":"0.00219","tid":1113244137548134,"time":1800000001599,"users":["0xe9","0x68"]}'
const hyperTrades = (...rows: readonly string[]) => `{"channel":"trades","data":[${rows.join()}]}`

const okxBook = (asks: string, bids: string, tail = ',"seqId":3579,"prevSeqId":3577') =>
  `{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"asks":[${asks}],"bids":[${bids}],"ts":"1800000001597","checksum":-855196043${tail}}]}`
const okxTrade = (tail = ',"count":"1","source":"1","seqId":3579') =>
  `{"arg":{"channel":"trades","instId":"BTC-USDT"},"data":[{"instId":"BTC-USDT","tradeId":"1062992715","px":"6389.1","sz":"0.0000178","side":"buy","ts":"1800000001597"${tail}}]}`
const coinbaseBook = (rows: string, time = '2027-01-15T08:00:01.597000Z') =>
  `{"type":"l2update","product_id":"BTC-USD","changes":[${rows}],"time":"${time}"}`
const advancedBook = (rows: string, time = '2027-01-15T08:00:01.597000123Z') =>
  `{"channel":"l2_data","client_id":"","timestamp":"${time}","sequence_num":3579,"events":[{"type":"update","product_id":"BTC-USD","updates":[${rows}]}]}`
const advancedRow = (side: string, price: string, size: string) =>
  `{"side":"${side}","event_time":"2027-01-15T08:00:01.590Z","price_level":"${price}","new_quantity":"${size}"}`
const deribitBook = (bids: string, asks: string, previous = '3577', channel = 'BTC-PERPETUAL.100ms') =>
  `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"book.${channel}","data":{"timestamp":1800000001597,"type":"change","change_id":3579,"instrument_name":"BTC-PERPETUAL","bids":[${bids}],"asks":[${asks}],"prev_change_id":${previous}}}}`
const deribitTicker = (told: string) =>
  `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"ticker.BTC-PERPETUAL.100ms","data":{"timestamp":1800000001597,"stats":{"high":64422,"volume":null},"index_price":63329.18,${told}"best_ask_price":63344.5,"best_bid_price":63344,"best_ask_amount":9980,"best_bid_amount":58060}}}`
const bitstampBook = (bids: string, asks: string, channel = 'diff_order_book_btcusd') =>
  `{"data":{"timestamp":"1800000001","microtimestamp":"1800000001597123","bids":[${bids}],"asks":[${asks}]},"channel":"${channel}","event":"data"}`
const bybitBook = (
  bids: string,
  asks: string,
  topic = 'orderbook.1000.BTCUSDT',
  tail = ',"cts":1800000001590'
) =>
  `{"topic":"${topic}","type":"delta","ts":1800000001597,"data":{"s":"BTCUSDT","b":[${bids}],"a":[${asks}],"u":3579,"seq":10737}${tail}}`
const bybitTrade = (tail = '', symbol = 'BTCUSDT') =>
  `{"T":1800000001590,"s":"${symbol}","S":"Buy","v":"0.100","p":"6389.10","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false${tail}}`
const bybitTrades = (...rows: readonly string[]) =>
  `{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1800000001597,"data":[${rows.join()}]}`
const bybitOptionTrades = (rows: string) =>
  `{"id":"publicTrade.BTC-3414637898-1800000001597","topic":"publicTrade.BTC","ts":1800000001597,"data":[${rows}],"type":"snapshot"}`
const bybitOptionTrade = (symbol: string) =>
  `{"p":"985","v":"0.01","i":"2240000041","T":1800000001590,"BT":false,"s":"${symbol}","S":"Sell"}`

const frames: readonly [Venue, string, readonly string[]][] = [
  [
    bybitLinear,
    'BTCUSDT',
    [
      bybitBook('["6388.60","2.109"],["6385.50","0"]', '["6389.10","1.937"]'),
      bybitBook('', '["6389.10","1.937"]').replace('delta', 'snapshot'),
      bybitBook('', '["6389.10","1.937"]').replace('delta', 'partial'),
      bybitBook('', '').replace('3579', '1'),
      bybitBook('["6388.6","1"]', '').replace('3579', '1'),
      bybitBook('["6388.123","2e-3"]', ''),
      bybitBook('["0","2"]', ''),
      bybitBook('["6388.60"]', ''),
      bybitBook('["6388.60","2"],', ''),
      bybitBook('["6388.60","2"]', '', 'orderbook.1000.ETHUSDT'),
      bybitBook('["6388.60","2"]', '', 'orderbook.1000'),
      bybitBook('["6388.60","2"]', '', 'tickers.BTCUSDT'),
      bybitBook('["6388.60","2"]', '', 'publicTrade.BTCUSDT'),
      bybitBook('["6388.60","2"]', '', undefined, ''),
      bybitBook('["6388.60","2"]', '', undefined, ',"cts":null'),
      bybitBook('["6388.60","2"]', '', undefined, ',"topic":"orderbook.1000.ETHUSDT"'),
      bybitBook('["6388.60","2"]', '').replace('"ts":1800000001597,', ''),
      bybitBook('["6388.60","2"]', '').replace('"type":"delta",', ''),
      bybitBook('["6388.60","2"]', '').replace('"u":3579,', ''),
      bybitBook('["6388.60","2"]', '').replace('"u":3579,', '"u":3579,"u":3580,'),
      bybitBook('["6388.60","2"]', '').replace('"seq":10737', '"something_new":10737'),
      bybitBook('["6388.60","2"]', '').replace('"s":"BTCUSDT",', '"b":[],'),
      bybitBook('["6388.60","2"]', '').replace(/("topic":"[^"]*"),(.*)}/, '$2,$1}'),
      bybitBook('["6388.60","2"]', '').replace(/"data":({.*}),/, '"data":[$1],')
    ]
  ],
  [
    bybitSpot,
    'BTCUSDT',
    [
      bybitBook('["6388.60","2.109"]', '["6389.10","1.9"]', 'orderbook.1.BTCUSDT').replace(
        /("type":"delta"),("ts":\d+)/,
        '$2,$1'
      ),
      bybitBook('["6388.60","2.109"]', '', 'orderbook.1.BTCUSDT').replace('delta', 'snapshot'),
      bybitBook('', '', 'orderbook.1.BTCUSDT', '')
    ]
  ],
  [
    bybitLinear,
    'BTCUSDT',
    [
      bybitTrades(bybitTrade(',"RPI":true,"seq":3579'), bybitTrade(',"RPI":false').replace('Buy', 'Sell')),
      bybitTrades(bybitTrade().replace('"BT":false', '"BT":true')),
      bybitTrades(bybitTrade(',"RPI":null')),
      bybitTrades(bybitTrade(',"BT":true')),
      bybitTrades(bybitTrade(',"something_new":1')),
      bybitTrades(bybitTrade(), bybitTrade('', 'ETHUSDT')),
      bybitTrades(bybitTrade('', 'ETHUSDT')),
      bybitTrades(bybitTrade(), bybitTrade().replace('0.100', '0')),
      bybitTrades(bybitTrade().replace('6389.10', '6389.123')),
      bybitTrades(bybitTrade().replace('"0.100"', '1e-2')),
      bybitTrades(bybitTrade().replace('"T":1800000001590,', '')),
      bybitTrades(bybitTrade().replace('"S":"Buy",', '')),
      bybitTrades(bybitTrade().replace('Buy', 'Bid')),
      bybitTrades(bybitTrade().replace(/"i":"[^"]*"/, '"i":"9007199254740993"')),
      bybitTrades(bybitTrade().replace(/"i":"[^"]*"/, '"i":""')),
      bybitTrades(bybitTrade().replace(/"i":"[^"]*"/, '"i":17')),
      bybitTrades(bybitTrade().replace(/"i":"[^"]*",/, '')),
      bybitTrades(),
      bybitTrades(bybitTrade(), '')
    ]
  ],
  [
    bybitOption,
    'BTC-28APR23-29500-C',
    [
      bybitOptionTrades(
        `${bybitOptionTrade('BTC-28APR23-29500-C')},${bybitOptionTrade('BTC-28APR23-29500-C').replace('985', '985.5')}`
      ),
      bybitOptionTrades(
        `${bybitOptionTrade('BTC-28APR23-29500-C')},${bybitOptionTrade('BTC-28APR23-29600-C')}`
      ),
      bybitOptionTrades(
        `${bybitOptionTrade('BTC-28APR23-29600-C')},${bybitOptionTrade('BTC-28APR23-29500-C')}`
      )
    ]
  ],
  [
    kraken,
    'BTC/USD',
    [
      krakenBook('{"price":6389.1,"qty":0.00003130}', ''),
      krakenBook(
        '',
        '{"price":6389.2,"qty":0},{"price":6390.1,"qty":1e-7}',
        ',"timestamp":"2027-01-15T08:00:01.597000Z"'
      ),
      krakenBook('{"price":6389.123456,"qty":0.5}', ''),
      krakenBook('{"price":0,"qty":0.5}', ''),
      krakenBook('{"price":6389.1,"qty":-1}', ''),
      krakenBook('', '', ',"timestamp":"yesterday"'),
      krakenBook('{"price":6389.1,"qty":1}', '', ',"symbol":"ETH/USD"'),
      `${krakenBook('', '')}]`
    ]
  ],
  [
    krakenFutures,
    'PF_XBTUSD',
    [
      futuresBook('buy', '6387.5', '0.15'),
      futuresBook('sell', '6393', '0'),
      futuresBook('sell', '6393.123', '2'),
      futuresBook('ask', '6393', '2'),
      futuresBook('buy', '0', '2'),
      `${futuresBook('buy', '6393', '2')}x`
    ]
  ],
  [
    krakenFutures,
    'PF_XBTUSD',
    [
      futuresTrade('fill', '0.15', '6387.5'),
      futuresTrade('fill', '50.0', '6387.5').replace('buy', 'sell').replace('"uid":"8b3e7e72-950c",', ''),
      futuresTrade('liquidation', '0.15', '6387.5'),
      futuresTrade('fill', '0.15', '6387.123'),
      futuresTrade('fill', '0', '6387.5'),
      futuresTrade('fill', '1', '0'),
      futuresTrade('fill', '1', '6387.5').replace('"feed":"trade"', '"feed":"trade_snapshot"'),
      futuresTrade('fill', '1', '6387.5').replace('buy', 'bid'),
      futuresTrade('fill', '1', '6387.5').replace('"seq":3491,', ''),
      futuresTrade('fill', '1', '6387.5').replace('"seq":3491,', '"seq":"x",'),
      futuresTrade('fill', '1', '6387.5').replace('"seq":3491,', '"event":"alert",'),
      futuresTrade('fill', '1', '6387.5').replace('"seq":3491,', '"side":"sell",'),
      futuresTrade('fill', '1', '6387.5').replace('"time":1800000001505,', ''),
      futuresTrade('fill', '1', '6387.5').replace('PF_XBTUSD', 'PF_ETHUSD')
    ]
  ],
  [
    hyperliquid,
    'BTC',
    [
      hyperBook('{"px":"105055.0","sz":"3.03622","n":5},{"px":"105054","sz":"0.0","n":1}', ''),
      hyperBook('{"n":5,"px":"105055.0","sz":"3.0"}', '{"n":1,"px":"105056.0","sz":"1"}'),
      hyperBook('', ''),
      hyperBook('{"px":"105055.123456","sz":"1e-7","n":5}', ''),
      hyperBook('{"px":"0","sz":"1","n":5}', ''),
      hyperBook('{"px":"105055","sz":"1"}', ''),
      hyperBook('{"px":"105055","n":5,"sz":"1"}', ''),
      hyperBook('{"px":"105055","sz":"1","n":x}', ''),
      hyperBook('{"px":"105055","sz":"1","n":5,"px":"1"}', ''),
      hyperBook('{"px":"105055","sz":"1","n":5},', ''),
      hyperBook('', '').replace('[[],[]]', '[[]]'),
      hyperBook('', '').replace('[[],[]]', '[[],[],[]]'),
      hyperBook('', '').replace('BTC', 'ETH'),
      hyperBook('', '').replace('"time":1800000001597,', ''),
      hyperBook('', '').replace('"time":', '"time":1,"time":'),
      hyperBook('', '').replace('"time":', '"something_new":[1],"time":'),
      hyperBook('{"px":"1","sz":"1","n":5}', '').replace(/("coin":"BTC"),(.*)}}/, '$2,$1}}'),
      hyperBook('', '').replace('}}', '},"channel":"trades"}')
    ]
  ],
  [
    hyperliquid,
    'BTC',
    [
      hyperTrades(hyperTrade, hyperTrade.replace('"B"', '"A"')),
      hyperTrades(hyperTrade.replace('105056.0', '105056.1234567')),
      hyperTrades(hyperTrade.replace('105056.0', '0')),
      hyperTrades(hyperTrade.replace('"0.00219"', '"0"')),
      hyperTrades(hyperTrade.replace('"B"', '"S"')),
      hyperTrades(hyperTrade.replace('1800000001599', '1800000001500')),
      hyperTrades(hyperTrade.replace('"tid":1113244137548134,', '')),
      hyperTrades(hyperTrade.replace('1113244137548134', '9113244137548134')),
      hyperTrades(hyperTrade.replace('"users"', '"something_new"')),
      hyperTrades(hyperTrade.replace('"users"', '"px":"1","users"')),
      hyperTrades(hyperTrade.replace('"0x68"', 'x')),
      hyperTrades(hyperTrade, hyperTrade.replace('BTC', 'ETH')),
      hyperTrades(hyperTrade.replace(/("coin":"BTC"),(.*)}/, '$2,$1}')),
      hyperTrades(),
      hyperTrades(hyperTrade, '')
    ]
  ],
  [
    kucoin,
    'BTC-USDT',
    [
      kucoinBook('["6389.1","0.00000000","3579"]', '["6388.6","0.00002109","3577"],["6385.5","1","3578"]'),
      kucoinBook('["0","0","3577"]', ''),
      kucoinBook('["6389.1234567","0.1","3577"]', ''),
      kucoinBook('["6389.1"]', ''),
      kucoinBook('', '').slice(0, -1)
    ]
  ],
  [
    binanceUsdm,
    'BTCUSDT',
    [
      binanceBook('BTCUSDT', '["6388.60","2.109"],["6385.50","0"]', '["6389.10","1.937"]'),
      binanceBook('BTCUSDT', '["6388.123","2e-3"]', ''),
      binanceBook('BTCUSDT', '["0","2"]', ''),
      binanceBook('BTCUSDT', '["6388.60"]', ''),
      binanceBook('BTCUSDT', '["6388.60","2"]', '').replace(/("T":\d+,)("s":"BTCUSDT",)/, '$2$1'),
      binanceBook('BTCUSDT', '["6388.60","2"]', '').replace('"T":1800000001590,', '')
    ]
  ],
  [
    binanceCoinm,
    'BTCUSD_PERP',
    [
      binanceBook('BTCUSD_PERP', '["6388.6","2"]', '["6389.1","0"]', '"ps":"BTCUSD",'),
      binanceBook('BTCUSD_PERP', '["6388.6","2"]', '["6389.123","0.5"]')
    ]
  ],
  [
    okx,
    'BTC-USDT',
    [
      okxBook('["6389.1","0.0031","0","3"],["6390","0","0","0"]', '["6388.6","1.2","0","12"]'),
      okxBook('', '["6388.6","1.2","0","12"]', ''),
      okxBook('', '', ',"prevSeqId":3577,"seqId":3579'),
      okxBook('', '', ',"seqId":3579,"prevSeqId":-1'),
      okxBook('["6389.1","1","0","3"]', '').replace('"ts"', '"instId":"BTC-USDT","ts"'),
      okxBook('["6389.1","1","0","3"]', '').replace('"checksum":-855196043,', ''),
      okxBook('["6389.1","1","0","3"]', '').replace('"ts":"1800000001597",', ''),
      okxBook('["6389.1","1","0","3"]', '').replace('"asks":', '"asks":[],"asks":'),
      okxBook('["6389.1","1","0","3"]', '').replace('"ts"', '"te":1,"ts"'),
      okxBook('["6389.123","7e-7","0","3"]', ''),
      okxBook('["0","1","0","3"]', ''),
      okxBook('["6389.1"]', ''),
      okxBook('["6389.1","1","0","3"],', ''),
      okxBook('', '').replace('-855196043', '0'),
      okxBook('', '').replace('update', 'snapshot'),
      okxBook('["6389.1","1","0","3"]', '').replace('"books"', '"bbo-tbt"'),
      okxBook('["6389.1","1","0","3"]', '').replace('BTC-USDT', 'ETH-USDT'),
      okxBook('', '').replace('1800000001597', '98000000015971234'),
      okxBook('', '', ',"seqId":3579,"prevSeqId":3577,"seqId":3580')
    ]
  ],
  [
    okx,
    'BTC-USDT',
    [
      okxTrade(),
      okxTrade('').replace('buy', 'sell'),
      okxTrade(',"source":"0","count":"7"'),
      okxTrade(',"source":1'),
      okxTrade(',"tradeId":"5"'),
      okxTrade(',"something_new":"5"'),
      okxTrade('').replace('buy', 'bid'),
      okxTrade('').replace('6389.1', '0'),
      okxTrade('').replace('6389.1', '6389.123'),
      okxTrade('').replace('0.0000178', '1.78e-5'),
      okxTrade('').replace('"tradeId":"1062992715",', ''),
      okxTrade('').replace('"side":"buy",', ''),
      okxTrade('').replace('{"instId":"BTC-USDT"', '{"instId":"ETH-USDT"'),
      okxTrade('').replace('{"instId":"BTC-USDT"', '{"instId":"BTC-USDT-SWAP"'),
      okxTrade('').replace(/\[({.*})\]/, '[$1,$1]'),
      okxTrade('').replace(/\[({.*})\]/, '[]')
    ]
  ],
  [
    coinbase,
    'BTC-USD',
    [
      coinbaseBook('["buy","6389.10","0.00003130"],["sell","6389.20","0.00"]'),
      coinbaseBook('["sell","6389.12345","1e-7"]'),
      coinbaseBook(''),
      coinbaseBook('["bid","6389.10","1"]'),
      coinbaseBook('["buy","0","1"]'),
      coinbaseBook('["buy","6389.10","1"],'),
      coinbaseBook('["buy","6389.10","1"]', 'yesterday'),
      coinbaseBook('["buy","6389.10","1"]', '0001-01-01T00:00:00Z'),
      coinbaseBook('["buy","6389.10","1","2"]'),
      coinbaseBook('["buy","6389.10","1"]').replace('}', ',"product_id":"ETH-USD"}'),
      coinbaseBook('["buy","6389.10","1"]').replace(/"type":"l2update",(.*)}/, '{$1,"type":"l2update"}')
    ]
  ],
  [
    coinbaseAdvanced,
    'BTC-USD',
    [
      advancedBook(`${advancedRow('bid', '6389.10', '0.0000313')},${advancedRow('offer', '6389.2', '0')}`),
      advancedBook(advancedRow('offer', '6389.12345', '7e-7')),
      advancedBook(''),
      advancedBook(advancedRow('ask', '6389.10', '1')),
      advancedBook(advancedRow('bid', '0', '1')),
      advancedBook(advancedRow('bid', '6389.10', '1'), 'yesterday'),
      advancedBook(advancedRow('bid', '6389.10', '1').replace('}', ',"side":"offer"}')),
      advancedBook(advancedRow('bid', '6389.10', '1')).replace('update"', 'snapshot"'),
      advancedBook(advancedRow('bid', '6389.10', '1')).replace('}]}]}', '}]},{"type":"update"}]}'),
      advancedBook(advancedRow('bid', '6389.10', '1')).replace('BTC-USD', 'ETH-USD')
    ]
  ],
  [
    deribit,
    'BTC-PERPETUAL',
    [
      deribitBook('["change",6388.5,372280],["delete",6388,0.0]', '["new",6389.0,10]'),
      deribitBook('["change",6388.123,372280]', '["new",6389.0,1e1]'),
      deribitBook('', '', '0'),
      deribitBook('', '', 'null'),
      deribitBook('["change",0,1]', ''),
      deribitBook('["change",-5,1]', ''),
      deribitBook('[6388.5,372280]', '', '3577', 'BTC-PERPETUAL.none.10.100ms'),
      deribitBook('["change",6388.5,1]', '', '3577', 'BTC-PERPETUAL'),
      deribitBook('["change",6388.5,1]', '').replace('"change_id":3579,', ''),
      deribitBook('["change",6388.5,1]', '').replace(
        '"change_id":3579,',
        '"change_id":3579,"change_id":3580,'
      ),
      deribitBook('["change",6388.5,1]', '').replace(/("timestamp":\d+),("type":"change")/, '$2,$1'),
      deribitBook('["change",6388.5,1]', '').replace('"type":"change"', '"type":"snapshot"'),
      deribitBook('["change",6388.5,1]', '').replace('3577}', '3577,"is_it":[{}]}')
    ]
  ],
  [
    deribit,
    'BTC-PERPETUAL',
    [
      deribitTicker('"current_funding":2.081e-05,"open_interest":716004750,"mark_price":63346.33,'),
      deribitTicker(
        '"greeks":{"vega":3.3,"theta":-26.1,"rho":-0.2,"gamma":0.00001,"delta":-0.03},"bid_iv":0.0,'
      ),
      deribitTicker('"mark_iv":81.9,"ask_iv":null,"greeks":null,"state":"open",'),
      deribitTicker('"mark_price":1,"mark_price":2,'),
      deribitTicker('"something_new":{"mark_price":2},'),
      deribitTicker('"greeks":{"something_new":2},'),
      deribitTicker('"mark_price":"x",'),
      deribitTicker('"state":open,'),
      deribitTicker('').replace('63344.5', 'null'),
      deribitTicker('').replace('63344.5', '63344.123'),
      deribitTicker('').replace('63344.5', '-5'),
      deribitTicker('').replace('"best_ask_price":63344.5,', ''),
      deribitTicker('').replace('"timestamp":1800000001597,', ''),
      deribitTicker('').replace('BTC-PERPETUAL.', 'ETH-PERPETUAL.')
    ]
  ],
  [
    bitstamp,
    'btcusd',
    [
      bitstampBook('["1159.79","993.02588113"],["1148.66","0.00000000"]', '["1166.01","1200.00000000"]'),
      bitstampBook('["1159.79","993.02588113"]', '["1166.01","1200"]', 'order_book_btcusd'),
      bitstampBook('', ''),
      bitstampBook('["1159.123456789","1e-7"]', ''),
      bitstampBook('["0","1"]', ''),
      bitstampBook('["1159.79","1","5"]', ''),
      bitstampBook('["1159.79","1"],', ''),
      bitstampBook('["1159.79","1"]', '', 'diff_order_book_ethusd'),
      bitstampBook('["1159.79","1"]', '', 'detail_order_book_btcusd'),
      bitstampBook('["1159.79","1"]', '').replace('"event":"data"', '"event":"bts:error"'),
      bitstampBook('["1159.79","1"]', '').replace('1800000001597123', '9800000001597123'),
      bitstampBook('["1159.79","1"]', '').replace('"channel"', '"bids":[],"channel"'),
      bitstampBook('["1159.79","1"]', '').replace(/"data":({.*}),(.*)}/, '$2,"data":$1}')
    ]
  ],
  [
    bitfinex,
    'tBTCUSD',
    [
      '[17,[6389.1,3,0.0031],3579,1800000001597]',
      '[17,[6389,3,-12.5],3579]',
      '[17,[6389,0,-1]]',
      '[17,[6389,0,1],1800000001597,3579]',
      '[17,[6389.12345678,1,1e-7],3579]',
      '[17,[0,1,1],3579]',
      '[17,[6389,1,"1"],3579]',
      '[17,[6389,1,x],3579]',
      '[17,[6389,0,x],3579]',
      '[17,[6389,-1,1],3579]',
      '[17,[6389,1,1,5],3579]',
      '[17,[6389,1,1],3579.5]',
      '[17,[6389,1,1],"cs"]',
      '[18,[6389,1,1],3579]',
      '[17,[6389,1,1],3579]]',
      '[17,[[6389,1,1]],3579]'
    ]
  ],
  ...(
    [
      [gateSpot, 'spot', '["6389.1","0.03130"]', '["6389.1","-1"]', '["6389.12345678","1"]'],
      [
        gateFutures,
        'futures',
        '{"p":"6389.1","s":3130}',
        '{"p":"6389.1","s":-1}',
        '{"p":"6389.12345678","s":1}'
      ]
    ] as const
  ).map(([venue, market, sound, broken, finer]): [Venue, string, readonly string[]] => [
    venue,
    'BTC_USDT',
    [
      gateBook(market, sound, ''),
      gateBook(market, '', `${sound},${sound}`),
      gateBook(market, sound, broken),
      gateBook(market, finer, ''),
      gateBook(market, sound, sound).replace(/"time_ms":\d+,|"e":"depthUpdate",|"E":\d+,/g, ''),
      gateBook(market, sound, '') + '}',
      ...[sorted(gateBook(market, sound, `${sound},${sound}`)), sorted(gateBook(market, broken, ''))],
      sorted(gateBook(market, '', finer)),
      sorted(gateBook(market, sound, '')).replace('BTC_USDT', 'ETH_USDT'),
      sorted(gateBook(market, sound, '')).replace('"s":"BTC_USDT",', ''),
      sorted(gateBook(market, sound, '')).replace('"t":', '"s":"ETH_USDT","t":'),
      sorted(gateBook(market, sound, '')).replace('"t":', '"x":{"y":1,"s":"ETH_USDT"},"t":'),
      gateBook(market, sound, '').replace('"U":3577,', '"U":3577,"l":"100",'),
      gateBook(market, sound, '').replace('"U":3577,', '"U":3577,"full":true,'),
      gateBook(market, sound, '').replace('"U":3577,', '"U":3577,"U":3578,'),
      gateBook(market, sound, '').replace(',"a":[]', ''),
      gateBook(market, sound, '').replace('"a":[]', '"a":null'),
      gateBook(market, sound, '').replace('"u":3579,', '')
    ]
  ])
]

describe.each(frames)('$spec.id: a message in the form the venue sends', (venue, symbol, all) => {
  test.each(all)('is read as the same message with a blank in it: %s', (frame) => {
    expect(readingOf(venue, symbol, frame)).toEqual(readingOf(venue, symbol, spaced(frame)))
  })

  test('is read so too when cut short, and with one byte another', () => {
    const [frame] = all as readonly [string]
    const places = Array.from({ length: frame.length - 1 }, (_, n) => n + 1)
    const others = places.map((at) =>
      at % 2 === 0
        ? frame.slice(0, at)
        : frame.slice(0, at) + strangers[at % strangers.length]! + frame.slice(at + 1)
    )
    const [one, another] = [readerOf(venue), readerOf(venue)]
    const areAlike = (it: string) =>
      isDeepStrictEqual(readingOf(venue, symbol, it, one), readingOf(venue, symbol, spaced(it), another))
    expect(others.filter((it) => !areAlike(it))).toEqual([])
  })

  test('is taken', () => {
    const { answers, heard } = readingOf(venue, symbol, all[0]!)
    expect(answers.at(-1)).toBe('taken')
    expect(heard).not.toEqual([])
  })
})
