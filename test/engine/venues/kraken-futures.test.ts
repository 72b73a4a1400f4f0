import { describe, expect, it, test } from 'vitest'
import { Changes, tradeFlag } from '../../../src-main/engine/book/changes'
import { krakenFutures } from '../../../src-main/engine/venues/kraken-futures/index'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { dropped, framesOf, played } from '../../support/replayed'

const snapshot =
  '{"feed":"book_snapshot","product_id":"PI_XBTUSD","timestamp":1612269825817,"seq":326072249,"tickSize":null,"bids":[{"price":34892.5,"qty":6385.0},{"price":34892,"qty":0}],"asks":[{"price":34911.5,"qty":20598.0},{"price":34912,"qty":2300}]}'
const change =
  '{"feed":"book","product_id":"PI_XBTUSD","side":"sell","seq":326094134,"price":34981,"qty":0.0,"timestamp":1612269953629}'
const trade =
  '{"feed":"trade","product_id":"PI_XBTUSD","uid":"05af78ac-a774-478c-a50c-8b9c234e071e","side":"sell","type":"fill","seq":653355,"time":1612266317519,"qty":15000,"price":34969.5}'
const ticker =
  '{"time":1676393235406,"product_id":"PI_XBTUSD","funding_rate":-6.2604214e-11,"relative_funding_rate":-1.380384722222e-6,"next_funding_rate_time":1676394000000,"feed":"ticker","bid":21978.5,"ask":21987.0,"bid_size":2536.0,"ask_size":13948.0,"index":21984.54,"premium":-0.0,"suspended":false,"tag":"perpetual","openInterest":30072580.0,"markPrice":21979.68641534714,"maturityTime":0}'

function heardOf(frame: string, reader = krakenFutures.reader()) {
  const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
  expect(reader.read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Kraken Futures books', () => {
  it('begin with a whole snapshot, in half-dollar ticks and contracts of a dollar', () => {
    expect(heardOf(snapshot)).toMatchObject([
      {
        ...{ isSnapshot: true, complete: true, last: 326072249, at: 1612269825817 },
        ...{ bids: [[69785, 6385], [69784, 0]], asks: [[69823, 20598], [69824, 2300]] } // prettier-ignore
      }
    ])
  })

  it('go on level by level', () => {
    expect(heardOf(change)).toMatchObject([
      { isSnapshot: false, first: 326094134, last: 326094134, bids: [], asks: [[69962, 0]] }
    ])
    expect(heardOf(change.replace('sell', 'buy'))).toMatchObject([{ bids: [[69962, 0]], asks: [] }])
  })

  it('refuse a change without a side, a price or a number', () => {
    for (const [from, to] of [
      ['"side":"sell",', ''],
      ['34981', '0'],
      ['"seq":326094134,', ''],
      ['sell', 'ask']
    ]) {
      const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
      const broken = bytesOf(change.replace(from!, to!))
      expect(krakenFutures.reader().read(broken, sink)).toBe('malformed')
      expect(sink.heard).toEqual([])
    }
  })

  it('refine their grid where a step is finer than was known', () => {
    const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
    expect(krakenFutures.reader().read(bytesOf(change.replace('34981', '34981.25')), sink)).toBe('off-grid')
    expect([sink.refined, sink.heard]).toEqual([['price 34981.25'], []])
  })
})

describe('Kraken Futures sequence', () => {
  test.each([
    [101, 'next'],
    [100, 'stale'],
    [99, 'stale'],
    [102, 'gap']
  ])('%d after 100 is %s', (last, answer) => {
    expect(krakenFutures.sequence.follows(changes({ last }), 100)).toBe(answer)
    expect(krakenFutures.sequence.joins(changes({ last }), 100)).toBe(answer)
  })
})

describe('Kraken Futures trades', () => {
  const flagged = (type: string) => {
    const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
    krakenFutures.reader().read(bytesOf(trade.replace('fill', type)), sink)
    return [sink.lane1.trades.flags[0], sink.lane1.liquidations.count]
  }

  it('name the side of the taker', () => {
    expect(heardOf(trade)).toEqual([
      { trade: 653355, price: 69939, size: 15000, aggressor: -1, at: 1612266317519 }
    ])
  })

  test.each([
    ['fill', [0, 0]],
    ['liquidation', [tradeFlag.liquidation, 1]],
    ['termination', [tradeFlag.liquidation, 1]],
    ['block', [tradeFlag.block, 0]]
  ])('are told apart: %s', (type, flags) => {
    expect(flagged(type)).toEqual(flags)
  })

  it('of before the subscription are none', () => {
    const past = `{"feed":"trade_snapshot","product_id":"PI_XBTUSD","trades":[${trade}]}`
    const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
    expect(krakenFutures.reader().read(bytesOf(past), sink)).toBe('taken')
    expect(sink.heard).toEqual([])
    expect(krakenFutures.reader().read(bytesOf(past.slice(0, -1)), sink)).toBe('malformed')
  })
})

describe('Kraken Futures tickers', () => {
  it('bring the best quote, mark, index, the relative funding rate and open interest in dollars', () => {
    expect(heardOf(ticker)).toEqual([
      { bid: 43957, bidSize: 2536, ask: 43974, askSize: 13948, sequence: NaN, at: 1676393235406 },
      {
        ...{ mark: 21979.68641534714, index: 21984.54, funding: -1.380384722222e-6 },
        ...{ nextFundingAt: 1676394000000, openInterest: 30072580, at: 1676393235406 }
      }
    ])
  })

  it('leave the funding rate out while it is zero; dated contracts have none', () => {
    const unfunded = ticker.replace('"relative_funding_rate":-1.380384722222e-6,', '')
    expect(heardOf(unfunded)[1]).toMatchObject({ funding: 0 })
    expect(heardOf(unfunded.replace('perpetual', 'month'))[1]).toMatchObject({ funding: NaN })
  })

  it('tell once of a suspension, and once of its end', () => {
    const reader = krakenFutures.reader()
    const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
    const suspended = ticker.replace('"suspended":false', '"suspended":true')
    const readings = [ticker, suspended, suspended, ticker].map((frame) => reader.read(bytesOf(frame), sink))
    expect(readings).toEqual(['taken', 'ordinary', 'taken', 'ordinary'])
    expect(reader.decode(suspended)).toEqual([
      { kind: 'halted', symbol: 'PI_XBTUSD', reason: 'Kraken Futures has suspended PI_XBTUSD' }
    ])
    expect(reader.decode(ticker)).toEqual([{ kind: 'resumed', symbol: 'PI_XBTUSD' }])
  })
})

describe('Kraken Futures lines', () => {
  const decode = (frame: string) => krakenFutures.reader().decode(frame)

  it('ask for heartbeats, then for trades, book and ticker, and ping twice a minute', () => {
    const [leg] = krakenFutures.legs
    expect([leg!.hello, leg!.subscribe(['PI_XBTUSD'], 1), leg!.heartbeat]).toEqual([
      ['{"event":"subscribe","feed":"heartbeat"}'],
      ['trade', 'book', 'ticker'].map(
        (feed) => `{"event":"subscribe","feed":"${feed}","product_ids":["PI_XBTUSD"]}`
      ),
      { everyMs: 30_000, text: '{"event":"ping"}' }
    ])
    expect(krakenFutures.snapshot.kind === 'in-band' && krakenFutures.snapshot.request(['A'], 1)).toEqual([
      '{"event":"unsubscribe","feed":"book","product_ids":["A"]}',
      '{"event":"subscribe","feed":"book","product_ids":["A"]}'
    ])
  })

  test.each([
    ['{"event":"info","version":1}', { kind: 'heard' }],
    ['{"event":"pong"}', { kind: 'heard' }],
    ['{"feed":"heartbeat","time":1}', { kind: 'heard' }],
    ['{"feed":"ticker_lite","product_id":"A"}', { kind: 'ignored' }],
    ['{"event":"subscribed","feed":"book","product_ids":["A"]}', { kind: 'subscribed', symbols: ['A'] }],
    ['{"event":"subscribed","feed":"trade","product_ids":["A"]}', { kind: 'trades', symbols: ['A'] }],
    ['{"event":"subscribed","feed":"heartbeat"}', { kind: 'heard' }],
    [
      '{"event":"subscribed_failed","feed":"trade","product_ids":["A"]}',
      { kind: 'trades', symbols: ['A'], refused: 'Kraken Futures refused the feed trade' }
    ],
    ['{"event":"error","message":"Invalid product id"}', { kind: 'refused', reason: 'Invalid product id' }],
    [
      '{"event":"subscribed_failed","feed":"book","product_ids":["A"]}',
      { kind: 'refused', symbol: 'A', reason: 'Kraken Futures refused the feed book' }
    ],
    ['[]', { kind: 'ignored' }],
    ['{', { kind: 'malformed', reason: 'no JSON: {' }]
  ])('understand %s', (frame, event) => {
    expect(decode(frame)).toEqual([event])
  })

  describe('of a request with a product that does not exist', () => {
    const asking = (event: string, product_ids: string[]) =>
      JSON.stringify({ event, feed: 'book', product_ids })
    const error = '{"event":"error","message":"Invalid product id"}'

    it('ask each half by itself, and say which one is refused once it is alone', () => {
      const reader = krakenFutures.reader()
      reader.sent!(asking('subscribe', ['A', 'B', 'C']))
      const halves = [asking('subscribe', ['A']), asking('subscribe', ['B', 'C'])]
      expect(reader.decode(error)).toEqual(halves.map((text) => ({ kind: 'answer', text })))
      for (const half of halves) reader.sent!(half)
      expect(reader.decode(error)).toEqual([{ kind: 'refused', symbol: 'A', reason: 'Invalid product id' }])
      reader.decode('{"event":"subscribed","feed":"book","product_ids":["B"]}')
      expect(reader.decode(error)).toEqual([{ kind: 'refused', symbol: 'C', reason: 'Invalid product id' }])
      expect(reader.decode(error)).toEqual([{ kind: 'refused', reason: 'Invalid product id' }])
    })

    it('do not mind when it is only left', () => {
      const reader = krakenFutures.reader()
      reader.sent!(asking('unsubscribe', ['A']))
      reader.sent!(asking('subscribe', ['B']))
      expect(reader.decode(error)).toEqual([{ kind: 'heard' }])
    })
  })

  it('do not take an answer for a book', () => {
    const sink = new RecordingSink(krakenFutures, 'PI_XBTUSD')
    const answer = '{"event":"subscribed","feed":"book","product_ids":["PI_XBTUSD"]}'
    expect(krakenFutures.reader().read(bytesOf(answer), sink)).toBe('ordinary')
  })

  it('survive cuts and garbage', () => {
    for (const frame of [snapshot, change, trade, ticker])
      expectCutsUnheard(krakenFutures, 'PI_XBTUSD', frame)
    expectMutationsHarmless(krakenFutures, 'PI_XBTUSD', [snapshot, change, trade, ticker])
  }, 30_000)
})

describe('Kraken Futures instruments', () => {
  const listed = (entry: Record<string, unknown>) => {
    const usual = { tickSize: 0.5, contractSize: 1, tradeable: true }
    const read = krakenFutures.catalogue.read(
      JSON.stringify({ result: 'success', instruments: [{ ...usual, ...entry }] }),
      asked
    )
    return 'reason' in read ? read : read.instruments[0]
  }

  it('are inverse contracts of a dollar, perpetual or dated', () => {
    expect(listed({ symbol: 'pi_xbtusd', type: 'futures_inverse', underlying: 'rr_xbtusd' })).toEqual({
      ...{ id: 'kraken-futures:PI_XBTUSD', venue: 'kraken-futures', symbol: 'PI_XBTUSD', base: 'BTC' },
      ...{ quote: 'USD', product: 'inverse', price: { decimals: 1, step: 5 }, tickSize: 1 },
      ...{ size: { decimals: 0, step: 1 }, contract: { of: 1, currency: 'quote' } },
      ...{ trading: 'trading', simulated: false }
    })
    const dated = { type: 'futures_inverse', lastTradingTime: '2021-09-24T15:00:00.000Z', tradeable: false }
    expect(listed({ ...dated, symbol: 'FI_XBTUSD_210924' })).toMatchObject({
      ...{ expiresAt: Date.UTC(2021, 8, 24, 15), trading: 'halted' }
    })
  })

  it('are linear contracts in coin, some of which trade in thousands', () => {
    const pepe = { symbol: 'PF_PEPEUSD', type: 'flexible_futures', base: 'PEPE', quote: 'USD' }
    expect(listed({ ...pepe, tickSize: 1e-10, contractValueTradePrecision: -3 })).toMatchObject({
      ...{ product: 'linear', base: 'PEPE', contract: { of: 1, currency: 'base' } },
      ...{ price: { decimals: 10, step: 1 }, size: { decimals: 0, step: 1000 } }
    })
    expect(listed({ ...pepe, contractValueTradePrecision: 3 })).toMatchObject({
      size: { decimals: 3, step: 1 }
    })
  })

  it('say why a list cannot be read', () => {
    for (const text of ['', '{}', '{"instruments":[]}', '{"instruments":[{"symbol":"IN_XBTUSD"}]}'])
      expect(krakenFutures.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  test.each([
    ['PI_XBTUSD', { base: 'BTC', quote: 'USD', product: 'inverse', contract: { of: 1, currency: 'quote' } }],
    ['PF_AAPLxUSD', { base: 'AAPLx', quote: 'USD', product: 'linear' }],
    ['FI_ETHUSD_211231', { base: 'ETH', expiresAt: Date.UTC(2021, 11, 31, 16) }],
    ['FI_BCHUSD_210730', { base: 'BCH', expiresAt: Date.UTC(2021, 6, 30, 15) }]
  ])('are guessed from their names: %s', (symbol, instrument) => {
    expect(krakenFutures.catalogue.guess(symbol)).toMatchObject(instrument)
  })
})

const capture = 'feeds/kraken-futures_2021.jsonl.gz'

describe.skipIf(!haveCapture(capture))('Kraken Futures capture', () => {
  it('every change follows the one before', async () => {
    expect(played(krakenFutures, await framesOf(capture))).toEqual({
      ...{ books: 5, snapshots: 5, applied: 1163, gaps: 0, crossed: 0, trades: 1 },
      ...{ checksums: { ok: 0, bad: 0 }, rejected: {} }
    })
  })

  it('without any one change a book does not stay live past its next message', async () => {
    const frames = await framesOf(capture)
    expect(dropped(krakenFutures, frames.slice(0, 300))).toMatchObject({ missed: 0 })
  })
})
