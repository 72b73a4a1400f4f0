import { describe, expect, it, test } from 'vitest'
import { Changes } from '../../../src-main/engine/book/changes'
import { gateSpot } from '../../../src-main/engine/venues/gate-spot/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'

const diff =
  '{"time":1682689045,"time_ms":1682689045562,"channel":"spot.order_book_update","event":"update","result":{"t":1682689045398,"e":"depthUpdate","E":1682689045,"s":"BTC_USDT","U":101,"u":105,"b":[["29291.4","0.512"],["29290.0","0"]],"a":[],"l":"100"}}'
const full =
  '{"time":1,"time_ms":1000,"channel":"spot.order_book_update","event":"update","result":{"t":999,"full":true,"l":"100","s":"BTC_USDT","u":110,"b":[["29291.4","1"]],"a":[["29291.5","2"]]}}'
const trade =
  '{"time":1682689046,"time_ms":1682689046133,"channel":"spot.trades","event":"update","result":{"id":5541729598,"create_time":1682689046,"create_time_ms":"1682689046123.5","side":"sell","currency_pair":"BTC_USDT","amount":"0.2010000000","price":"29291.4000000000"}}'
const quote =
  '{"time":1682689046,"time_ms":1682689046142,"channel":"spot.book_ticker","event":"update","result":{"t":1682689046131,"u":105,"s":"BTC_USDT","b":"29291.4","B":"0.512","a":"29291.5","A":"10"}}'
const snapshot =
  '{"id":100,"current":1623898993123,"update":1623898993121,"asks":[["29291.5","1.151"]],"bids":[["29291.4","2.5"],["29290.0","1"]]}'

function reading(frame: string, symbol = 'BTC_USDT') {
  const sink = new RecordingSink(gateSpot, symbol)
  return { answer: gateSpot.reader().read(bytesOf(frame), sink), sink, heard: sink.heard }
}
const source = gateSpot.snapshot
if (source.kind !== 'rest') throw new Error('Gate has its snapshots by REST')

describe('Gate spot', () => {
  it('tells changes of a window of 100 levels, in ticks and lots', () => {
    const { answer, heard, sink } = reading(diff)
    expect([answer, sink.lane1.changes.window]).toEqual(['taken', 100])
    expect(heard).toEqual([
      {
        ...{ isSnapshot: false, complete: false, first: 101, last: 105, previous: NaN, at: 1682689045398 },
        bids: [
          [292914, 512],
          [292900, 0]
        ],
        asks: []
      }
    ])
  })

  it('takes a whole window that the venue sends by itself for a snapshot', () => {
    expect(reading(full).heard).toMatchObject([
      { isSnapshot: true, last: 110, bids: [[292914, 1000]], asks: [[292915, 2000]] }
    ])
  })

  it('reads a side that is left out or null as unchanged', () => {
    for (const frame of [diff.replace(',"a":[]', ''), diff.replace('"a":[]', '"a":null')])
      expect(reading(frame).heard).toMatchObject([
        {
          bids: [
            [292914, 512],
            [292900, 0]
          ],
          asks: []
        }
      ])
  })

  it('names the taker of a trade', () => {
    const sale = { trade: 5541729598, price: 292914, size: 201, at: 1682689046123.5 }
    expect(reading(trade).heard).toEqual([{ ...sale, aggressor: -1 }])
    expect(reading(trade.replace('"sell"', '"buy"')).heard).toEqual([{ ...sale, aggressor: 1 }])
  })

  it('reads best quotes in the id space of the book, and none where a side is empty', () => {
    expect(reading(quote).heard).toEqual([
      { bid: 292914, bidSize: 512, ask: 292915, askSize: 10000, sequence: 105, at: 1682689046131 }
    ])
    const oneSided = quote.replace('"29291.4"', '""').replace('"0.512"', '"0"')
    expect(reading(oneSided).heard).toMatchObject([{ bid: NaN, bidSize: NaN, ask: 292915 }])
  })

  it('refines the grid for a number off it, and hands over only what was read again', () => {
    const { answer, sink } = reading(diff.replace('0.512', '0.5121'))
    expect([answer, sink.heard, sink.refined]).toEqual(['off-grid', [], ['size 0.5121']])
  })

  it('says nothing of instruments nobody watches', () => {
    expect(reading(diff, 'ETH_USDT')).toMatchObject({ answer: 'taken', heard: [] })
  })

  test.each([
    diff.replace('"u":105', '"u":9007199254740993'),
    diff.replace('"U":101,', ''),
    diff.replace('29291.4', '-29291.4'),
    diff.replace('29291.4', '0'),
    trade.replace('"sell"', '"hold"'),
    trade.replace(/"result":.*/, '"result":null}'),
    `${diff}{}`
  ])('refuses %s', (frame) => {
    const { answer, sink } = reading(frame)
    expect([answer, sink.heard, sink.refined]).toEqual(['malformed', [], []])
  })

  it('leaves other frames to the ordinary door', () => {
    const candle = '{"time":1,"channel":"spot.candlesticks","event":"update","result":{"t":"1"}}'
    for (const frame of [candle, snapshot, '', 'hello', '[]', diff.replace('"update"', '"subscribe"')])
      expect(reading(frame).answer).toBe('ordinary')
  })

  it('survives cuts and garbage', () => {
    for (const frame of [diff, full, trade, quote]) expectCutsUnheard(gateSpot, 'BTC_USDT', frame)
    expectMutationsHarmless(gateSpot, 'BTC_USDT', [diff, full, trade, quote, snapshot])
  })
})

describe("Gate's snapshot", () => {
  const read = (text: string) => {
    const { lane1 } = new RecordingSink(gateSpot, 'BTC_USDT')
    return { answer: source.read(bytesOf(text), lane1), staged: staged(lane1.changes), lane1 }
  }

  it('carries the id that diffs join', () => {
    expect(read(snapshot)).toMatchObject({
      answer: 'taken',
      staged: { isSnapshot: true, last: 100, at: 1623898993121, asks: [[292915, 1151]] },
      lane1: { changes: { window: 100 } }
    })
  })

  it('is neither an error nor a frame, and never half', () => {
    expect(read('{"label":"INVALID_CURRENCY_PAIR","message":"no"}').answer).toBe('ordinary')
    expect(read(diff).answer).toBe('ordinary')
    for (let length = 1; length < snapshot.length; length++)
      expect(read(snapshot.slice(0, length)).answer).toBe('malformed')
  })

  it('is asked for by symbol, with its id', () => {
    const { url } = source.request('BTC_USDT', gateSpot.spec.endpoints)
    expect(url).toBe(
      'https://api.gateio.ws/api/v4/spot/order_book?currency_pair=BTC_USDT&limit=100&with_id=true'
    )
    expect(source.symbolOf(new URL(url))).toBe('BTC_USDT')
    expect(source.symbolOf(new URL('https://api.gateio.ws/api/v4/spot/currency_pairs'))).toBeUndefined()
  })
})

describe("Gate's sequence", () => {
  const changes = (first: number, last: number) => Object.assign(new Changes(), { first, last })

  test.each([
    [90, 100, 'stale'],
    [90, 101, 'next'],
    [101, 105, 'next'],
    [102, 105, 'gap']
  ])('a first diff %d to %d after snapshot 100: %s', (first, last, answer) => {
    expect(gateSpot.sequence.joins(changes(first, last), 100)).toBe(answer)
  })

  test.each([
    [101, 105, 'next'],
    [95, 100, 'stale'],
    [99, 105, 'gap'],
    [102, 105, 'gap']
  ])('a diff %d to %d after 100: %s', (first, last, answer) => {
    expect(gateSpot.sequence.follows(changes(first, last), 100)).toBe(answer)
  })
})

describe("Gate's notices", () => {
  test.each([
    [
      '{"time":1,"channel":"spot.order_book_update","event":"subscribe","result":{"status":"success"}}',
      { kind: 'subscribed', symbols: [] }
    ],
    [
      '{"time":1,"channel":"spot.order_book_update","event":"subscribe","payload":["BTC_USDT","100ms"],"result":{"status":"success"}}',
      { kind: 'subscribed', symbols: ['BTC_USDT'] }
    ],
    [
      '{"time":1,"channel":"spot.trades","event":"subscribe","payload":["BTC_USDT"],"result":{"status":"success"}}',
      { kind: 'heard' }
    ],
    [
      '{"channel":"spot.trades","event":"subscribe","payload":["FOO_BAR"],"error":{"code":2,"message":"unknown pair"}}',
      { kind: 'refused', symbol: 'FOO_BAR', reason: '2 unknown pair' }
    ],
    [
      '{"channel":"spot.trades","event":"subscribe","error":{"code":2,"message":"unknown currency pair FOO_USDT"}}',
      { kind: 'refused', symbol: 'FOO_USDT', reason: '2 unknown currency pair FOO_USDT' }
    ],
    ['{"time":1,"channel":"spot.pong","event":"","error":null,"result":null}', { kind: 'heard' }],
    [
      '{"time":1770694860,"time_ms":1770694860773,"channel":"spot.system","event":"update","result":{"type":"upgrade","msg":"The connection will soon be closed for a service upgrade. Please reconnect."}}',
      {
        kind: 'closing',
        reason: 'The connection will soon be closed for a service upgrade. Please reconnect.'
      }
    ],
    ['{"type":"service_upgrade","msg":"closed soon"}', { kind: 'closing', reason: 'closed soon' }],
    ['{"channel":"spot.candlesticks","event":"update"}', { kind: 'ignored' }],
    ['<html>', { kind: 'malformed', reason: 'no JSON: <html>' }]
  ])('%s', (text, event) => {
    expect(gateSpot.reader().decode(text)).toEqual([event])
  })

  it('are cut short, whatever the venue says', () => {
    const text = JSON.stringify({ event: 'subscribe', error: { code: 1, message: 'x'.repeat(1000) } })
    const [event] = gateSpot.reader().decode(text)
    expect(event).toMatchObject({ kind: 'refused' })
    expect(JSON.stringify(event).length).toBeLessThan(260)
  })
})

describe("Gate spot's instruments", () => {
  const pair = (fields: object) => ({
    ...{ id: 'BTC_USDT', base: 'BTC', quote: 'USDT', precision: 1, amount_precision: 5 },
    trade_status: 'tradable',
    ...fields
  })

  it('come with their steps and state; broken ones are left out', () => {
    const list = [
      pair({}),
      pair({ id: 'X_USDT', trade_status: 'untradable' }),
      pair({ id: 'Y_USDT', trade_status: 'sellable' }),
      pair({ precision: -1 }),
      7
    ]
    expect(gateSpot.catalogue.read(JSON.stringify(list), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'gate-spot:BTC_USDT', product: 'spot', base: 'BTC', quote: 'USDT', trading: 'trading' },
          price: { decimals: 1, step: 1 },
          size: { decimals: 5, step: 1 }
        },
        { symbol: 'X_USDT', trading: 'halted' },
        { symbol: 'Y_USDT', trading: 'trading' }
      ]
    })
  })

  it('that cannot be read have a reason', () => {
    for (const text of ['<html>', '{}', '[]', '[1]'])
      expect(gateSpot.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  it('are guessed from their names', () => {
    expect(gateSpot.catalogue.guess('DOGE_BTC')).toMatchObject({ base: 'DOGE', quote: 'BTC' })
  })
})

test('books are asked for one by one, each right after its trades, and one bad symbol spoils no other', () => {
  expect(gateSpot.legs[0]!.subscribe(['BTC_USDT', 'A_B'], 3)).toEqual([
    '{"time":3,"channel":"spot.trades","event":"subscribe","payload":["BTC_USDT"]}',
    '{"time":3,"channel":"spot.order_book_update","event":"subscribe","payload":["BTC_USDT","100ms"]}',
    '{"time":3,"channel":"spot.trades","event":"subscribe","payload":["A_B"]}',
    '{"time":3,"channel":"spot.order_book_update","event":"subscribe","payload":["A_B","100ms"]}',
    '{"time":3,"channel":"spot.book_ticker","event":"subscribe","payload":["BTC_USDT"]}',
    '{"time":3,"channel":"spot.book_ticker","event":"subscribe","payload":["A_B"]}'
  ])
})
