import { describe, expect, it, test } from 'vitest'
import { Changes, tradeFlag } from '../../../src-main/engine/book/changes'
import { Replay } from '../../../src-main/engine/tape/replay'
import { bybitLinear as venue } from '../../../src-main/engine/venues/bybit-linear/index'
import { bybitOption } from '../../../src-main/engine/venues/bybit-option/index'
import { bybitSpot } from '../../../src-main/engine/venues/bybit-spot/index'
import { capturePath, haveCapture } from '../../support/captures'
import { dropEachDiff, framesOf } from '../../support/dropped-diffs'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { nobody } from '../../../src-main/engine/feed/nobody'

const snapshot =
  '{"topic":"orderbook.1000.BTCUSDT","type":"snapshot","ts":1672304484978,"data":{"s":"BTCUSDT","b":[["16493.50","0.006"],["16493.00","0.100"]],"a":[["16611.00","0.029"],["16612.00","0.213"]],"u":18521288,"seq":7961638724},"cts":1672304484976}'
const delta =
  '{"topic":"orderbook.1000.BTCUSDT","type":"delta","ts":1687940967466,"data":{"s":"BTCUSDT","b":[["30247.20","30.028"],["30245.40","0"]],"a":[],"u":18521289,"seq":66544703342},"cts":1687940967464}'
const quote =
  '{"topic":"orderbook.1.BTCUSDT","type":"snapshot","ts":1680673820717,"data":{"s":"BTCUSDT","b":[["28552.00","0.047"]],"a":[["28552.10","25.433"]],"u":7003305,"seq":50193540681}}'
const trade =
  '{"topic":"publicTrade.BTCUSDT","type":"snapshot","ts":1672304486868,"data":[{"T":1672304486865,"s":"BTCUSDT","S":"Buy","v":"0.001","p":"16578.50","L":"PlusTick","i":"20f43950-d8dd-5b31-9112-a178eb6023af","BT":false,"seq":1783284617},{"T":1672304486866,"s":"BTCUSDT","S":"Sell","v":"2.500","p":"16578.40","L":"MinusTick","i":"100","BT":true,"RPI":true}]}'
const ticker =
  '{"topic":"tickers.BTCUSDT","type":"snapshot","data":{"symbol":"BTCUSDT","tickDirection":"PlusTick","lastPrice":"17216.00","markPrice":"17217.33","indexPrice":"17227.36","openInterest":"68744.761","openInterestValue":"1183601235.91","nextFundingTime":"1673280000000","fundingRate":"-0.000212","bid1Price":"17215.50","bid1Size":"84.489"},"cs":24987956059,"ts":1673272861686}'
const tickerDelta =
  '{"topic":"tickers.BTCUSDT","type":"delta","data":{"symbol":"BTCUSDT","markPrice":"17218.00"},"cs":24987956060,"ts":1673272861786}'
const liquidation =
  '{"topic":"allLiquidation.BTCUSDT","type":"snapshot","ts":1739502303204,"data":[{"T":1739502302929,"s":"BTCUSDT","S":"Sell","v":"0.020","p":"16500.0"}]}'
const frames = [snapshot, delta, quote, trade, ticker, tickerDelta, liquidation]

function heardOf(...texts: readonly string[]) {
  const sink = new RecordingSink(venue, 'BTCUSDT')
  const reader = venue.reader()
  for (const text of texts) expect(reader.read(bytesOf(text), sink)).toBe('taken')
  return sink.heard
}
const decoded = (text: string) => venue.reader().decode(text)
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Bybit linear', () => {
  it('takes snapshots and deltas at the time of the match', () => {
    expect(heardOf(snapshot, delta)).toEqual([
      {
        ...{ isSnapshot: true, complete: true, first: 18521288, last: 18521288, previous: NaN },
        at: 1672304484976,
        bids: [
          [164935, 6],
          [164930, 100]
        ],
        asks: [
          [166110, 29],
          [166120, 213]
        ]
      },
      {
        ...{ isSnapshot: false, complete: false, first: 18521289, last: 18521289, previous: NaN },
        at: 1687940967464,
        bids: [
          [302472, 30028],
          [302454, 0]
        ],
        asks: []
      }
    ])
  })

  it('knows the book as a window as deep as the topic', () => {
    const sink = new RecordingSink(venue, 'BTCUSDT')
    for (const depth of [50, 200, 1000]) {
      venue.reader().read(bytesOf(delta.replace('.1000.', `.${depth}.`)), sink)
      expect(sink.lane1.changes.window).toBe(depth)
    }
  })

  it('takes what has number 1 for a whole book, whatever it is called', () => {
    expect(heardOf(delta.replace('"u":18521289', '"u":1'))).toMatchObject([
      { isSnapshot: true, complete: true, last: 1 }
    ])
  })

  it('reads keys in any order', () => {
    const { topic, type, ts, data } = JSON.parse(snapshot) as Record<string, unknown>
    for (const turned of [
      { data, type, ts, topic },
      { ts, topic, data, type }
    ])
      expect(heardOf(JSON.stringify(turned))).toMatchObject([
        { isSnapshot: true, last: 18521288, at: 1672304484978, bids: [[164935, 6], [164930, 100]] } // prettier-ignore
      ])
  })

  it('reads best quotes apart from the book’s numbers', () => {
    expect(heardOf(quote)).toEqual([
      { bid: 285520, bidSize: 47, ask: 285521, askSize: 25433, sequence: NaN, at: 1680673820717 }
    ])
  })

  it('follows the deltas that quotes came in before 2024', () => {
    const moved =
      '{"topic":"orderbook.1.BTCUSDT","type":"delta","ts":1682092584425,"data":{"s":"BTCUSDT","b":[["28552.00","0"],["28551.70","0.777"]],"a":[["28552.10","0"]],"u":7003306,"seq":11155892580}}'
    expect(heardOf(quote, moved)[1]).toMatchObject({ bid: 285517, bidSize: 777, ask: NaN, askSize: NaN })
    const same = moved.replace('["28552.00","0"],["28551.70","0.777"]', '').replace('["28552.10","0"]', '')
    expect(heardOf(quote, same)[1]).toMatchObject({ bid: 285520, bidSize: 47, ask: 285521, askSize: 25433 })
  })

  it('tells trades by their taker, with the flags for block and RPI', () => {
    const sink = new RecordingSink(venue, 'BTCUSDT')
    venue.reader().read(bytesOf(trade), sink)
    expect(sink.heard).toEqual([
      { trade: NaN, price: 165785, size: 1, aggressor: 1, at: 1672304486865 },
      { trade: 100, price: 165784, size: 2500, aggressor: -1, at: 1672304486866 }
    ])
    expect([...sink.lane1.trades.flags.subarray(0, 2)]).toEqual([0, tradeFlag.block | tradeFlag.rpi])
  })

  it('tells a liquidated short as bought back', () => {
    const sink = new RecordingSink(venue, 'BTCUSDT')
    venue.reader().read(bytesOf(liquidation), sink)
    const { liquidations } = sink.lane1
    expect(liquidations.count).toBe(1)
    expect([
      liquidations.price[0],
      liquidations.size[0],
      liquidations.aggressor[0],
      liquidations.at[0]
    ]).toEqual([...[165000, 20, 1, 1739502302929]])
  })

  it('keeps the figures that a ticker’s delta leaves out', () => {
    expect(heardOf(ticker, tickerDelta)).toEqual([
      {
        ...{ mark: 17217.33, index: 17227.36, funding: -0.000212, nextFundingAt: 1673280000000 },
        ...{ openInterest: 68744.761, at: 1673272861686 }
      },
      {
        ...{ mark: 17218, index: 17227.36, funding: -0.000212, nextFundingAt: 1673280000000 },
        ...{ openInterest: 68744.761, at: 1673272861786 }
      }
    ])
  })

  it('refines a grid before anything is handed over', () => {
    const sink = new RecordingSink(venue, 'BTCUSDT')
    const fine = snapshot.replace('16493.50', '16493.55').replace('"0.029"', '"0.0291"')
    const reader = venue.reader()
    expect(reader.read(bytesOf(fine), sink)).toBe('off-grid')
    expect(sink.heard).toEqual([])
    expect(sink.refined).toEqual(['price 16493.55', 'size 0.0291'])
    expect(reader.read(bytesOf(fine), sink)).toBe('taken')
    expect(sink.heard).toMatchObject([{ asks: [[1661100, 291], [1661200, 2130]] }]) // prettier-ignore
    expect(reader.read(bytesOf(trade.replace('"2.500"', '"2.50005"')), sink)).toBe('off-grid')
  })

  it('halts a book that the venue has emptied, and reads the list again', () => {
    const emptied = snapshot
      .replace(/"b":\[.*?\]\]/, '"b":[]')
      .replace(/"a":\[.*?\]\]/, '"a":[]')
      .replace('"u":18521288', '"u":1')
    const sink = new RecordingSink(venue, 'BTCUSDT')
    expect(venue.reader().read(bytesOf(emptied), sink)).toBe('ordinary')
    expect(sink.heard).toEqual([])
    expect(decoded(emptied)).toMatchObject([{ kind: 'halted', symbol: 'BTCUSDT' }, { kind: 'relisted' }])
  })

  it('refuses ids that cannot be told apart', () => {
    const sink = new RecordingSink(venue, 'BTCUSDT')
    const huge = delta.replace('"u":18521289', '"u":9007199254740993')
    expect(venue.reader().read(bytesOf(huge), sink)).toBe('malformed')
    expect(sink.heard).toEqual([])
  })

  it('survives cuts and garbage', () => {
    for (const frame of frames) expectCutsUnheard(venue, 'BTCUSDT', frame)
    expectMutationsHarmless(venue, 'BTCUSDT', frames)
  })
})

describe('Bybit says', () => {
  test.each([
    [
      '{"success":true,"ret_msg":"","conn_id":"c","req_id":"BTCUSDT","op":"subscribe"}',
      { kind: 'subscribed', symbols: ['BTCUSDT'] }
    ],
    ['{"success":true,"ret_msg":"pong","conn_id":"c","req_id":"","op":"ping"}', { kind: 'heard' }],
    ['{"req_id":"x","op":"pong","args":["1672916271846"],"conn_id":"c"}', { kind: 'heard' }],
    [
      '{"success":false,"ret_msg":"Invalid topic: invalid.topic","conn_id":"c","req_id":"NOUSDT","op":"subscribe"}',
      { kind: 'refused', symbol: 'NOUSDT', reason: 'Invalid topic: invalid.topic' }
    ],
    [
      '{"success":false,"ret_msg":"error:handler not found,topic:orderbook.1000.NOUSDT","conn_id":"c","req_id":"","op":"subscribe"}',
      { kind: 'refused', symbol: 'NOUSDT', reason: 'error:handler not found,topic:orderbook.1000.NOUSDT' }
    ],
    [
      '{"success":false,"ret_msg":"error:already subscribed,topic:orderbook.1000.BTCUSDT","conn_id":"c","req_id":"BTCUSDT","op":"subscribe"}',
      { kind: 'heard' }
    ],
    ['{"topic":"kline.5.BTCUSDT","data":[],"ts":1672324988882,"type":"snapshot"}', { kind: 'ignored' }],
    ['[]', { kind: 'ignored' }],
    ['{', { kind: 'malformed', reason: 'no JSON: {' }]
  ])('%s', (text, event) => {
    // prettier-ignore
    expect(venue.reader().read(bytesOf(text), new RecordingSink(venue, 'BTCUSDT'))).toBe(
      text === '{' ? 'malformed' : 'ordinary'
    )
    expect(decoded(text)).toEqual([event])
  })

  it('at most 200 letters of reason', () => {
    const [event] = decoded(JSON.stringify({ success: false, ret_msg: 'x'.repeat(999), op: 'subscribe' }))
    expect(event).toEqual({ kind: 'refused', reason: 'x'.repeat(200) })
  })
})

describe('Bybit sequence', () => {
  test.each([
    [101, 'next'],
    [100, 'stale'],
    [102, 'gap'],
    [99, 'gap'],
    [2, 'gap']
  ])('message %d after 100: %s', (last, answer) => {
    expect(venue.sequence.follows(changes({ last }), 100)).toBe(answer)
    expect(venue.sequence.joins(changes({ last }), 100)).toBe(answer)
  })
})

describe('Bybit asks', () => {
  it('for all of a symbol in a request of its own', () => {
    expect(
      venue.legs[0]!.subscribe(['BTCUSDT', 'ETHUSDT'], 7).map((it) => JSON.parse(it) as unknown)
    ).toMatchObject([
      {
        req_id: 'BTCUSDT',
        op: 'subscribe',
        args: [
          'orderbook.1000.BTCUSDT',
          'orderbook.1.BTCUSDT',
          'publicTrade.BTCUSDT',
          'tickers.BTCUSDT',
          'allLiquidation.BTCUSDT'
        ]
      },
      { req_id: 'ETHUSDT' }
    ])
  })

  it('for a fresh book by leaving and joining its topic', () => {
    const { snapshot } = venue
    expect(snapshot.kind === 'in-band' && snapshot.request(['BTCUSDT'], 7)).toEqual([
      '{"req_id":"BTCUSDT","op":"unsubscribe","args":["orderbook.1000.BTCUSDT"]}',
      '{"req_id":"BTCUSDT","op":"subscribe","args":["orderbook.1000.BTCUSDT"]}'
    ])
  })
})

describe('Bybit lists', () => {
  const listed = (symbol: string, more: object = {}) => ({
    ...{ symbol, contractType: 'LinearPerpetual', status: 'Trading', baseCoin: 'BTC', quoteCoin: 'USDT' },
    ...{ settleCoin: 'USDT', deliveryTime: '0', priceFilter: { tickSize: '0.10' } },
    lotSizeFilter: { qtyStep: '0.001', maxOrderQty: '100' },
    ...more
  })
  const page = (list: readonly object[], nextPageCursor: string | null) =>
    JSON.stringify({ retCode: 0, retMsg: 'OK', result: { category: 'linear', list, nextPageCursor } })

  it('ticks, lots, delivery, settlement and state', () => {
    const answer = venue.catalogue.read(
      page(
        [
          listed('BTCUSDT'),
          listed('BTC-26SEP25', {
            ...{ contractType: 'LinearFutures', deliveryTime: '1758873600000' },
            ...{ quoteCoin: 'USDC', settleCoin: 'USDC', status: 'PreLaunch' }
          }),
          { symbol: 'BROKEN' },
          listed('bad name')
        ],
        null
      ),
      asked
    )
    expect(answer).toMatchObject({
      instruments: [
        {
          ...{ id: 'bybit-linear:BTCUSDT', base: 'BTC', quote: 'USDT', product: 'linear', settle: 'USDT' },
          ...{ price: { decimals: 1, step: 1 }, size: { decimals: 3, step: 1 }, trading: 'trading' },
          contract: { of: 1, currency: 'base' }
        },
        { id: 'bybit-linear:BTC-26SEP25', expiresAt: Date.UTC(2025, 8, 26, 8), trading: 'halted' }
      ]
    })
    expect('instruments' in answer && answer.instruments.map((it) => 'expiresAt' in it)).toEqual([
      false,
      true
    ])
  })

  it('page after page', () => {
    const [first] = venue.catalogue.requests(venue.spec.endpoints)
    expect(first!.url).toBe('https://api.bybit.com/v5/market/instruments-info?category=linear&limit=1000')
    const answer = venue.catalogue.read(page([listed('BTCUSDT')], 'a%3Db&c'), first!)
    const [next] = 'next' in answer ? [answer.next ?? []].flat() : []
    expect(new URL(next!.url).searchParams.get('cursor')).toBe('a%3Db&c')
    expect(venue.catalogue.read(page([], ''), next!)).toEqual({ instruments: [] })
  })

  test.each([
    ['no', 'the list of instruments is no JSON'],
    ['{"retCode":10006,"retMsg":"Too many visits!","result":{}}', '10006 Too many visits!'],
    ['{"retCode":0,"retMsg":"OK","result":{}}', 'the list of instruments has no entries']
  ])('%s: the reason', (text, reason) => {
    expect(venue.catalogue.read(text, asked)).toEqual({ reason })
  })

  test.each([
    ['BTCUSDT', { base: 'BTC', quote: 'USDT' }],
    ['1000PEPEUSDT', { base: '1000PEPE', quote: 'USDT' }],
    ['BTCPERP', { base: 'BTC', quote: 'USDC' }],
    ['BTC-26SEP25', { base: 'BTC', quote: 'USDC', expiresAt: Date.UTC(2025, 8, 26, 8) }],
    ['BTCUSDT-26SEP25', { base: 'BTC', quote: 'USDT', expiresAt: Date.UTC(2025, 8, 26, 8) }],
    ['???', { base: '???', quote: '?' }]
  ])('guesses %s', (symbol, name) => {
    expect(venue.catalogue.guess(symbol)).toMatchObject(name)
  })
})

const capture = 'feeds/bybit-v5-linear_xrpusdt_ob500_first25.jsonl.gz'
describe.skipIf(!haveCapture(capture))('the recorded XRPUSDT book', () => {
  it('applies every delta, and is never crossed', async () => {
    const tape = new Replay(venue, nobody)
    for (const frame of await framesOf(capturePath(capture))) tape.take(frame)
    const { instruments, rejected } = tape.summary()
    expect(rejected.count).toBe(0)
    expect(instruments).toMatchObject([
      { instrument: 'bybit-linear:XRPUSDT', snapshots: 1, applied: 24, stale: 0, gaps: 0, crossed: 0 }
    ])
    expect(tape.lanes.get('XRPUSDT')!.isLive).toBe(true)
  })

  it('notices the loss of any delta but the last', async () => {
    const frames = await framesOf(capturePath(capture))
    expect(dropEachDiff(venue, frames)).toEqual({ dropped: 24, noticed: 23, last: 1 })
  })
})

describe('Bybit is closed', () => {
  const row = (fields: object) => ({
    ...{ id: '4d95b2a0', title: 'matching engine upgrade', state: 'ongoing', begin: '1751596902000' },
    ...{ end: '1751597011000', href: '', serviceTypes: [1, 5], product: [1, 2], uidSuffix: [] },
    ...{ maintainType: 1, env: 1 },
    ...fields
  })
  const answer = (...list: readonly object[]) => JSON.stringify({ retCode: 0, retMsg: '', result: { list } })

  it('while maintenance of trading or of market data in that product goes on', () => {
    const text = answer({ broken: true }, row({}))
    expect([venue, bybitSpot, bybitOption].map(({ status }) => status!.read(text))).toEqual([
      'maintenance: matching engine upgrade',
      'maintenance: matching engine upgrade',
      ''
    ])
    expect(venue.status!.read(answer(row({ maintainType: '3', env: '1' })))).toBe(
      'incident: matching engine upgrade'
    )
    expect(venue.status!.request(venue.spec.endpoints).url).toBe(
      'https://api.bybit.com/v5/system/status?state=ongoing'
    )
  })

  test.each([
    [{ state: 'scheduled' }],
    [{ state: 'completed' }],
    [{ serviceTypes: [2, 3, 4] }],
    [{ uidSuffix: [7] }],
    [{ env: 2 }]
  ])('not for %j', (fields) => {
    expect(venue.status!.read(answer(row(fields)))).toBe('')
  })

  it('is not known from an answer that cannot be read', () => {
    for (const text of ['<html>', '{}', '{"retCode":10001,"retMsg":"no"}'])
      expect(venue.status!.read(text)).toBeUndefined()
  })
})
