import { describe, expect, it, test } from 'vitest'
import { tradeFlag } from '../../../src-main/engine/book/changes'
import { gateFutures } from '../../../src-main/engine/venues/gate-futures/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink, staged } from '../../support/recording-sink'

const update = (channel: string, result: string) =>
  `{"time":1684930165,"time_ms":1684930165631,"channel":"futures.${channel}","event":"update","result":${result}}`
const diff = update(
  'order_book_update',
  '{"t":1684930165621,"s":"BTC_USDT","U":101,"u":113,"b":[{"p":"54672.1","s":0},{"p":"54664.5","s":58794}],"a":[{"p":"54743.6","s":95}],"l":"100"}'
)
const trades = update(
  'trades',
  '[{"size":-22,"id":1,"create_time":1614556850,"create_time_ms":1614556850860,"price":"45300","contract":"BTC_USDT"},{"size":2000,"id":2,"create_time":1614556850,"create_time_ms":1614556850861,"price":"45300.1","contract":"BTC_USDT","is_internal":true}]'
)
const quote = update(
  'book_ticker',
  '{"t":1684930165621,"u":113,"s":"BTC_USDT","b":"54664.5","B":814,"a":"54743.6","A":95}'
)
const ticker = update(
  'tickers',
  '[{"contract":"BTC_USDT","last":"1","funding_rate":"0.0001","mark_price":"54700.5","index_price":"54701","total_size":"46366"}]'
)
const liquidations = update(
  'public_liquidates',
  '[{"price":54000.5,"size":-124,"time_ms":1541486601123,"contract":"BTC_USDT"}]'
)
const snapshot =
  '{"current":1684930166.668,"update":1684930166.609,"asks":[{"s":129,"p":"54743.6"}],"bids":[{"s":7,"p":"54672.1"}],"id":100}'
const all = [diff, trades, quote, ticker, liquidations]

function reading(frame: string, symbol = 'BTC_USDT', of = NaN) {
  const sink = new RecordingSink(gateFutures, symbol)
  if (of > 0) sink.lane1.instrument = { ...sink.lane1.instrument, contract: { of, currency: 'base' } }
  return { answer: gateFutures.reader().read(bytesOf(frame), sink), sink, heard: sink.heard }
}
const source = gateFutures.snapshot
if (source.kind !== 'rest') throw new Error('Gate has its snapshots by REST')

describe('Gate futures', () => {
  it('tells levels as objects, in contracts', () => {
    expect(reading(diff).heard).toMatchObject([
      {
        ...{ isSnapshot: false, first: 101, last: 113, at: 1684930165621 },
        bids: [
          [546721, 0],
          [546645, 58794]
        ],
        asks: [[547436, 95]]
      }
    ])
  })

  it('reads contracts that are traded in parts, as texts, on a finer grid', () => {
    const parts = diff.replace('58794', '"1053.5"').replace('"s":95', '"s":"95"')
    const { answer, sink } = reading(parts)
    expect([answer, sink.heard, sink.refined]).toEqual(['off-grid', [], ['size 1053.5']])
    expect(gateFutures.reader().read(bytesOf(parts), sink)).toBe('taken')
    expect(sink.heard).toMatchObject([
      {
        bids: [
          [546721, 0],
          [546645, 10535]
        ],
        asks: [[547436, 950]]
      }
    ])
  })

  it('takes the sign of a trade for the side of its taker, and marks what only the venue itself traded', () => {
    const { heard, sink } = reading(trades)
    expect(heard).toEqual([
      { trade: 1, price: 453000, size: 22, aggressor: -1, at: 1614556850860 },
      { trade: 2, price: 453001, size: 2000, aggressor: 1, at: 1614556850861 }
    ])
    expect([...sink.lane1.trades.flags.subarray(0, 2)]).toEqual([0, tradeFlag.block | tradeFlag.liquidation])
  })

  it('hands over trades only once all of the message are sound', () => {
    const broken = trades.replace('"id":2', '"id":-2')
    expect(reading(broken)).toMatchObject({ answer: 'malformed', heard: [] })
  })

  it('tells of each instrument in a message with several', () => {
    const both = trades.replace('"contract":"BTC_USDT","is', '"contract":"ETH_USDT","is')
    expect(reading(both).heard).toMatchObject([{ trade: 1 }])
    expect(reading(both, 'ETH_USDT').heard).toMatchObject([{ trade: 2 }])
  })

  it('reads best quotes whose sizes are bare numbers', () => {
    expect(reading(quote).heard).toEqual([
      { bid: 546645, bidSize: 814, ask: 547436, askSize: 95, sequence: 113, at: 1684930165621 }
    ])
  })

  it('reads mark, index and funding; open interest in base currency, unknown while a contract is', () => {
    const told = { mark: 54700.5, index: 54701, funding: 0.0001, at: 1684930165631 }
    expect(reading(ticker, 'BTC_USDT', 0.5).heard[0]).toMatchObject({ ...told, openInterest: 23183 })
    expect(reading(ticker).heard[0]).toMatchObject({ ...told, openInterest: NaN })
  })

  it('keeps figures that a ticker leaves out', () => {
    const { sink } = reading(ticker, 'BTC_USDT', 1)
    gateFutures
      .reader()
      .read(bytesOf(ticker.replace('"mark_price":"54700.5",', '').replace('54701', '5')), sink)
    expect(sink.heard[1]).toMatchObject({ mark: 54700.5, index: 5, openInterest: 46366 })
  })

  it('reads a ticker that is no list, as older ones are', () => {
    expect(reading(ticker.replace('[{', '{').replace('}]', '}')).heard).toMatchObject([{ mark: 54700.5 }])
  })

  it('takes the sign of a liquidation for the side of the closing order', () => {
    const { heard, sink } = reading(liquidations)
    expect(heard).toEqual([{ liquidations: 1, size: 124 }])
    const { price, aggressor, at } = sink.lane1.liquidations
    expect([price[0], aggressor[0], at[0]]).toEqual([540005, -1, 1541486601123])
  })

  it.each([
    ['"time":1541486601', 1541486601000],
    ['"time":1541486601123', 1541486601123]
  ])('tells when a liquidation was that says %s', (time, at) => {
    const { sink } = reading(liquidations.replace(/"time_ms":1541486601123/, time))
    expect(sink.lane1.liquidations.at[0]).toBe(at)
  })

  it('takes all liquidations that one message gathers', () => {
    const rows = [
      { price: '215.1', size: '-124.5', time: 1541486601123, contract: 'BTC_USDT' },
      { price: '215.2', size: '10', time: 1541486601456, contract: 'BTC_USDT' }
    ]
    const head = { channel: 'futures.public_liquidates', event: 'update', time: 1541505434 }
    const told = JSON.stringify({ ...head, time_ms: 1541505434123, result: rows })
    const sink = new RecordingSink(gateFutures, 'BTC_USDT')
    const reader = gateFutures.reader()
    while (reader.read(bytesOf(told), sink) === 'off-grid');
    const { count, aggressor, at } = sink.lane1.liquidations
    expect(count).toBe(2)
    expect([...aggressor.subarray(0, 2)]).toEqual([-1, 1])
    expect([...at.subarray(0, 2)]).toEqual([1541486601123, 1541486601456])
  })

  it('hears that its link will be closed for an upgrade', () => {
    const told =
      '{"time":1770694860,"time_ms":1770694860773,"channel":"futures.system","event":"update","result":{"type":"upgrade","msg":"Please reconnect."}}'
    const reader = gateFutures.reader()
    expect(reader.read(bytesOf(told), new RecordingSink(gateFutures, 'BTC_USDT'))).toBe('ordinary')
    expect(reader.decode(told)).toEqual([{ kind: 'closing', reason: 'Please reconnect.' }])
  })

  it('survives cuts and garbage', () => {
    for (const frame of all) expectCutsUnheard(gateFutures, 'BTC_USDT', frame)
    expectMutationsHarmless(gateFutures, 'BTC_USDT', [...all, snapshot])
  })
})

test("Gate's futures snapshot tells its time in seconds", () => {
  const { lane1 } = new RecordingSink(gateFutures, 'BTC_USDT')
  expect(source.read(bytesOf(snapshot), lane1)).toBe('taken')
  expect(staged(lane1.changes)).toMatchObject({
    ...{ isSnapshot: true, last: 100, at: 1684930166609 },
    bids: [[546721, 7]],
    asks: [[547436, 129]]
  })
  const { url } = source.request('BTC_USDT', gateFutures.spec.endpoints)
  expect(url).toBe(
    'https://api.gateio.ws/api/v4/futures/usdt/order_book?contract=BTC_USDT&limit=100&with_id=true'
  )
  expect(source.symbolOf(new URL(url))).toBe('BTC_USDT')
})

describe("Gate futures' instruments", () => {
  const contract = (fields: object) => ({
    ...{ name: 'BTC_USDT', order_price_round: '0.1', quanto_multiplier: '0.0001', in_delisting: false },
    position_size: 5,
    ...fields
  })

  it('come with what a contract stands for, and their state', () => {
    const list = [
      contract({}),
      contract({ name: 'A_USDT', in_delisting: true }),
      contract({ name: 'B_USDT', in_delisting: true, position_size: 0 }),
      contract({ name: 'C_USDT', status: 'circuit_breaker' }),
      contract({ name: 'D_USDT', status: 'delisted' }),
      contract({ name: 'E_USDT', quanto_multiplier: '0' }),
      contract({ name: 'F_USDT', order_price_round: 'x' })
    ]
    expect(gateFutures.catalogue.read(JSON.stringify(list), asked)).toMatchObject({
      instruments: [
        {
          ...{ id: 'gate-futures:BTC_USDT', product: 'linear', settle: 'USDT', trading: 'trading' },
          price: { decimals: 1, step: 1 },
          size: { decimals: 0, step: 1 },
          contract: { of: 0.0001, currency: 'base' }
        },
        { symbol: 'A_USDT', trading: 'trading' },
        { symbol: 'B_USDT', trading: 'delisted' },
        { symbol: 'C_USDT', trading: 'halted' },
        { symbol: 'D_USDT', trading: 'delisted' }
      ]
    })
  })

  it('do not pretend to know what a contract stands for when nobody said', () => {
    expect(gateFutures.catalogue.guess('PEPE_USDT').contract.of).toBeNaN()
  })
})

test('a futures book is asked for with its depth', () => {
  const [trades, book, ...others] = gateFutures.legs[0]!.subscribe(['BTC_USDT'], 3)
  expect(book).toBe(
    '{"time":3,"channel":"futures.order_book_update","event":"subscribe","payload":["BTC_USDT","100ms","100"]}'
  )
  expect([trades!, ...others].map((text) => (JSON.parse(text) as { channel: string }).channel)).toEqual([
    ...['futures.trades', 'futures.book_ticker', 'futures.tickers', 'futures.public_liquidates']
  ])
})
