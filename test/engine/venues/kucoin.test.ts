import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { kucoin } from '../../../src-main/engine/venues/kucoin/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'

const diff =
  '{"data":{"changes":{"asks":[["18906","0.00331","14103845"],["18907.3","0.58751503","14103844"]],"bids":[["0","0","14103846"],["18891.9","0","14103847"]]},"sequenceEnd":14103847,"sequenceStart":14103844,"symbol":"BTC-USDT","time":1663747970273},"subject":"trade.l2update","topic":"/market/level2:BTC-USDT","type":"message"}'
const match =
  '{"type":"message","topic":"/market/match:BTC-USDT","subject":"trade.l3match","data":{"symbol":"BTC-USDT","side":"sell","type":"match","sequence":"1636276321894","size":"0.00001255","price":"24093.9","takerOrderId":"62faddfff0476c0001c86c71","time":"1660608000026914990","tradeId":"455391760226305"}}'
const ticker =
  '{"type":"message","topic":"/market/ticker:BTC-USDT","subject":"trade.ticker","data":{"bestAsk":"18907.3","bestAskSize":"0.5","bestBid":"18891.9","bestBidSize":"2","price":"1","sequence":"14103847","size":"1","time":1663747970273}}'
const snapshot =
  '{"code":"200000","data":{"time":1660608003710,"sequence":"14103843","bids":[["18891.9","7.07264171"],["18890","1"]],"asks":[["18907.3","0.6"]]}}'

function reading(frame: string, symbol = 'BTC-USDT') {
  const sink = new RecordingSink(kucoin, symbol)
  return { answer: kucoin.reader().read(bytesOf(frame), sink), sink, heard: sink.heard }
}
const source = kucoin.snapshot
if (source.kind !== 'rest') throw new Error('KuCoin has its snapshots by REST')

describe('KuCoin', () => {
  it('tells changes of a book; entries with a price of 0 only use up a number', () => {
    expect(reading(diff)).toMatchObject({
      answer: 'taken',
      heard: [
        {
          ...{ isSnapshot: false, first: 14103844, last: 14103847, at: 1663747970273 },
          asks: [
            [189060, 331000],
            [189073, 58751503]
          ],
          bids: [[188919, 0]]
        }
      ]
    })
  })

  it('reads diffs of before 2023, which tell no time', () => {
    expect(reading(diff.replace(',"time":1663747970273', '')).heard).toMatchObject([{ at: NaN }])
  })

  it('names the taker of a match, to the nanosecond', () => {
    const sale = { trade: 455391760226305, price: 240939, size: 1255, at: 1660608000026.915 }
    expect(reading(match).heard).toEqual([{ ...sale, aggressor: -1 }])
    expect(reading(match.replace('"sell"', '"buy"')).heard).toEqual([{ ...sale, aggressor: 1 }])
  })

  it('knows no number for a trade whose id is none, or passes 2^53', () => {
    for (const id of ['62fade002e113d292303a18b', '11067996711960577'])
      expect(reading(match.replace('455391760226305', id)).heard).toMatchObject([{ trade: NaN, size: 1255 }])
  })

  it('reads best quotes in the id space of the book', () => {
    const best = { bid: 188919, bidSize: 200000000, ask: 189073, askSize: 50000000 }
    expect(reading(ticker).heard).toEqual([{ ...best, sequence: 14103847, at: 1663747970273 }])
    expect(reading(ticker.replace('"18891.9"', 'null').replace('"2"', 'null')).heard).toMatchObject([
      { bid: NaN, bidSize: NaN, ask: 189073 }
    ])
  })

  test.each([
    diff.replace('"sequenceEnd":14103847', '"sequenceEnd":9007199254740993'),
    diff.replace('"sequenceStart":14103844,', ''),
    diff.replace('"18906"', '"-18906"'),
    diff.replace('level2:', 'level2'),
    match.replace('"sell"', '"hold"'),
    match.replace('1660608000026914990', '1660608000026'),
    `${diff}{}`
  ])('refuses %s', (frame) => {
    const { answer, sink } = reading(frame)
    expect([answer, sink.heard, sink.refined]).toEqual(['malformed', [], []])
  })

  it('leaves other frames to the ordinary door', () => {
    for (const frame of ['{"id":"1","type":"ack"}', snapshot, '', 'hello', '[]'])
      expect(reading(frame).answer).toBe('ordinary')
  })

  it('says nothing of instruments nobody watches', () => {
    expect(reading(diff, 'ETH-USDT')).toMatchObject({ answer: 'taken', heard: [] })
  })

  it('survives cuts and garbage', () => {
    for (const frame of [diff, match, ticker]) expectCutsUnheard(kucoin, 'BTC-USDT', frame)
    expectMutationsHarmless(kucoin, 'BTC-USDT', [diff, match, ticker, snapshot])
  })
})

describe("KuCoin's snapshot", () => {
  const read = (text: string) => {
    const { lane1 } = new RecordingSink(kucoin, 'BTC-USDT')
    return { answer: source.read(bytesOf(text), lane1), staged: staged(lane1.changes) }
  }

  it('is complete when the venue had fewer levels to send than may be asked for', () => {
    expect(read(snapshot)).toMatchObject({
      answer: 'taken',
      staged: {
        isSnapshot: true,
        complete: true,
        last: 14103843,
        bids: [
          [188919, 707264171],
          [188900, 100000000]
        ]
      }
    })
  })

  it('of 100 levels is known only that far', () => {
    const rows = Array.from({ length: 100 }, (_, row) => `["${row + 1}","1"]`).join(',')
    expect(read(snapshot.replace('["18907.3","0.6"]', rows)).staged.complete).toBe(false)
  })

  it('is neither an error nor a frame, and never half', () => {
    expect(read('{"code":"400100","msg":"symbol not exists"}').answer).toBe('ordinary')
    expect(read(diff).answer).toBe('ordinary')
    for (let length = 1; length < snapshot.length; length++)
      expect(read(snapshot.slice(0, length)).answer).toBe('malformed')
  })

  it('is asked for without a key, and known again by its address', () => {
    const { url } = source.request('BTC-USDT', kucoin.spec.endpoints)
    expect(url).toBe('https://api.kucoin.com/api/v1/market/orderbook/level2_100?symbol=BTC-USDT')
    for (const address of [url, 'https://api.kucoin.com/api/v3/market/orderbook/level2?symbol=BTC-USDT'])
      expect(source.symbolOf(new URL(address))).toBe('BTC-USDT')
    expect(source.symbolOf(new URL('https://api.kucoin.com/api/v2/symbols'))).toBeUndefined()
  })
})

describe("KuCoin's sequence", () => {
  const changes = (first: number, last: number) => Object.assign(new Changes(), { first, last })

  test.each([
    [90, 100, 'stale'],
    [90, 101, 'next'],
    [101, 105, 'next'],
    [102, 105, 'gap']
  ])('a first diff %d to %d after snapshot 100: %s', (first, last, answer) => {
    expect(kucoin.sequence.joins(changes(first, last), 100)).toBe(answer)
  })

  test.each([
    [101, 101, 'next'],
    [100, 100, 'stale'],
    [100, 105, 'gap'],
    [102, 102, 'gap']
  ])('a diff %d to %d after 100: %s', (first, last, answer) => {
    expect(kucoin.sequence.follows(changes(first, last), 100)).toBe(answer)
  })
})

describe("KuCoin's notices", () => {
  test.each([
    ['{"id":"hQvf8jkno","type":"welcome"}', { kind: 'heard' }],
    ['{"id":"ping","type":"pong"}', { kind: 'heard' }],
    ['{"id":"1","type":"ack"}', { kind: 'heard' }],
    ['{"id":"BTC-USDT","type":"ack"}', { kind: 'subscribed', symbols: ['BTC-USDT'] }],
    [
      '{"id":"1","type":"error","code":404,"data":"topic /market/match:FOO-BAR is not found"}',
      { kind: 'refused', symbol: 'FOO-BAR', reason: '404 topic /market/match:FOO-BAR is not found' }
    ],
    [
      '{"id":"1","type":"error","code":401,"data":"token is invalid"}',
      { kind: 'reconnect', reason: '401 token is invalid' }
    ],
    ['{"id":"1","type":"error","code":509}', { kind: 'refused', reason: '509 no reason given' }],
    ['null', { kind: 'ignored' }],
    ['<html>', { kind: 'malformed', reason: 'no JSON: <html>' }]
  ])('%s', (text, event) => {
    expect(kucoin.reader().decode(text)).toEqual([event])
  })
})

describe("KuCoin's token", () => {
  const { ticket } = kucoin.legs[0]!

  it('is asked for with a POST', () => {
    expect(ticket?.request(kucoin.spec.endpoints)).toMatchObject({
      url: 'https://api.kucoin.com/api/v1/bullet-public',
      post: '{}'
    })
  })

  it('makes the address', () => {
    const answer = (endpoint: string) =>
      JSON.stringify({
        code: '200000',
        data: { token: 'a=b/c', instanceServers: [{ endpoint, pingInterval: 18000 }] }
      })
    expect(ticket?.read(answer('wss://ws-api-spot.kucoin.com/'))).toEqual({
      url: 'wss://ws-api-spot.kucoin.com/?token=a%3Db%2Fc&connectId=steelyard'
    })
    expect(ticket?.read(answer('file:///etc/passwd'))).toHaveProperty('reason')
  })

  it('that is not there has a reason', () => {
    for (const text of ['<html>', '{}', 'null', '{"data":{"token":"x","instanceServers":[]}}'])
      expect(ticket?.read(text)).toHaveProperty('reason')
  })
})

describe("KuCoin's instruments", () => {
  const symbol = (fields: object) => ({
    ...{ symbol: 'BTC-USDT', baseCurrency: 'BTC', quoteCurrency: 'USDT', enableTrading: true },
    ...{ priceIncrement: '0.1', baseIncrement: '0.00000001' },
    ...fields
  })

  it('come with their steps and state; broken ones are left out', () => {
    const data = [
      symbol({}),
      symbol({ symbol: 'X-USDT', enableTrading: false }),
      symbol({ priceIncrement: '' }),
      7
    ]
    expect(kucoin.catalogue.read(JSON.stringify({ code: '200000', data }), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'kucoin:BTC-USDT', product: 'spot', base: 'BTC', quote: 'USDT', trading: 'trading' },
          price: { decimals: 1, step: 1 },
          size: { decimals: 8, step: 1 }
        },
        { symbol: 'X-USDT', trading: 'halted' }
      ]
    })
  })

  it('that cannot be read have a reason', () => {
    for (const text of ['<html>', '{}', '{"data":[]}', '{"data":[1]}'])
      expect(kucoin.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  it('are guessed from their names', () => {
    expect(kucoin.catalogue.guess('DOGE-BTC')).toMatchObject({ base: 'DOGE', quote: 'BTC' })
  })
})

test('each topic is asked for by itself: each book right after its trades, and under its symbol', () => {
  const { subscribe, unsubscribe } = kucoin.legs[0]!
  expect(subscribe(['A-B', 'C-D'], 3)).toEqual([
    '{"id":"3","type":"subscribe","topic":"/market/match:A-B","response":true}',
    '{"id":"A-B","type":"subscribe","topic":"/market/level2:A-B","response":true}',
    '{"id":"3","type":"subscribe","topic":"/market/match:C-D","response":true}',
    '{"id":"C-D","type":"subscribe","topic":"/market/level2:C-D","response":true}',
    '{"id":"3","type":"subscribe","topic":"/market/ticker:A-B","response":true}',
    '{"id":"3","type":"subscribe","topic":"/market/ticker:C-D","response":true}'
  ])
  expect(unsubscribe(['A-B'], 4)[1]).toBe(
    '{"id":"4","type":"unsubscribe","topic":"/market/level2:A-B","response":true}'
  )
})

test('whether it is open is told in its own words', () => {
  const { request, read } = kucoin.status!
  expect(request({ rest: 'https://api.kucoin.com' }).url).toBe('https://api.kucoin.com/api/v1/status')
  const told = (status: string, msg = '') => read(JSON.stringify({ code: '200000', data: { status, msg } }))
  expect(told('open')).toBe('')
  expect(told('close', 'upgrade match engine')).toBe('maintenance, closed: upgrade match engine')
  expect(told('cancelonly')).toBe('maintenance, cancelling only')
  expect(told('close', 'x'.repeat(500))).toHaveLength(200)
  for (const text of ['<html>', '{}', '{"data":{"status":1}}', '{"data":{"status":"later"}}'])
    expect(read(text)).toBeUndefined()
})
