import { expect, test } from 'vitest'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { bybitSpot } from '../../../src-main/engine/venues/bybit-spot/index'
import { coinbase } from '../../../src-main/engine/venues/coinbase/index'
import { deribit } from '../../../src-main/engine/venues/deribit/index'
import { okx } from '../../../src-main/engine/venues/okx/index'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

/** As where the end of one message is joined to the beginning of another: JSON.parse would give all levels to the last name. */
test.each([
  [
    binanceSpot,
    'BTCUSDT',
    '{"e":"depthUpdate","E":1,"s":"BTCUSDT","U":1,"u":2,"b":[["1.00","2.00000"]],"a":[],"s":"BTCUSDT"}'
  ],
  [
    bybitSpot,
    'BTCUSDT',
    '{"topic":"orderbook.200.BTCUSDT","type":"delta","ts":1,"data":{"s":"BTCUSDT","b":[["1.00","2"]],"a":[],"u":2,"seq":3},"cts":1,"topic":"orderbook.200.BTCUSDT"}'
  ],
  [
    coinbase,
    'BTC-USD',
    '{"type":"l2update","product_id":"BTC-USD","changes":[["buy","1.00","2"]],"time":"2026-11-25T10:00:00.050000Z","product_id":"BTC-USD"}'
  ],
  [
    deribit,
    'BTC-PERPETUAL',
    '{"jsonrpc":"2.0","method":"subscription","params":{"channel":"book.BTC-PERPETUAL.100ms","data":{"type":"change","timestamp":1,"prev_change_id":1,"change_id":2,"bids":[["new",1.0,10]],"asks":[]},"channel":"book.BTC-PERPETUAL.100ms"}}'
  ],
  [
    okx,
    'BTC-USDT',
    '{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[{"bids":[["1.0","2","0","1"]],"asks":[],"ts":"1","checksum":0,"seqId":2,"prevSeqId":1}],"arg":{"channel":"books","instId":"BTC-USDT"}}'
  ]
])('a message that names its instrument again behind its levels is refused: %#', (venue, symbol, frame) => {
  const sink = new RecordingSink(venue, symbol)
  expect(venue.reader().read(bytesOf(frame), sink)).toBe('malformed')
  expect(sink.heard).toEqual([])
  // The same without the second name is a message.
  const once = frame.replace(/,"(s|topic|product_id|channel)":"[^"]*"(?=\}+$)|,"arg":\{[^}]*\}(?=\}$)/, '')
  expect(once).not.toBe(frame)
  const other = new RecordingSink(venue, symbol)
  for (let tries = 0; tries < 3 && venue.reader().read(bytesOf(once), other) !== 'taken'; tries++);
  expect(other.heard).toHaveLength(1)
})
