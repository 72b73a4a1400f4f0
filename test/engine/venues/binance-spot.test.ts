import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'

const depth =
  '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":101,"u":105,"b":[["61737.63000000","0.00000000"],["61730.17000000","1.50000000"]],"a":[["61837.64000000","0.00001000"]]}}'
const trade =
  '{"stream":"btcusdt@trade","data":{"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63000000","q":"0.02000000","T":1723161255342,"m":true,"M":true}}'
const ticker =
  '{"u":50093239212,"s":"BTCUSDT","b":"61837.63000000","B":"3.78826000","a":"61837.64000000","A":"1.54698000"}'
const snapshot =
  '{"lastUpdateId":100,"bids":[["61737.63000000","2.00000000"]],"asks":[["61837.64000000","1.00000000"],["61838.00000000","1.00000000"]]}'

function reading(frame: string, symbol = 'BTCUSDT') {
  const sink = new RecordingSink(binanceSpot, symbol)
  const answer = binanceSpot.reader().read(bytesOf(frame), sink)
  return { answer, sink, heard: sink.heard }
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Binance spot', () => {
  it('tells changes of a book in ticks and lots', () => {
    const { answer, heard } = reading(depth)
    expect(answer).toBe('taken')
    expect(heard).toEqual([
      {
        ...{ isSnapshot: false, complete: false, first: 101, last: 105, previous: NaN, at: 1723161255208 },
        bids: [
          [6173763, 0],
          [6173017, 150000]
        ],
        asks: [[6183764, 1]]
      }
    ])
  })

  it('reads bare events as it reads wrapped ones, in any order of keys', () => {
    const bare = '{"a":[["3","1"]],"b":[["2","1"]],"u":7,"U":6,"s":"BTCUSDT","E":1,"e":"depthUpdate"}'
    expect(reading(bare).heard).toMatchObject([
      { first: 6, last: 7, bids: [[200, 100000]], asks: [[300, 100000]] }
    ])
  })

  it('takes a trade whose buyer was the maker for a sale', () => {
    const sale = { trade: 3735683259, price: 6183763, size: 2000, at: 1723161255342 }
    expect(reading(trade).heard).toEqual([{ ...sale, aggressor: -1 }])
    expect(reading(trade.replace('"m":true', '"m":false')).heard).toEqual([{ ...sale, aggressor: 1 }])
  })

  it('reads aggregate trades of captures', () => {
    const aggregate =
      '{"e":"aggTrade","E":5,"s":"BTCUSDT","a":9213679,"p":"2","q":"1","f":1,"l":1,"T":4,"m":false,"M":true}'
    expect(reading(aggregate).heard).toEqual([
      { trade: 9213679, price: 200, size: 100000, aggressor: 1, at: 4 }
    ])
  })

  it('reads best quotes, and knows none where they are zero', () => {
    expect(reading(ticker).heard).toEqual([
      { bid: 6183763, bidSize: 378826, ask: 6183764, askSize: 154698, sequence: 50093239212, at: NaN }
    ])
    const oneSided = '{"u":1,"s":"BTCUSDT","b":"0.00","B":"0.00","a":"2","A":"1"}'
    expect(reading(oneSided).heard).toMatchObject([{ bid: NaN, bidSize: NaN, ask: 200 }])
  })

  it('refines the grid for a number off it, and hands over only what was read again', () => {
    const { answer, sink } = reading(depth.replace('1.50000000', '1.5000001'))
    expect([answer, sink.heard, sink.refined]).toEqual(['off-grid', [], ['size 1.5000001']])
    binanceSpot.reader().read(bytesOf(depth.replace('1.50000000', '1.5000001')), sink)
    expect(sink.heard).toMatchObject([
      {
        bids: [
          [6173763, 0],
          [6173017, 15000001]
        ]
      }
    ])
  })

  it('says nothing of instruments nobody watches', () => {
    const { answer, heard } = reading(depth, 'ETHUSDT')
    expect([answer, heard]).toEqual(['taken', []])
  })

  test.each([
    depth.replace('"u":105', '"u":-5'),
    depth.replace('"u":105', '"u":9007199254740993'),
    depth.replace('"U":101,', ''),
    depth.replace('61737.63000000', '-61737.63'),
    depth.replace('61737.63000000', '1e400'),
    depth.replace('"61737.63000000"', 'null'),
    depth.replace('61737.63000000', '0.00'),
    trade.replace('"m":true,', ''),
    `${depth}{}`
  ])('refuses %s', (frame) => {
    const { answer, sink } = reading(frame)
    expect([answer, sink.heard, sink.refined]).toEqual(['malformed', [], []])
  })

  it('leaves other frames to the ordinary door', () => {
    const kline = '{"stream":"btcusdt@kline_1m","data":{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":1}}}'
    for (const frame of ['{"result":null,"id":1}', snapshot, kline, '', 'hello', '[]'])
      expect(reading(frame).answer).toBe('ordinary')
  })

  it('survives cuts and garbage', () => {
    for (const frame of [depth, trade, ticker]) expectCutsUnheard(binanceSpot, 'BTCUSDT', frame)
    expectMutationsHarmless(binanceSpot, 'BTCUSDT', [depth, trade, ticker, snapshot])
  })
})

describe('a snapshot', () => {
  const source = binanceSpot.snapshot
  if (source.kind !== 'rest') throw new Error('spot has its snapshots by REST')
  const read = (text: string) => {
    const { lane1 } = new RecordingSink(binanceSpot, 'BTCUSDT')
    return { answer: source.read(bytesOf(text), lane1), staged: staged(lane1.changes) }
  }

  it('replaces, and is complete when the venue had no more to send', () => {
    expect(read(snapshot)).toMatchObject({
      answer: 'taken',
      staged: { isSnapshot: true, complete: true, last: 100, bids: [[6173763, 200000]] }
    })
  })

  it('of as many levels as were asked for is not complete', () => {
    const rows = Array.from({ length: 1000 }, (_, row) => `["${row + 1}","1"]`).join(',')
    expect(read(`{"lastUpdateId":1,"bids":[["1","1"]],"asks":[${rows}]}`).staged.complete).toBe(false)
  })

  it('is neither an error nor a frame, and never half', () => {
    expect(read('{"code":-1121,"msg":"Invalid symbol."}').answer).toBe('ordinary')
    expect(read(depth).answer).toBe('ordinary')
    for (let length = 1; length < snapshot.length; length++)
      expect(read(snapshot.slice(0, length)).answer).toBe('malformed')
  })

  it('is asked for by symbol', () => {
    expect(source.request('BTCUSDT', binanceSpot.spec.endpoints)).toEqual({
      url: 'https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=1000',
      weight: 50
    })
  })
})

describe("spot's sequence", () => {
  test.each([
    [90, 100, 'stale'],
    [90, 101, 'next'],
    [101, 101, 'next'],
    [101, 105, 'next'],
    [102, 105, 'gap']
  ])('a first event %d to %d after snapshot 100 is %s', (first, last, answer) => {
    expect(binanceSpot.sequence.joins(changes({ first, last }), 100)).toBe(answer)
  })

  test.each([
    [101, 105, 'next'],
    [95, 100, 'stale'],
    [99, 105, 'gap'],
    [102, 105, 'gap']
  ])('an event %d to %d after 100 is %s', (first, last, answer) => {
    expect(binanceSpot.sequence.follows(changes({ first, last }), 100)).toBe(answer)
  })
})

describe("spot's notices", () => {
  test.each([
    ['{"result":null,"id":1}', { kind: 'subscribed', symbols: [], request: 1 }],
    ['{"error":{"code":2,"msg":"Invalid request"},"id":1}', { kind: 'refused', reason: '2 Invalid request' }],
    ['{"code":-1121,"msg":"Invalid symbol."}', { kind: 'refused', reason: '-1121 Invalid symbol.' }],
    ['{"e":"serverShutdown","E":1}', { kind: 'closing', reason: 'the venue is about to restart' }],
    [
      '{"stream":"x","data":{"e":"serverShutdown"}}',
      { kind: 'closing', reason: 'the venue is about to restart' }
    ],
    ['{"e":"kline"}', { kind: 'ignored' }],
    ['null', { kind: 'ignored' }],
    ['<html>', { kind: 'malformed', reason: 'no JSON: <html>' }]
  ])('%s', (text, event) => {
    expect(binanceSpot.reader().decode(text)).toEqual([event])
  })
})

describe("spot's instruments", () => {
  const symbol = (fields: object) => ({
    ...{ symbol: 'BTCUSDT', status: 'TRADING', baseAsset: 'BTC', quoteAsset: 'USDT' },
    filters: [
      { filterType: 'PRICE_FILTER', tickSize: '0.01000000' },
      { filterType: 'LOT_SIZE', stepSize: '0.00001000' }
    ],
    ...fields
  })

  it('come with their steps and state; broken ones are left out', () => {
    const list = {
      symbols: [symbol({}), symbol({ symbol: 'XUSDT', status: 'BREAK' }), symbol({ filters: [] }), 7]
    }
    expect(binanceSpot.catalogue.read(JSON.stringify(list), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'binance-spot:BTCUSDT', product: 'spot', base: 'BTC', quote: 'USDT', trading: 'trading' },
          price: { decimals: 2, step: 1 },
          size: { decimals: 5, step: 1 }
        },
        { symbol: 'XUSDT', trading: 'halted' }
      ]
    })
  })

  it('that cannot be read have a reason', () => {
    for (const text of ['<html>', '{}', '{"symbols":[]}', '{"symbols":[1]}'])
      expect(binanceSpot.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  it('are guessed from their names', () => {
    expect(binanceSpot.catalogue.guess('ADAEUR')).toMatchObject({ base: 'ADA', quote: 'EUR' })
    expect(binanceSpot.catalogue.guess('ETHFDUSD')).toMatchObject({
      base: 'ETH',
      quote: 'FDUSD',
      product: 'spot'
    })
  })
})

describe("spot's subscription", () => {
  it('names three streams an instrument, and books no trade twice', () => {
    expect(binanceSpot.legs.map((leg) => leg.subscribe(['BTCUSDT'], 3))).toEqual([
      ['{"method":"SUBSCRIBE","params":["btcusdt@depth@100ms","btcusdt@trade","btcusdt@bookTicker"],"id":3}']
    ])
  })
})

test('whether it is open is told in its own words', () => {
  const { request, read } = binanceSpot.status!
  expect(request({ rest: 'https://api.binance.com' }).url).toBe(
    'https://api.binance.com/sapi/v1/system/status'
  )
  expect(read('{"status":0,"msg":"normal"}')).toBe('')
  expect(read('{"status":1,"msg":"system_maintenance"}')).toBe('maintenance: system_maintenance')
  expect(read('{"status":1}')).toBe('maintenance')
  for (const text of ['<html>', '{}', '{"status":"0"}', '{"status":2,"msg":"?"}', 'null'])
    expect(read(text)).toBeUndefined()
})
