import { describe, expect, it, test } from 'vitest'
import { bybitOption as venue } from '../../../src-main/engine/venues/bybit-option/index'
import { expectCutsUnheard, expectMutationsHarmless } from '../../support/frame-fuzz'
import { asked, bytesOf, RecordingSink } from '../../support/recording-sink'

const call = 'BTC-28APR23-29500-C'
const empty = `{"id":"orderbook.100.${call}-3032585156-1680652790918","topic":"orderbook.100.${call}","ts":1680652790918,"data":{"s":"${call}","b":[],"a":[],"u":0},"type":"snapshot"}`
const delta = `{"id":"orderbook.100.${call}-3360275694-1680652799661","topic":"orderbook.100.${call}","ts":1680652799661,"data":{"s":"${call}","b":[],"a":[["1745","0"],["1750","46"]],"u":24642},"type":"delta"}`
const trade = `{"id":"publicTrade.BTC-3414637898-1680652922102","topic":"publicTrade.BTC","ts":1680652922102,"data":[{"p":"985","v":"0.01","i":"0404c393-8419-5bac-95c3-5fea28404754","T":1680652922081,"BT":false,"s":"${call}","S":"Sell"},{"p":"7","v":"0.3","i":"1","T":1680652922082,"BT":false,"s":"BTC-28APR23-20000-P","S":"Buy"}],"type":"snapshot"}`
const ticker = `{"id":"tickers.${call}-2480334983-1672917511074","topic":"tickers.${call}","ts":1672917511074,"data":{"symbol":"${call}","bidPrice":"0","bidSize":"0","bidIv":"0","askPrice":"10","askSize":"5.1","askIv":"0.514","lastPrice":"10","markPrice":"7.86976724","indexPrice":"16823.73","markPriceIv":"0.4896","underlyingPrice":"16815.1","openInterest":"49.85","delta":"0.047831","gamma":"0.00021453","vega":"0.81351067","theta":"-19.9115368","predictedDeliveryPrice":"0"},"type":"snapshot"}`

function heardOf(text: string, symbol = call) {
  const sink = new RecordingSink(venue, symbol)
  expect(venue.reader().read(bytesOf(text), sink)).toBe('taken')
  return sink.heard
}

describe('Bybit options', () => {
  it('take an empty book as an option without quotes', () => {
    for (const update of [0, 1])
      expect(heardOf(empty.replace('"u":0', `"u":${update}`))).toMatchObject([
        { isSnapshot: true, complete: true, last: update, bids: [], asks: [] }
      ])
  })

  it('read the book, its type behind its levels', () => {
    expect(heardOf(delta)).toMatchObject([
      { isSnapshot: false, last: 24642, at: 1680652799661, asks: [[349, 0], [350, 46_00]] } // prettier-ignore
    ])
  })

  it('sort the trades of a base currency by option', () => {
    expect(heardOf(trade)).toMatchObject([{ price: 197, size: 1, aggressor: -1, at: 1680652922081 }])
    expect(heardOf(trade, 'BTC-28APR23-20000-C')).toEqual([])
  })

  it('tell volatilities, greeks and the underlying; what is 0 is not there', () => {
    expect(heardOf(ticker)).toEqual([
      {
        ...{ mark: 7.86976724, index: 16823.73, funding: NaN, nextFundingAt: NaN, openInterest: 49.85 },
        ...{ at: 1672917511074, underlying: 16815.1, markIv: 0.4896, askIv: 0.514 },
        ...{ delta: 0.047831, gamma: 0.00021453, vega: 0.81351067, theta: -19.9115368 }
      },
      { bid: NaN, bidSize: NaN, ask: 2, askSize: 510, sequence: NaN, at: 1672917511074 }
    ])
  })

  it('answer topic by topic, and a symbol is refused with its book', () => {
    const answer =
      '{"success":true,"conn_id":"c","data":{"failTopics":["publicTrade.BTC","orderbook.100.NO-1JAN26-1-C"],"successTopics":["orderbook.100.BTC-28APR23-29500-C"]},"type":"COMMAND_RESP"}'
    expect(venue.reader().decode(answer)).toEqual([
      { kind: 'subscribed', symbols: [call] },
      { kind: 'refused', symbol: 'NO-1JAN26-1-C', reason: 'the venue refused the topic' }
    ])
  })

  it('leave the trades of the others on', () => {
    const [leg] = venue.legs
    expect(leg!.subscribe([call], 1)).toEqual([
      `{"req_id":"${call}","op":"subscribe","args":["orderbook.100.${call}","tickers.${call}","publicTrade.BTC"]}`
    ])
    expect(leg!.unsubscribe([call], 1)).toEqual([
      `{"req_id":"${call}","op":"unsubscribe","args":["orderbook.100.${call}","tickers.${call}"]}`
    ])
  })

  it('list strikes, kinds and expiries', () => {
    const entry = {
      ...{ symbol: 'XRP-30JUN25-0.65-P-USDT', status: 'Trading', baseCoin: 'XRP', quoteCoin: 'USDT' },
      ...{ settleCoin: 'USDT', optionsType: 'Put', deliveryTime: '1751270400000' },
      ...{ priceFilter: { tickSize: '0.0005' }, lotSizeFilter: { qtyStep: '100' } }
    }
    const text = JSON.stringify({ retCode: 0, result: { list: [entry, { ...entry, optionsType: '' }] } })
    const answer = venue.catalogue.read(text, asked)
    expect(answer).toMatchObject({
      instruments: [
        {
          ...{ product: 'option', expiresAt: 1751270400000, settle: 'USDT', price: { decimals: 4, step: 5 } },
          option: { strike: 0.65, strikeCurrency: 'USDT', kind: 'put' }
        }
      ]
    })
    expect('instruments' in answer && answer.instruments).toHaveLength(1)
  })

  test.each([
    [call, { base: 'BTC', quote: 'USDC', strike: 29500, kind: 'call', expiresAt: Date.UTC(2023, 3, 28, 8) }],
    [
      'XRP-30JUN25-0.65-P-USDT',
      { base: 'XRP', quote: 'USDT', strike: 0.65, kind: 'put', expiresAt: Date.UTC(2025, 5, 30, 8) }
    ]
  ])('guess %s', (symbol, { base, quote, strike, kind, expiresAt }) => {
    expect(venue.catalogue.guess(symbol)).toMatchObject({
      ...{ base, quote, expiresAt, product: 'option' },
      option: { strike, kind, strikeCurrency: quote }
    })
  })

  it('survive cuts and garbage', () => {
    const frames = [empty, delta, trade, ticker]
    for (const frame of frames) expectCutsUnheard(venue, call, frame)
    expectMutationsHarmless(venue, call, frames)
  })
})
