import { describe, expect, it, test } from 'vitest'
import { Replay } from '../../../src-main/engine/tape/replay'
import { coinbase } from '../../../src-main/engine/venues/coinbase/index'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'
import { framesOf, played } from '../../support/replayed'
import { nobody } from '../../../src-main/engine/feed/nobody'

const snapshot =
  '{"type":"snapshot","product_id":"BTC-USD","asks":[["101.50","0.5"],["102.00","2"]],"bids":[["101.25","1.00000001"]],"time":"2026-11-25T10:00:00.000000Z"}'
const update =
  '{"type":"l2update","product_id":"BTC-USD","changes":[["sell","101.50","0.00"],["buy","101.30","0.25"]],"time":"2026-11-25T10:00:00.050000Z"}'
const ticker =
  '{"type":"ticker","sequence":37475248783,"product_id":"BTC-USD","price":"101.50","best_bid":"101.25","best_bid_size":"0.5","best_ask":"101.50","best_ask_size":"3","side":"buy","time":"2026-11-25T10:00:01.500000Z","trade_id":7,"last_size":"1"}'
const match = (id: number, type = 'match', side = 'sell') =>
  `{"type":"${type}","trade_id":${id},"maker_order_id":"ac9","taker_order_id":"132","side":"${side}","size":"0.5","price":"101.50","product_id":"BTC-USD","sequence":50,"time":"2026-11-25T10:00:02.000000Z"}`
const heartbeat = (latest: number) =>
  `{"type":"heartbeat","sequence":90,"last_trade_id":${latest},"product_id":"BTC-USD","time":"2026-11-25T10:00:03.000000Z"}`

const start = Date.UTC(2026, 10, 25, 10)

/** What one line is heard to say. */
function heardOf(...frames: readonly string[]) {
  const sink = new RecordingSink(coinbase, 'BTC-USD')
  const reader = coinbase.reader()
  for (const frame of frames) expect(reader.read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
const none = { first: NaN, last: NaN, previous: NaN }
const trade = (id: number, aggressor = 1) => ({
  ...{ trade: id, price: 10150, size: 50_000_000, aggressor },
  at: start + 2_000
})

describe('Coinbase Exchange', () => {
  it('takes a snapshot as the whole book', () => {
    expect(heardOf(snapshot)).toEqual([
      {
        ...{ isSnapshot: true, complete: true, ...none, at: start },
        bids: [[10125, 100_000_001]],
        asks: [
          [10150, 50_000_000],
          [10200, 200_000_000]
        ]
      }
    ])
  })

  it('takes changes of both sides in one list, whatever the order of keys', () => {
    const heard = {
      ...{ isSnapshot: false, complete: false, ...none },
      bids: [[10130, 25_000_000]],
      asks: [[10150, 0]]
    }
    expect(heardOf(update)).toEqual([{ ...heard, at: start + 50 }])
    const turned =
      '{"changes":[["sell","101.50","0"],["buy","101.30","0.25"]],"time":"0001-01-01T00:00:00.000000Z","product_id":"BTC-USD","type":"l2update"}'
    expect(heardOf(turned)).toEqual([{ ...heard, at: NaN }])
  })

  it('turns the maker’s side round: a resting sell was bought', () => {
    expect(heardOf(match(7), match(8, 'match', 'buy'))).toEqual([trade(7), trade(8, -1)])
  })

  it('reads best quotes, with their sizes where they are told', () => {
    expect(heardOf(ticker)).toEqual([
      { bid: 10125, bidSize: 50_000_000, ask: 10150, askSize: 300_000_000, sequence: NaN, at: start + 1_500 }
    ])
    const old = ticker.replace(/"best_(bid|ask)_size":"[^"]+",/g, '')
    expect(heardOf(old)).toMatchObject([{ bid: 10125, bidSize: NaN, ask: 10150, askSize: NaN }])
  })

  it('doubts the book at once when a trade id is missing, and hears a repetition once', () => {
    expect(heardOf(match(7, 'last_match'), match(8), match(8), match(10))).toEqual([
      trade(8),
      { tradesMissed: true },
      { doubtful: '1 trade was lost, so changes may be too' },
      trade(10)
    ])
  })

  it('says that trades are missing where a new subscription begins after others', () => {
    expect(heardOf(match(7), match(9, 'last_match'))).toEqual([trade(7), { tradesMissed: true }])
  })

  it('gives a trade that a heartbeat tells of one second to come', () => {
    expect(heardOf(match(7), heartbeat(8), match(8), heartbeat(8))).toEqual([trade(7), trade(8)])
    expect(heardOf(match(7), heartbeat(9), heartbeat(9), heartbeat(9))).toEqual([
      trade(7),
      { tradesMissed: true },
      { doubtful: '2 trades were lost, so changes may be too' }
    ])
  })

  it('tells the line’s trades from those of another', () => {
    expect(heardOf(heartbeat(5), heartbeat(6), match(7))).toEqual([trade(7)])
  })

  it('refines a grid for a finer price and reads again', () => {
    const sink = new RecordingSink(coinbase, 'BTC-USD')
    const reader = coinbase.reader()
    const fine = bytesOf(update.replace('101.30', '101.305'))
    expect(reader.read(fine, sink)).toBe('off-grid')
    expect(sink.refined).toEqual(['price 101.305'])
    expect(reader.read(fine, sink)).toBe('taken')
    expect(sink.heard).toMatchObject([{ bids: [[101305, 25_000_000]], asks: [[101500, 0]] }])
  })

  it('says whom the venue refuses, in its words', () => {
    const { decode } = coinbase.reader()
    expect(
      decode('{"type":"error","message":"Failed to subscribe","reason":"FOO-BAR is not a valid product"}')
    ).toEqual([
      { kind: 'refused', symbol: 'FOO-BAR', reason: 'Failed to subscribe: FOO-BAR is not a valid product' }
    ])
    expect(
      decode(
        '{"type":"subscriptions","channels":[{"name":"ticker","product_ids":["BTC-USD","ETH-USD"]},{"name":"level2","product_ids":["BTC-USD"]}]}'
      )
    ).toEqual([{ kind: 'subscribed', symbols: ['BTC-USD', 'ETH-USD'] }])
    expect(decode('nonsense')).toMatchObject([{ kind: 'malformed' }])
  })

  it('lists products with their steps and states', () => {
    const product = (id: string, more: object) => ({
      ...{ id, base_currency: id.split('-')[0], quote_currency: 'USD' },
      ...{ quote_increment: '0.01', base_increment: '0.00000001', status: 'online' },
      ...more
    })
    const list = [
      product('BTC-USD', {}),
      product('OLD-USD', { status: 'delisted' }),
      product('X-USD', { trading_disabled: true }),
      { id: 3 }
    ]
    expect(coinbase.catalogue.read(JSON.stringify(list), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'coinbase:BTC-USD', base: 'BTC', quote: 'USD', product: 'spot', trading: 'trading' },
          ...{ price: { decimals: 2, step: 1 }, size: { decimals: 8, step: 1 } }
        },
        { symbol: 'OLD-USD', trading: 'delisted' },
        { symbol: 'X-USD', trading: 'halted' }
      ]
    })
    expect(coinbase.catalogue.read('{}', asked)).toHaveProperty('reason')
  })

  it('can be asked for a whole book to hold ours against', () => {
    const audit = coinbase.audit!
    const { url } = audit.request('BTC-USD', coinbase.spec.endpoints)
    expect(url).toBe('https://api.exchange.coinbase.com/products/BTC-USD/book?level=2')
    expect(audit.symbolOf(new URL(url))).toBe('BTC-USD')
    expect(audit.symbolOf(new URL('https://api.exchange.coinbase.com/products'))).toBeUndefined()
    const { lane1 } = new RecordingSink(coinbase, 'BTC-USD')
    const answer =
      '{"bids":[["101.25","1",3]],"asks":[["101.50","0.5",1]],"sequence":37,"auction_mode":false,"auction":null,"time":"2026-11-25T10:00:00.000000Z"}'
    expect(audit.read(bytesOf(answer), lane1)).toBe('taken')
    expect(staged(lane1.changes)).toEqual({
      ...{ isSnapshot: true, complete: true, ...none, at: start },
      ...{ bids: [[10125, 100_000_000]], asks: [[10150, 50_000_000]] }
    })
    expect(audit.read(bytesOf('{"message":"NotFound"}'), lane1)).toBe('ordinary')
  })

  it('leaves and joins level 2 alone for a fresh snapshot', () => {
    const { snapshot: source } = coinbase
    expect(source.kind === 'in-band' && source.request(['BTC-USD'], 1)).toEqual([
      '{"type":"unsubscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}',
      '{"type":"subscribe","product_ids":["BTC-USD"],"channels":["level2_batch"]}'
    ])
  })

  it('survives cuts and garbage', () => {
    const frames = [snapshot, update, ticker, match(7), heartbeat(7)]
    for (const frame of frames) expectCutsUnheard(coinbase, 'BTC-USD', frame)
    expectMutationsHarmless(coinbase, 'BTC-USD', frames)
  })
})

const capture = 'feeds/coinbase-exchange_2021.jsonl.gz'
describe.skipIf(!haveCapture(capture))('the capture of five Coinbase books', () => {
  test('holds 4,736 updates, 35 trades and no gap', async () => {
    expect(played(coinbase, await framesOf(capture))).toEqual({
      ...{ books: 5, snapshots: 5, applied: 4736, trades: 35, gaps: 0, crossed: 0 },
      ...{ checksums: { ok: 0, bad: 0 }, rejected: {} }
    })
  })

  test('36 of its 40 tickers equal the touch at their very position', async () => {
    const tape = new Replay(coinbase, nobody)
    for (const frame of await framesOf(capture)) tape.take(frame)
    const quotes = tape.summary().instruments.map((it) => it.quotes)
    expect(quotes.reduce((sum, { compared }) => sum + compared, 0)).toBe(40)
    expect(quotes.reduce((sum, { equal }) => sum + equal, 0)).toBe(36)
  })

  test('a lost trade is a gap, wherever another follows', async () => {
    const frames = await framesOf(capture)
    const matches = frames.flatMap((frame, index) => {
      const product = /^\{"type":"match".*"product_id":"([^"]+)"/.exec(
        Buffer.from(frame.bytes).toString()
      )?.[1]
      return product === undefined ? [] : [{ index, product }]
    })
    const followed = matches.filter(({ product }, n) =>
      matches.slice(n + 1).some((it) => it.product === product)
    )
    expect(followed.length).toBeGreaterThan(20)
    for (const { index: lost } of followed.filter((_, n) => n % 7 === 0))
      expect(
        played(
          coinbase,
          frames.filter((_, index) => index !== lost)
        ).gaps
      ).toBe(1)
  })
})
