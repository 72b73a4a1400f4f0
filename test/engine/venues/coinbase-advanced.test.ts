import { describe, expect, it } from 'vitest'
import { coinbaseAdvanced } from '../../../src-main/engine/venues/coinbase-advanced/index'
import { StagedTrades } from '../../../src-main/engine/venues/coinbase-advanced/staged-trades'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const envelope = (channel: string, sequence: number, ...events: readonly string[]) =>
  `{"channel":"${channel}","client_id":"","timestamp":"2026-04-07T14:30:00.123456Z","sequence_num":${sequence},"events":[${events.join(',')}]}`
const at = Date.UTC(2026, 3, 7, 14, 30, 0, 123)
const level = (side: string, price: string, quantity: string) =>
  `{"side":"${side}","event_time":"2026-04-07T14:30:00.123456Z","price_level":"${price}","new_quantity":"${quantity}"}`
const book = (type: string, product: string, ...updates: readonly string[]) =>
  `{"type":"${type}","product_id":"${product}","updates":[${updates.join(',')}]}`
const snapshot = envelope(
  'l2_data',
  0,
  book('snapshot', 'BTC-USD', level('bid', '68900.00', '1.5'), level('offer', '68901.00', '0.5'))
)
const update = (sequence: number) =>
  envelope('l2_data', sequence, book('update', 'BTC-USD', level('offer', '68901.00', '0.00000000')))
const trade = (id: number, side: string, product = 'BTC-USD') =>
  `{"trade_id":"${id}","product_id":"${product}","price":"68900.50","size":"0.0015","side":"${side}","time":"2026-04-07T14:30:02.800000Z"}`
const trades = (type: string, ...items: readonly string[]) =>
  `{"type":"${type}","trades":[${items.join(',')}]}`
const ticker = envelope(
  'ticker',
  12,
  '{"type":"snapshot","tickers":[{"type":"ticker","product_id":"BTC-USD","price":"68900.50","best_bid":"68900.00","best_bid_quantity":"1.5","best_ask":"68901.00","best_ask_quantity":"0.5"}]}'
)
const heartbeat = (sequence: number) =>
  envelope(
    'heartbeats',
    sequence,
    '{"current_time":"2026-04-07 14:30:10.0 +0000 UTC","heartbeat_counter":42}'
  )

function heardOf(...frames: readonly string[]) {
  const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
  const reader = coinbaseAdvanced.reader()
  for (const frame of frames) expect(reader.read(bytesOf(frame), sink)).toBe('taken')
  return sink.heard
}
const told = (id: number, aggressor: number) => ({
  ...{ trade: id, price: 6890050, size: 150_000, aggressor },
  at: Date.UTC(2026, 3, 7, 14, 30, 2, 800)
})

describe('Coinbase Advanced', () => {
  it('takes a snapshot as the whole book and updates of either side', () => {
    expect(heardOf(snapshot, update(1))).toMatchObject([
      { isSnapshot: true, complete: true, bids: [[6890000, 150_000_000]], asks: [[6890100, 50_000_000]] },
      { isSnapshot: false, bids: [], asks: [[6890100, 0]] }
    ])
    expect(heardOf(snapshot)[0]!['at']).toBeCloseTo(at + 0.456, 2)
  })

  it('reads several events of one message one after the other', () => {
    const both = envelope(
      'l2_data',
      1,
      book('update', 'BTC-USD', level('bid', '1.00', '1')),
      book('update', 'ETH-USD', level('bid', '5.00', '1')),
      book('update', 'BTC-USD', level('bid', '2.00', '1'))
    )
    expect(heardOf(both)).toMatchObject([{ bids: [[100, 100_000_000]] }, { bids: [[200, 100_000_000]] }])
  })

  it('turns the maker’s side round: a resting sell was bought', () => {
    expect(heardOf(envelope('market_trades', 5, trades('update', trade(7, 'SELL'))))).toEqual([told(7, 1)])
    expect(heardOf(envelope('market_trades', 5, trades('update', trade(7, 'BUY'))))).toEqual([told(7, -1)])
  })

  it('tells trades oldest first, and the past not at all', () => {
    const newestFirst = trades('update', trade(8, 'BUY'), trade(9, 'SELL', 'ETH-USD'), trade(7, 'SELL'))
    expect(heardOf(envelope('market_trades', 5, newestFirst))).toEqual([told(7, 1), told(8, -1)])
    expect(
      heardOf(envelope('market_trades', 5, trades('update', trade(7, 'SELL'), trade(8, 'BUY'))))
    ).toEqual([told(7, 1), told(8, -1)])
    expect(heardOf(envelope('market_trades', 5, trades('snapshot', trade(7, 'SELL'))))).toEqual([])
  })

  it('reads best quotes', () => {
    expect(heardOf(ticker)).toMatchObject([
      { bid: 6890000, bidSize: 150_000_000, ask: 6890100, askSize: 50_000_000, sequence: NaN }
    ])
  })

  it('a jump of the connection’s number is told before the message, whatever channel it is of', () => {
    expect(heardOf(snapshot, heartbeat(1), update(3))).toMatchObject([
      { isSnapshot: true },
      { missed: 1 },
      {}
    ])
    expect(heardOf(snapshot, heartbeat(4))).toMatchObject([{ isSnapshot: true }, { missed: 3 }])
    expect(heardOf(heartbeat(4), heartbeat(0))).toEqual([{ missed: NaN }])
  })

  it('a message without the levels it speaks of is refused and not counted, whosever it is', () => {
    const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
    const reader = coinbaseAdvanced.reader()
    const read = (frame: string) => reader.read(bytesOf(frame), sink)
    expect(read(snapshot)).toBe('taken')
    const other = (sequence: number, event: string) => read(envelope('l2_data', sequence, event))
    expect(other(1, '{"type":"update","product_id":"ETH-USD","trades":[]}')).toBe('malformed')
    expect(other(2, book('update', 'ETH-USD'))).toBe('taken')
    expect(sink.heard.at(-1)).toEqual({ missed: 1 })
  })

  it('a message that comes again is none, and no jump', () => {
    const traded = envelope('market_trades', 2, trades('update', trade(7, 'BUY')))
    expect(heardOf(heartbeat(0), update(1), update(1), traded, traded, heartbeat(3))).toMatchObject([
      { isSnapshot: false },
      told(7, -1)
    ])
  })

  it('counts acknowledgements, which it leaves to the ordinary door, and believes them once book and trades are named', () => {
    const reader = coinbaseAdvanced.reader()
    const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
    const acknowledged = envelope(
      'subscriptions',
      2,
      '{"subscriptions":{"level2":["BTC-USD","ETH-USD"],"market_trades":["BTC-USD"],"heartbeats":["heartbeats"]}}'
    )
    reader.read(bytesOf(heartbeat(1)), sink)
    expect(reader.read(bytesOf(acknowledged), sink)).toBe('ordinary')
    reader.read(bytesOf(heartbeat(3)), sink)
    expect(sink.heard).toEqual([])
    expect(reader.decode(acknowledged)).toEqual([{ kind: 'subscribed', symbols: ['BTC-USD'] }])
  })

  it('a number finer than the grid is read again and counted once', () => {
    const reader = coinbaseAdvanced.reader()
    const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
    const fine = bytesOf(envelope('l2_data', 1, book('update', 'BTC-USD', level('bid', '1.005', '1'))))
    expect(reader.read(fine, sink)).toBe('off-grid')
    expect(reader.read(fine, sink)).toBe('taken')
    expect(sink.heard).toMatchObject([{ bids: [[1005, 100_000_000]] }])
  })

  it('says whom the venue refuses, in its words', () => {
    expect(
      coinbaseAdvanced.reader().decode('{"type":"error","message":"FOO-BAR is not a valid product"}')
    ).toEqual([{ kind: 'refused', symbol: 'FOO-BAR', reason: 'FOO-BAR is not a valid product' }])
  })

  it('lists spot and futures, and leaves out second names of one book', () => {
    const steps = {
      base_increment: '0.00000001',
      quote_increment: '0.01',
      price_increment: '0.01',
      status: 'online'
    }
    const products = [
      {
        product_id: 'BTC-USD',
        product_type: 'SPOT',
        base_currency_id: 'BTC',
        quote_currency_id: 'USD',
        alias: '',
        ...steps
      },
      { product_id: 'BTC-USDC', product_type: 'SPOT', alias: 'BTC-USD', ...steps },
      {
        ...{ product_id: 'BIT-26DEC25-CDE', product_type: 'FUTURE', quote_currency_id: 'USD', ...steps },
        ...{ base_increment: '1', price_increment: '5', status: '' },
        future_product_details: {
          contract_root_unit: 'BTC',
          contract_size: '0.01',
          contract_expiry: '2025-12-26T16:00:00Z'
        }
      }
    ]
    const { catalogue } = coinbaseAdvanced
    expect(catalogue.read(JSON.stringify({ products }), asked)).toMatchObject({
      instruments: [
        { symbol: 'BTC-USD', product: 'spot', price: { decimals: 2, step: 1 }, trading: 'trading' },
        {
          ...{
            symbol: 'BIT-26DEC25-CDE',
            product: 'linear',
            base: 'BTC',
            quote: 'USD',
            price: { decimals: 0, step: 5 }
          },
          ...{
            contract: { of: 0.01, currency: 'base' },
            expiresAt: Date.UTC(2025, 11, 26, 16),
            trading: 'trading'
          }
        }
      ]
    })
    expect(catalogue.read('[]', asked)).toHaveProperty('reason')
  })

  it('guesses a pair from its name, and never what a future stands on or a contract of it is worth', () => {
    const { guess } = coinbaseAdvanced.catalogue
    expect(guess('BTC-USD')).toMatchObject({
      ...{ product: 'spot', base: 'BTC', quote: 'USD', contract: { of: 1, currency: 'base' } }
    })
    for (const symbol of ['BIT-28NOV25-CDE', 'BTC-PERP-INTX'])
      expect(guess(symbol)).toMatchObject({
        ...{ symbol, product: 'linear', base: '?', quote: '?', contract: { of: NaN, currency: 'base' } },
        size: { decimals: 0, step: 1 }
      })
  })

  describe('figures of a future, which no channel tells', () => {
    const { lane1: lane } = new RecordingSink(coinbaseAdvanced, 'BIP-20DEC30-CDE')
    lane.instrument = { ...lane.instrument, contract: { of: 0.01, currency: 'base' } }
    const read = (answer: unknown) => coinbaseAdvanced.asked!.read(bytesOf(JSON.stringify(answer)), lane)
    const product = (details: object, product_id = 'BIP-20DEC30-CDE') => ({
      product_id,
      future_product_details: details
    })

    it('are its index, funding and open interest in coins, wherever either exchange tells them', () => {
      const beside = { index_price: '68917.5', funding_rate: '0.000011', open_interest: '12500' }
      expect(read(product(beside))).toEqual({ index: 68_917.5, funding: 0.000011, openInterest: 125 })
      const perpetual_details = { funding_rate: '-0.00002', open_interest: '400' }
      expect(read(product({ index_price: '', perpetual_details }))).toEqual({
        ...{ index: NaN, funding: -0.00002, openInterest: 4 }
      })
    })

    it('are not those of another product, of spot, or of what cannot be read', () => {
      expect(read(product({ funding_rate: '0.1' }, 'ETP-20DEC30-CDE'))).toBeUndefined()
      expect(read(product({ funding_rate: '', open_interest: 'many' }))).toBeUndefined()
      expect(read({ product_id: 'BIP-20DEC30-CDE' })).toBeUndefined()
      expect(coinbaseAdvanced.asked!.read(bytesOf('<html>'), lane)).toBeUndefined()
    })

    it('are asked for at the product itself', () => {
      expect(coinbaseAdvanced.asked!.request('BIP-20DEC30-CDE', coinbaseAdvanced.spec.endpoints)).toEqual({
        url: 'https://api.coinbase.com/api/v3/brokerage/market/products/BIP-20DEC30-CDE',
        weight: 1
      })
    })
  })

  it('asks for heartbeats first, and for each channel by itself', () => {
    const [leg] = coinbaseAdvanced.legs
    expect(leg!.hello).toEqual(['{"type":"subscribe","channel":"heartbeats"}'])
    expect(leg!.subscribe(['BTC-USD'], 1).slice(0, 2)).toEqual(
      ['market_trades', 'level2'].map(
        (channel) => `{"type":"subscribe","product_ids":["BTC-USD"],"channel":"${channel}"}`
      )
    )
  })

  it('survives cuts and garbage', () => {
    const frames = [
      snapshot,
      update(1),
      envelope('market_trades', 5, trades('update', trade(7, 'BUY'))),
      ticker
    ]
    for (const frame of frames) expectCutsUnheard(coinbaseAdvanced, 'BTC-USD', frame)
    expectMutationsHarmless(coinbaseAdvanced, 'BTC-USD', frames)
  })
})

describe('trades of several products in one message', () => {
  const sink = new RecordingSink(coinbaseAdvanced, 'BTC-USD')
  const [btc, eth] = [sink.lane1, new RecordingSink(coinbaseAdvanced, 'ETH-USD').lane1]

  it.each([
    { told: [900, 901, 50], oldestFirst: [900, 901, 50] },
    { told: [901, 900, 950], oldestFirst: [950, 900, 901] },
    { told: [901, 50], oldestFirst: [901, 50] }
  ])(
    'are in the order that two of one product show, not two of different ones: $told',
    ({ told, oldestFirst }) => {
      const staged = new StagedTrades()
      sink.heard.length = 0
      told.forEach((id, row) => {
        staged.push(row === told.length - 1 ? eth : btc, 1, 1, 1, at, id)
      })
      staged.tell(sink)
      expect(sink.heard.map(({ trade }) => trade)).toEqual(oldestFirst)
    }
  )
})
