import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import { bitstamp } from '../../../src-main/engine/venues/bitstamp/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'

const diff =
  '{"data":{"timestamp":"1641343691","microtimestamp":"1641343691244908","bids":[["1159.79","993.02588113"],["1148.66","0.00000000"]],"asks":[["1166.01","1200.00000000"]]},"channel":"diff_order_book_btcusd","event":"data"}'
const trade =
  '{"data":{"id":216000477,"timestamp":"1641343699","amount":0.0792,"amount_str":"0.07920000","price":3805.44,"price_str":"3805.44","type":0,"microtimestamp":"1641343699596000","buy_order_id":1443875737346049,"sell_order_id":1443875731320832},"channel":"live_trades_btcusd","event":"trade"}'
const picture =
  '{"data":{"timestamp":"1641343691","microtimestamp":"1641343691244908","bids":[["1159.79","993.02588113"]],"asks":[["1166.01","1200.00000000"],["1167.00","3.00000000"]]},"channel":"order_book_btcusd","event":"data"}'
const snapshot =
  '{"timestamp": "1641343695", "microtimestamp": "1641343695681418", "bids": [["1159.79", "0.60000000"]], "asks": [["1166.01", "3.23948640"]]}'

function reading(frame: string, symbol = 'btcusd') {
  const sink = new RecordingSink(bitstamp, symbol)
  return { answer: bitstamp.reader().read(bytesOf(frame), sink), sink, heard: sink.heard }
}
const source = bitstamp.snapshot
if (source.kind !== 'rest') throw new Error('Bitstamp has its snapshots by REST')
const snapshotOf = (text: string) => {
  const { lane1 } = new RecordingSink(bitstamp, 'btcusd')
  return { answer: source.read(bytesOf(text), lane1), lane: lane1 }
}

describe('Bitstamp', () => {
  it('tells changes of a book; their ids are microseconds', () => {
    expect(reading(diff)).toMatchObject({
      answer: 'taken',
      heard: [
        {
          ...{ isSnapshot: false, last: 1641343691244908, at: 1641343691244.908 },
          bids: [
            [115979, 99302588113],
            [114866, 0]
          ],
          asks: [[116601, 120000000000]]
        }
      ]
    })
  })

  it('takes type 0 for a purchase, 1 for a sale', () => {
    const bought = { trade: 216000477, price: 380544, size: 7920000, at: 1641343699596 }
    expect(reading(trade).heard).toEqual([{ ...bought, aggressor: 1 }])
    expect(reading(trade.replace('"type":0', '"type":1')).heard).toEqual([{ ...bought, aggressor: -1 }])
  })

  it('reads the bare numbers of a trade where their texts are missing', () => {
    const bare = trade.replace('"amount_str":"0.07920000",', '').replace('"price_str":"3805.44",', '')
    expect(reading(bare).heard).toMatchObject([{ price: 380544, size: 7920000 }])
  })

  test.each([
    diff.replace('1641343691244908', '-1'),
    diff.replace('"microtimestamp":"1641343691244908",', ''),
    diff.replace('1159.79', '0'),
    trade.replace('"type":0', '"type":2'),
    diff.replace('"event":"data"', '"event":"trade"'),
    trade.replace('"event":"trade"', '"event":"data"'),
    `${diff}{}`
  ])('refuses %s', (frame) => {
    const { answer, sink } = reading(frame)
    expect([answer, sink.heard, sink.refined]).toEqual(['malformed', [], []])
  })

  it('leaves other frames to the ordinary door', () => {
    const detail = diff.replace('diff_order_book', 'detail_order_book')
    const heartbeat = '{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}'
    for (const frame of [detail, heartbeat, snapshot, '', 'hello', '[]'])
      expect(reading(frame).answer).toBe('ordinary')
  })

  it('says nothing of instruments nobody watches', () => {
    expect(reading(diff, 'ethusd')).toMatchObject({ answer: 'taken', heard: [] })
  })

  it('survives cuts and garbage', () => {
    for (const frame of [diff, trade, picture]) expectCutsUnheard(bitstamp, 'btcusd', frame)
    expectMutationsHarmless(bitstamp, 'btcusd', [diff, trade, picture, snapshot])
  })
})

describe("Bitstamp's picture of the best 100 levels", () => {
  /** A book of the picture's levels, and of `deeper` ones below them. */
  function bookOf(bids: [number, number][], asks: [number, number][]) {
    const changes = Object.assign(new Changes(), { isSnapshot: true, complete: true, last: 1641343691244908 })
    for (const [price, size] of bids) changes.bids.push(price, size)
    for (const [price, size] of asks) changes.asks.push(price, size)
    const book = new SortedBook()
    book.commit(changes)
    return book
  }
  const told = () => {
    const { heard, sink } = reading(picture)
    return { sum: heard[0]!['checksum'], instrument: sink.lane1.instrument }
  }
  const asks: [number, number][] = [
    [116601, 120000000000],
    [116700, 300000000]
  ]

  it('has the sum of the same levels of a book', () => {
    const { sum, instrument } = told()
    expect(bitstamp.checksum!.of(bookOf([[115979, 99302588113]], asks), instrument)).toBe(sum)
  })

  it('has another sum than a book that differs in one size, one price or one level', () => {
    const { sum, instrument } = told()
    for (const bids of [[[115979, 99302588112]], [[115978, 99302588113]], []] as [number, number][][])
      expect(bitstamp.checksum!.of(bookOf(bids, asks), instrument)).not.toBe(sum)
  })

  it('has the same sum on a finer grid', () => {
    const { sum, instrument } = told()
    const finer = { ...instrument, price: { decimals: 3, step: 1 } }
    const rows = asks.map(([price, size]): [number, number] => [price * 10, size])
    expect(bitstamp.checksum!.of(bookOf([[1159790, 99302588113]], rows), finer)).toBe(sum)
  })

  it('says nothing of levels below the hundredth', () => {
    const { instrument } = told()
    const rows = (count: number) =>
      Array.from({ length: count }, (_, row): [number, number] => [1000 - row, 5])
    const of = (count: number) => bitstamp.checksum!.of(bookOf(rows(count), []), instrument)
    expect(of(101)).toBe(of(100))
    expect(of(99)).not.toBe(of(100))
  })
})

describe("Bitstamp's snapshot", () => {
  it('is the whole book', () => {
    const { answer, lane } = snapshotOf(snapshot)
    expect(answer).toBe('taken')
    expect(staged(lane.changes)).toMatchObject({
      ...{ isSnapshot: true, complete: true, last: 1641343695681418 },
      bids: [[115979, 60000000]],
      asks: [[116601, 323948640]]
    })
  })

  it('is neither an error nor a frame, and never half', () => {
    expect(snapshotOf('{"status":"error","reason":"no"}').answer).toBe('ordinary')
    expect(snapshotOf(diff).answer).toBe('ordinary')
    for (let length = 1; length < snapshot.length; length++)
      expect(snapshotOf(snapshot.slice(0, length)).answer).toBe('malformed')
  })

  it('is asked for by symbol, grouped by price', () => {
    const { url } = source.request('btcusd', bitstamp.spec.endpoints)
    expect(url).toBe('https://www.bitstamp.net/api/v2/order_book/btcusd/?group=1')
    for (const address of [url, 'https://www.bitstamp.net/api/v2/order_book/btcusd'])
      expect(source.symbolOf(new URL(address))).toBe('btcusd')
  })
})

test.each([
  [100, 'stale'],
  [101, 'next'],
  [999, 'next']
])('after 100, %d is %s: time rises and tells of no loss', (last, answer) => {
  const changes = Object.assign(new Changes(), { first: last, last })
  expect(bitstamp.sequence.joins(changes, 100)).toBe(answer)
  expect(bitstamp.sequence.follows(changes, 100)).toBe(answer)
})

describe("Bitstamp's notices", () => {
  test.each([
    [
      '{"event":"bts:subscription_succeeded","channel":"diff_order_book_btcusd","data":{}}',
      { kind: 'subscribed', symbols: ['btcusd'] }
    ],
    [
      '{"event":"bts:subscription_succeeded","channel":"live_trades_btcusd","data":{}}',
      { kind: 'trades', symbols: ['btcusd'] }
    ],
    ['{"event":"bts:heartbeat","channel":"","data":{"status":"success"}}', { kind: 'heard' }],
    [
      '{"event":"bts:request_reconnect","channel":"","data":""}',
      { kind: 'reconnect', reason: 'the venue asks to connect anew' }
    ],
    [
      '{"event":"bts:error","channel":"","data":{"code":null,"message":"Incorrect channel: order_book_foobar."}}',
      { kind: 'refused', symbol: 'foobar', reason: 'Incorrect channel: order_book_foobar.' }
    ],
    [
      '{"event":"bts:error","channel":"live_trades_foobar","data":{"code":4000,"message":"no"}}',
      { kind: 'refused', symbol: 'foobar', reason: '4000 no' }
    ],
    ['{"event":"order_created"}', { kind: 'ignored' }],
    ['null', { kind: 'ignored' }],
    ['<html>', { kind: 'malformed', reason: 'no JSON: <html>' }]
  ])('%s', (text, event) => {
    expect(bitstamp.reader().decode(text)).toEqual([event])
  })
})

describe("Bitstamp's instruments", () => {
  const pair = (fields: object) => ({
    ...{ trading: 'Enabled', base_decimals: 8, url_symbol: 'btcusd', name: 'BTC/USD', counter_decimals: 2 },
    ...fields
  })

  it('come with their steps and state; broken ones are left out', () => {
    const list = [
      pair({}),
      pair({ url_symbol: 'xrpusd', name: 'XRP/USD', trading: 'Disabled' }),
      pair({ name: 'X' }),
      7
    ]
    expect(bitstamp.catalogue.read(JSON.stringify(list), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'bitstamp:btcusd', product: 'spot', base: 'BTC', quote: 'USD', trading: 'trading' },
          price: { decimals: 2, step: 1 },
          size: { decimals: 8, step: 1 }
        },
        { symbol: 'xrpusd', trading: 'halted' }
      ]
    })
  })

  it('that cannot be read have a reason', () => {
    for (const text of ['<html>', '{}', '[]', '[1]'])
      expect(bitstamp.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  it('are guessed from their names', () => {
    expect(bitstamp.catalogue.guess('adaeur')).toMatchObject({ base: 'ADA', quote: 'EUR' })
    expect(bitstamp.catalogue.guess('usdtusd')).toMatchObject({ base: 'USDT', quote: 'USD' })
  })
})

test("Bitstamp's channels are asked for one by one", () => {
  expect(bitstamp.legs[0]!.subscribe(['btcusd'], 3)).toEqual(
    ['diff_order_book', 'live_trades', 'order_book'].map(
      (name) => `{"event":"bts:subscribe","data":{"channel":"${name}_btcusd"}}`
    )
  )
})
