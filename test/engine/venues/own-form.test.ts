import { describe, expect, test } from 'vitest'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import { krakenFutures } from '../../../src-main/engine/venues/kraken-futures/index'
import { kraken } from '../../../src-main/engine/venues/kraken/index'
import { kucoin } from '../../../src-main/engine/venues/kucoin/index'
import type { Venue } from '../../../src-main/engine/venues/venue'
import { bytesOf, RecordingSink } from '../../support/recording-sink'

/** What a message answers and says, once the grid holds its numbers. */
function readingOf(venue: Venue, symbol: string, frame: string) {
  const sink = new RecordingSink(venue, symbol)
  const reader = venue.reader()
  const answers = []
  for (let tries = 0; tries < 4; tries++) {
    answers.push(reader.read(bytesOf(frame), sink))
    if (answers.at(-1) !== 'off-grid') break
  }
  return { answers, heard: sink.heard, refined: sink.refined }
}

/** JSON.parse finds no difference; the readers leave their pass for the venue's own form. */
const spaced = (frame: string) => frame.replace('{"', '{ "')

const krakenBook = (bids: string, asks: string, tail = '') =>
  `{"channel":"book","type":"update","data":[{"symbol":"BTC/USD","bids":[${bids}],"asks":[${asks}],"checksum":2884602505${tail}}]}`
const kucoinBook = (asks: string, bids: string) =>
  `{"type":"message","topic":"/market/level2:BTC-USDT","subject":"trade.l2update","data":{"sequenceStart":3577,"sequenceEnd":3579,"symbol":"BTC-USDT","time":1800000001597,"changes":{"asks":[${asks}],"bids":[${bids}]}}}`
const gateBook = (market: string, bids: string, asks: string) =>
  `{"time":1800000001,"time_ms":1800000001597,"channel":"${market}.order_book_update","event":"update","result":{"t":1800000001590,"e":"depthUpdate","E":1800000001,"s":"BTC_USDT","U":3577,"u":3579,"b":[${bids}],"a":[${asks}]}}`
const futuresBook = (side: string, price: string, size: string) =>
  `{"feed":"book","product_id":"PF_XBTUSD","side":"${side}","seq":3491,"price":${price},"qty":${size},"timestamp":1800000001505}`

const frames: readonly [Venue, string, readonly string[]][] = [
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
      gateBook(market, sound, '') + '}'
    ]
  ])
]

describe.each(frames)('$spec.id: a book message in the form the venue sends', (venue, symbol, all) => {
  test.each(all)('is read as the same message with a blank in it: %s', (frame) => {
    expect(readingOf(venue, symbol, frame)).toEqual(readingOf(venue, symbol, spaced(frame)))
  })

  test('is taken', () => {
    const { answers, heard } = readingOf(venue, symbol, all[0]!)
    expect(answers.at(-1)).toBe('taken')
    expect(heard).toHaveLength(1)
  })
})
