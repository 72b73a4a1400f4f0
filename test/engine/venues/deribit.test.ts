import { describe, expect, it, test } from 'vitest'
import { Changes, tradeFlag } from '../../../src-main/engine/book/changes'
import { deribit } from '../../../src-main/engine/venues/deribit/index'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'
import { dropped, framesOf, played } from '../../support/replayed'
import { haveCapture } from '../../support/captures'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'

const told = (channel: string, data: string) =>
  `{"jsonrpc":"2.0","method":"subscription","params":{"channel":"${channel}","data":${data}}}`

const snapshot = told(
  'book.BTC-PERPETUAL.100ms',
  '{"timestamp":1786563084954,"type":"snapshot","change_id":169600103289,"instrument_name":"BTC-PERPETUAL","bids":[["new",63324.5,372280],["new",63324,1360]],"asks":[["new",63325,7730]]}'
)
const change = told(
  'book.BTC-PERPETUAL.100ms',
  '{"timestamp":1786563085228,"type":"change","change_id":169600103676,"instrument_name":"BTC-PERPETUAL","bids":[["delete",62533,0]],"asks":[["change",63350.5,8250],["new",94987.5,20.0]],"prev_change_id":169600103289}'
)
const option = 'BTC-24SEP21-8000-P'
const optionBook = told(
  `book.${option}.raw`,
  `{"type":"change","timestamp":1626993752832,"prev_change_id":33195898165,"instrument_name":"${option}","change_id":33195898166,"bids":[],"asks":[["delete",0.001,0.0]]}`
)
const trades = told(
  'trades.BTC-PERPETUAL.100ms',
  '[{"timestamp":1786563104514,"price":63344.5,"direction":"buy","index_price":63325.19,"trade_id":"440192723","instrument_name":"BTC-PERPETUAL","trade_seq":296152987,"amount":20,"mark_price":63341.87,"tick_direction":1,"starbase_match_id":"213378943477100544","contracts":2,"starbase_timestamp":1786563104514208300},' +
    '{"timestamp":1786563104515,"price":63344,"direction":"sell","instrument_name":"BTC-PERPETUAL","trade_seq":296152988,"trade_id":"440192724","amount":1000,"liquidation":"T","block_trade_id":null}]'
)
const ticker = told(
  'ticker.BTC-PERPETUAL.100ms',
  '{"timestamp":1786563120494,"state":"open","stats":{"high":64422,"volume":null},"index_price":63329.18,"instrument_name":"BTC-PERPETUAL","last_price":63344,"open_interest":716004750,"mark_price":63346.33,"current_funding":2.081e-05,"funding_8h":0.00010036,"best_ask_price":63344.5,"best_bid_price":63344,"best_ask_amount":9980,"best_bid_amount":58060}'
)
const optionTicker = told(
  'ticker.BTC-30JUL21-24000-P.raw',
  '{"underlying_price":32185.65,"underlying_index":"BTC-30JUL21","timestamp":1626993722929,"stats":{"volume":193.4},"state":"open","open_interest":572.5,"mark_price":0.00222014,"mark_iv":116.77,"instrument_name":"BTC-30JUL21-24000-P","index_price":32201.67,"greeks":{"vega":3.30195,"theta":-26.09543,"rho":-0.22411,"gamma":0.00001,"delta":-0.03218},"bid_iv":0.0,"best_bid_price":0.0,"best_bid_amount":0.0,"best_ask_price":0.0025,"best_ask_amount":13.7,"ask_iv":119.4}'
)
const combo = 'BTC-FS-30SEP22_PERP'
const comboBook = told(
  `book.${combo}.100ms`,
  `{"type":"snapshot","timestamp":1662681659203,"instrument_name":"${combo}","change_id":7,"bids":[["new",-7,300000],["new",-13.5,10]],"asks":[["new",0.0,40],["new",2.5,300000]]}`
)

function heardOf(symbol: string, frame: string, reader = deribit.reader()) {
  const sink = new RecordingSink(deribit, symbol)
  let reading = reader.read(bytesOf(frame), sink)
  if (reading === 'off-grid') reading = reader.read(bytesOf(frame), sink)
  expect(reading).toBe('taken')
  return sink.heard
}
const changes = (fields: Partial<Changes>) => Object.assign(new Changes(), fields)

describe('Deribit books', () => {
  it('begin with a whole snapshot, in half-dollar ticks and lots of ten dollars', () => {
    expect(heardOf('BTC-PERPETUAL', snapshot)).toEqual([
      {
        ...{ isSnapshot: true, complete: true, first: NaN, last: 169600103289, previous: NaN },
        ...{ at: 1786563084954, bids: [[126649, 37228], [126648, 136]], asks: [[126650, 773]] } // prettier-ignore
      }
    ])
  })

  it('go on with changes that name the one they follow', () => {
    expect(heardOf('BTC-PERPETUAL', change)).toMatchObject([
      {
        ...{ isSnapshot: false, complete: false, last: 169600103676, previous: 169600103289 },
        ...{ bids: [[125066, 0]], asks: [[126701, 825], [189975, 2]] } // prettier-ignore
      }
    ])
  })

  it('of options are in coin', () => {
    expect(heardOf(option, optionBook)).toMatchObject([{ last: 33195898166, bids: [], asks: [[2, 0]] }])
  })

  it('take a first id of null for none', () => {
    const first = snapshot.replace('"type"', '"prev_change_id":null,"type"')
    expect(heardOf('BTC-PERPETUAL', first)).toMatchObject([{ isSnapshot: true, previous: NaN }])
  })

  it('that were empty so far begin with a change that follows 0', () => {
    const first = told(
      'book.ETH-10SEP21-3350-P.raw',
      '{"type":"change","timestamp":1631026812566,"prev_change_id":0,"instrument_name":"ETH-10SEP21-3350-P","change_id":14617771529,"bids":[["new",0.019,93]],"asks":[["new",0.037,93]]}'
    )
    expect(heardOf('ETH-10SEP21-3350-P', first)).toMatchObject([
      { isSnapshot: true, complete: true, bids: [[38, 930]], asks: [[74, 930]] }
    ])
  })

  it('in groups are snapshots of their best levels only', () => {
    const grouped = told(
      'book.BTC-PERPETUAL.none.10.100ms',
      '{"instrument_name":"BTC-PERPETUAL","timestamp":1,"change_id":2,"bids":[[89532.5,254900.0]],"asks":[[89533.0,91570.0]]}'
    )
    expect(heardOf('BTC-PERPETUAL', grouped)).toMatchObject([
      { isSnapshot: true, complete: false, bids: [[179065, 25490]], asks: [[179066, 9157]] }
    ])
  })

  it('of combinations have prices below and at zero, those of others have not', () => {
    expect(heardOf(combo, comboBook)).toMatchObject([
      { bids: [[-14, 30000], [-27, 1]], asks: [[0, 4], [5, 30000]] } // prettier-ignore
    ])
    const sink = new RecordingSink(deribit, 'BTC-PERPETUAL')
    const negative = snapshot.replace('63324.5', '-63324.5')
    expect(deribit.reader().read(bytesOf(negative), sink)).toBe('malformed')
  })

  it('are read whatever the order of the keys', () => {
    const data = change.slice(change.indexOf('"data":') + 7, -2)
    const turned = `{"params":{"data":${data},"channel":"book.BTC-PERPETUAL.100ms"},"method":"subscription"}`
    expect(heardOf('BTC-PERPETUAL', turned)).toEqual(heardOf('BTC-PERPETUAL', change))
  })

  it('refine their grid where a step is finer than was known', () => {
    const sink = new RecordingSink(deribit, 'BTC-PERPETUAL')
    expect(deribit.reader().read(bytesOf(snapshot.replace('63324.5', '63324.25')), sink)).toBe('off-grid')
    expect([sink.refined, sink.heard]).toEqual([['price 63324.25'], []])
  })

  it('of instruments nobody watches are passed unread', () => {
    expect(heardOf('ETH-PERPETUAL', snapshot)).toEqual([])
  })
})

describe('Deribit sequence', () => {
  const { joins, follows } = deribit.sequence
  test.each([
    ['the next follows by any distance', 500, 100, 'next'],
    ['a repeated one is stale', 100, 90, 'stale'],
    ['one that follows another id is a gap', 500, 99, 'gap'],
    ['one that skips the last is a gap', 500, 101, 'gap']
  ])('%s', (_, last, previous, answer) => {
    expect(follows(changes({ last, previous }), 100)).toBe(answer)
    expect(joins(changes({ last, previous }), 100)).toBe(answer)
  })
})

describe('Deribit trades', () => {
  const one = (symbol: string, fields: string) => {
    const sink = new RecordingSink(deribit, symbol)
    const frame = told(`trades.${symbol}.100ms`, `[{"timestamp":5,"trade_seq":9,"amount":10,${fields}}]`)
    expect(deribit.reader().read(bytesOf(frame), sink)).toBe('taken')
    return sink
  }

  it('name the side of the taker, and pass numbers beyond 2^53 unharmed', () => {
    expect(heardOf('BTC-PERPETUAL', trades)).toEqual([
      { trade: 296152987, price: 126689, size: 2, aggressor: 1, at: 1786563104514 },
      { trade: 296152988, price: 126688, size: 100, aggressor: -1, at: 1786563104515 },
      { liquidations: 1, size: 100 }
    ])
  })

  test.each([
    ['a block trade', '"block_trade_id":"BLOCK-1"', tradeFlag.block],
    ['a block quote', '"block_rfq_id":12', tradeFlag.block],
    ['a leg of a combination', '"combo_id":"BTC-FS-1_PERP","combo_trade_id":"43"', tradeFlag.combo],
    ['a liquidation', '"liquidation":"M"', tradeFlag.liquidation],
    ['nothing special', '"block_trade_id":null,"combo_id":null', 0]
  ])('are flagged: %s', (_, flag, flags) => {
    const { trades } = one('BTC-PERPETUAL', `"direction":"buy","price":100,${flag}`).lane1
    expect(trades.flags[0]).toBe(flags)
  })

  test.each([
    ['T', [1]],
    ['M', [-1]],
    ['MT', [1, -1]]
  ])('tell of liquidations by the side that was closed: %s of a buy', (whose, sides) => {
    const flag = `"direction":"buy","price":100,"liquidation":"${whose}"`
    const { liquidations } = one('BTC-PERPETUAL', flag).lane1
    expect([...liquidations.aggressor.subarray(0, liquidations.count)]).toEqual(sides)
  })

  it('at 0 or below are trades of combinations only', () => {
    expect(one('BTC-FS-30SEP22_PERP', '"direction":"sell","price":-13.5').heard).toMatchObject([
      { price: -27, size: 1, aggressor: -1 }
    ])
    expect(one('BTC-PERPETUAL', '"direction":"sell","price":0').heard).toEqual([])
  })

  it('of a combination keep its legs to themselves', () => {
    const legs = '"legs":[{"price":0.0174,"amount":0.1,"direction":"buy","combo_id":"X","trade_seq":8}]'
    const { heard, lane1 } = one('BTC-CS-19MAY26-70000_75000', `"direction":"sell","price":0.0635,${legs}`)
    expect(heard).toMatchObject([{ price: 127, size: 100, aggressor: -1 }])
    expect(lane1.trades.flags[0]).toBe(0)
  })
})

describe('Deribit tickers', () => {
  it('bring the best quote and, of a perpetual, mark, index, funding and open interest in dollars', () => {
    expect(heardOf('BTC-PERPETUAL', ticker)).toEqual([
      { bid: 126688, bidSize: 5806, ask: 126689, askSize: 998, sequence: NaN, at: 1786563120494 },
      {
        ...{ mark: 63346.33, index: 63329.18, funding: 2.081e-5, nextFundingAt: NaN },
        ...{ openInterest: 716004750, at: 1786563120494 }
      }
    ])
  })

  it('bring, of an option, volatilities as shares and greeks; a side without orders is unknown', () => {
    expect(heardOf('BTC-30JUL21-24000-P', optionTicker)).toEqual([
      { bid: NaN, bidSize: NaN, ask: 5, askSize: 137, sequence: NaN, at: 1626993722929 },
      {
        ...{ mark: 0.00222014, index: NaN, funding: NaN, nextFundingAt: NaN, openInterest: 572.5 },
        ...{ at: 1626993722929, underlying: 32185.65, markIv: 116.77 / 100, askIv: 119.4 / 100 },
        ...{ delta: -0.03218, gamma: 0.00001, vega: 3.30195, theta: -26.09543 }
      }
    ])
  })

  it('of a combination may be quoted below zero', () => {
    const quoted = told(
      'ticker.BTC-FS-30SEP22_PERP.raw',
      '{"timestamp":1,"open_interest":0,"mark_price":10.12,"index_price":19320.68,"last_price":-13.5,"best_bid_price":-7,"best_bid_amount":300000,"best_ask_price":0,"best_ask_amount":300000}'
    )
    expect(heardOf(combo, quoted)).toMatchObject([
      { bid: -14, bidSize: 30000, ask: 0, askSize: 30000 },
      { mark: 10.12, index: NaN }
    ])
  })

  it('leave figures as they were that they do not tell', () => {
    const sink = new RecordingSink(deribit, 'BTC-PERPETUAL')
    const reader = deribit.reader()
    reader.read(bytesOf(ticker), sink)
    reader.read(bytesOf(told('ticker.BTC-PERPETUAL.100ms', '{"timestamp":9,"mark_price":1.5}')), sink)
    expect(sink.heard.at(-1)).toMatchObject({ mark: 1.5, openInterest: 716004750, at: 9 })
  })

  it('are quotes alone on the quote channel', () => {
    const quote = told(
      'quote.BTC-PERPETUAL',
      '{"timestamp":1567296000183,"instrument_name":"BTC-PERPETUAL","best_bid_price":9600.5,"best_bid_amount":162800,"best_ask_price":9601,"best_ask_amount":49710}'
    )
    expect(heardOf('BTC-PERPETUAL', quote)).toEqual([
      { bid: 19201, bidSize: 16280, ask: 19202, askSize: 4971, sequence: NaN, at: 1567296000183 }
    ])
  })
})

describe('Deribit lines', () => {
  const [leg] = deribit.legs
  const request = (symbols: readonly string[], id: number) => leg!.subscribe(symbols, id)[0]!
  const answer = (id: number, result: unknown) => JSON.stringify({ jsonrpc: '2.0', id, result })
  const refusal = (id: number, code: number, message: string, reason?: string) =>
    JSON.stringify({ jsonrpc: '2.0', id, error: { code, message, data: reason ? { reason } : null } })

  it('go to the streams host, and to www when that cannot be reached', () => {
    const { endpoints } = deribit.spec
    expect([leg!.url(endpoints), ...leg!.fallbacks!(endpoints)]).toEqual([
      'wss://streams.deribit.com/ws/api/v2',
      'wss://www.deribit.com/ws/api/v2'
    ])
  })

  it('ask for heartbeats first and answer the venue’s test', () => {
    expect(leg!.hello![0]).toBe(
      '{"jsonrpc":"2.0","id":0,"method":"public/set_heartbeat","params":{"interval":10}}'
    )
    const test = '{"jsonrpc":"2.0","method":"heartbeat","params":{"type":"test_request"}}'
    expect(deribit.reader().decode(test)).toEqual([
      { kind: 'answer', text: '{"jsonrpc":"2.0","id":0,"method":"public/test","params":{}}' }
    ])
    expect(deribit.reader().decode(test.replace('test_request', 'heartbeat'))).toEqual([{ kind: 'heard' }])
  })

  it('subscribe book, trades and ticker of each instrument, and a fresh book by leaving and joining', () => {
    expect(request(['BTC-PERPETUAL'], 3)).toBe(
      '{"jsonrpc":"2.0","id":3,"method":"public/subscribe","params":{"channels":["book.BTC-PERPETUAL.100ms","trades.BTC-PERPETUAL.100ms","ticker.BTC-PERPETUAL.100ms"]}}'
    )
    expect(deribit.snapshot.kind === 'in-band' && deribit.snapshot.request(['X'], 8)).toEqual([
      '{"jsonrpc":"2.0","id":0,"method":"public/unsubscribe","params":{"channels":["book.X.100ms"]}}',
      '{"jsonrpc":"2.0","id":8,"method":"public/subscribe","params":{"channels":["book.X.100ms"]}}'
    ])
  })

  it('refuse an instrument whose channel is not among those really subscribed', () => {
    const reader = deribit.reader()
    reader.sent!(request(['A', 'B'], 3))
    const result = ['ticker.A.100ms', 'trades.A.100ms', 'book.A.100ms', 'trades.B.100ms', 'ticker.B.100ms']
    expect(reader.decode(answer(3, result))).toEqual([
      { kind: 'subscribed', symbols: ['A'] },
      { kind: 'refused', symbol: 'B', reason: 'Deribit did not subscribe book.B.100ms' }
    ])
    expect(reader.decode(answer(3, result))).toEqual([{ kind: 'heard' }])
  })

  it('ask for the halves of a request that was refused as a whole, until the bad one stands alone', () => {
    const reader = deribit.reader()
    reader.sent!(request(['A', 'B'], 3))
    const halves = reader.decode(refusal(3, -32602, 'Invalid params', 'unknown channel'))
    expect(halves).toMatchObject([{ kind: 'answer' }, { kind: 'answer' }])
    for (const half of halves) if (half.kind === 'answer') reader.sent!(half.text)
    expect(reader.decode(refusal(2_000_002, -32602, 'Invalid params', 'unknown channel'))).toEqual([
      { kind: 'refused', symbol: 'B', reason: '-32602 Invalid params, unknown channel' }
    ])
  })

  it('are given up for a while when they asked for too much', () => {
    expect(deribit.reader().decode(refusal(1, 10028, 'too_many_requests'))).toEqual([
      { kind: 'reconnect', reason: '10028 too_many_requests', later: true }
    ])
  })

  it('cut the venue’s words at 200 characters', () => {
    const [event] = deribit.reader().decode(refusal(1, 1, 'x'.repeat(500)))
    expect(event).toMatchObject({ kind: 'refused', reason: `1 ${'x'.repeat(198)}` })
  })

  it('tell of maintenance, and of a locked index for what stands on it', () => {
    const reader = deribit.reader()
    reader.sent!(request(['BTC-PERPETUAL', 'SOL_USDC-PERPETUAL'], 1))
    expect(reader.decode(told('platform_state', '{"maintenance":true}'))).toEqual([
      { kind: 'maintenance', closed: true, reason: 'Deribit is closed for maintenance' }
    ])
    expect(reader.decode(told('platform_state', '{"price_index":"sol_usdc","locked":true}'))).toEqual([
      { kind: 'halted', symbol: 'SOL_USDC-PERPETUAL', reason: 'Deribit has locked sol_usdc' }
    ])
    expect(reader.decode(told('platform_state', '{"price_index":"btc_usd","locked":false}'))).toEqual([
      { kind: 'resumed', symbol: 'BTC-PERPETUAL' }
    ])
  })

  test.each([
    ['created', { kind: 'relisted' }],
    ['started', { kind: 'resumed', symbol: 'X' }],
    ['terminated', { kind: 'delisted', symbol: 'X', reason: 'Deribit: X is terminated' }],
    ['deactivated', { kind: 'halted', symbol: 'X', reason: 'Deribit: X is deactivated' }],
    ['settled', { kind: 'heard' }]
  ])('tell what becomes of an instrument: %s', (state, event) => {
    const frame = told('instrument.state.any.any', `{"timestamp":1,"state":"${state}","instrument_name":"X"}`)
    expect(deribit.reader().decode(frame)).toEqual([event])
  })

  test.each(['', '[]', 'null', '{"result":3}', '{"error":7}', told('announcements', '{}')])(
    'survive what they do not know: %s',
    (frame) => {
      expect(['ignored', 'heard', 'malformed']).toContain(deribit.reader().decode(frame)[0]!.kind)
    }
  )

  it('survive cuts and garbage', () => {
    for (const frame of [snapshot, change, trades, ticker]) expectCutsUnheard(deribit, 'BTC-PERPETUAL', frame)
    expectCutsUnheard(deribit, combo, comboBook)
    expectMutationsHarmless(deribit, 'BTC-PERPETUAL', [snapshot, change, trades, ticker])
  })
})

describe('Deribit instruments', () => {
  const listed = (entry: Record<string, unknown>) => {
    const base = { base_currency: 'BTC', quote_currency: 'USD', is_active: true, state: 'open' }
    const text = JSON.stringify({ result: [{ ...base, ...entry }] })
    const read = deribit.catalogue.read(text, asked)
    return 'reason' in read ? read : read.instruments[0]
  }

  it('are a perpetual worth dollars and paid in coin', () => {
    const perpetual = {
      ...{ instrument_name: 'BTC-PERPETUAL', kind: 'future', instrument_type: 'reversed' },
      ...{ tick_size: 0.5, tick_size_steps: [], contract_size: 10, min_trade_amount: 10 },
      ...{ settlement_currency: 'BTC', settlement_period: 'perpetual', expiration_timestamp: 32503708800000 }
    }
    expect(listed(perpetual)).toEqual({
      ...{ id: 'deribit:BTC-PERPETUAL', venue: 'deribit', symbol: 'BTC-PERPETUAL' },
      ...{ base: 'BTC', quote: 'USD', product: 'inverse', settle: 'BTC', tickSize: 1 },
      ...{ price: { decimals: 1, step: 5 }, size: { decimals: 0, step: 10 } },
      ...{ contract: { of: 1, currency: 'quote' }, trading: 'trading', simulated: false }
    })
  })

  it('are options quoted in coin and struck in dollars, with steps that grow with the price', () => {
    const put = {
      ...{ instrument_name: 'BTC-27DEC24-100000-P', kind: 'option', quote_currency: 'BTC' },
      ...{ counter_currency: 'USD', option_type: 'put', strike: 100000, contract_size: 1 },
      ...{ tick_size: 0.0001, tick_size_steps: [{ above_price: 0.005, tick_size: 0.0005 }] },
      ...{ min_trade_amount: 0.1, expiration_timestamp: 1735286400000 }
    }
    expect(listed(put)).toMatchObject({
      ...{ base: 'BTC', quote: 'BTC', product: 'option', expiresAt: Date.UTC(2024, 11, 27, 8) },
      option: { strike: 100000, strikeCurrency: 'USD', kind: 'put' },
      ...{ tickSteps: [{ above: 0.005, step: 0.0005 }], price: { decimals: 4, step: 1 } },
      ...{ size: { decimals: 1, step: 1 }, contract: { of: 1, currency: 'base' } }
    })
  })

  it('are combinations, spot pairs and linear contracts', () => {
    const steps = { tick_size: 1e-7, contract_size: 10, min_trade_amount: 10 }
    const spread = { instrument_name: combo, kind: 'future_combo', instrument_type: 'reversed', ...steps }
    expect(listed(spread)).toMatchObject({
      ...{ product: 'combo', contract: { of: 1, currency: 'quote' }, price: { decimals: 7, step: 1 } }
    })
    expect(listed({ instrument_name: 'BTC_USDC', kind: 'spot', ...steps })).toMatchObject({ product: 'spot' })
    const linear = { instrument_name: 'SOL_USDC-PERPETUAL', kind: 'future', quote_currency: 'USDC', ...steps }
    expect(listed(linear)).toMatchObject({ product: 'linear', contract: { of: 1, currency: 'base' } })
  })

  test.each([
    [{ state: 'closed' }, 'delisted'],
    [{ state: 'locked' }, 'halted'],
    [{ is_active: false }, 'halted']
  ])('with %o are %s', (status, trading) => {
    const future = { instrument_name: 'X', kind: 'future', tick_size: 1, min_trade_amount: 1 }
    expect(listed({ ...future, ...status })).toMatchObject({ trading })
  })

  it('are asked for by kind, and a list that cannot be read says why', () => {
    expect(deribit.catalogue.requests(deribit.spec.endpoints).map(({ url }) => url)).toContain(
      'https://www.deribit.com/api/v2/public/get_instruments?currency=any&kind=option_combo&expired=false'
    )
    expect(deribit.catalogue.read('{"result":[]}', asked)).toEqual({ instruments: [] })
    for (const text of ['', '{}', '{"result":[{}]}'])
      expect(deribit.catalogue.read(text, asked)).toHaveProperty('reason')
  })

  test.each([
    ['BTC-PERPETUAL', { base: 'BTC', quote: 'USD', product: 'inverse' }],
    ['SOL_USDC-PERPETUAL', { base: 'SOL', quote: 'USDC', product: 'linear' }],
    ['ETH-26DEC25', { product: 'inverse', expiresAt: Date.UTC(2025, 11, 26, 8) }],
    [
      'XRP_USDC-30JUN23-0d5-C',
      { quote: 'USDC', product: 'option', option: { strike: 0.5, strikeCurrency: 'USDC', kind: 'call' } }
    ],
    ['BTC-5JUN26-70000-P', { quote: 'BTC', option: { strike: 70000, strikeCurrency: 'USD', kind: 'put' } }],
    ['BTC-CSR12-16SEP22-21000_23000', { quote: 'BTC', product: 'combo' }],
    ['BTC-FS-19MAY26_PERP', { quote: 'USD', product: 'combo', contract: { of: 1, currency: 'quote' } }],
    ['BTC_USDC', { base: 'BTC', quote: 'USDC', product: 'spot' }]
  ])('are guessed from their names: %s', (symbol, instrument) => {
    expect(deribit.catalogue.guess(symbol)).toMatchObject(instrument)
  })
})

const options = 'feeds/deribit-options_2021.jsonl.gz'
const perpetual = 'feeds/deribit-perp_live-2026-08_excerpt.jsonl.gz'
const instruments = 'feeds/instruments/deribit_get_instruments.jsonl.gz'

describe.skipIf(!haveCapture(options))('Deribit captures', () => {
  it('of options: every change follows the one before', async () => {
    expect(played(deribit, await framesOf(instruments, options))).toEqual({
      ...{ books: 5, snapshots: 5, applied: 31, gaps: 0, crossed: 0, trades: 0 },
      ...{ checksums: { ok: 0, bad: 0 }, rejected: {} }
    })
  })

  it('of options without a list of instruments are the same', async () => {
    expect(played(deribit, await framesOf(options))).toMatchObject({ applied: 31, gaps: 0, rejected: {} })
  })

  it('of a perpetual: change, trade and ticker', async () => {
    expect(played(deribit, await framesOf(perpetual))).toEqual({
      ...{ books: 1, snapshots: 1, applied: 1, gaps: 0, crossed: 0, trades: 1 },
      ...{ checksums: { ok: 0, bad: 0 }, rejected: {} }
    })
  })

  it('without any one change are not taken for live, unless nothing came after it', async () => {
    expect(dropped(deribit, await framesOf(options))).toEqual({ noticed: 29, last: 2, missed: 0 })
  })
})
