import { expect, test } from 'vitest'
import { millis } from '../../src-shared/units'
import { guessVenue } from '../../src-main/study/capture/venue-guess'
import { diff, quote, snapshot, trade } from '../support/binance-tape'

const heard = (frame: object, url?: string) =>
  guessVenue({
    ...{ kind: 'rx', at: millis(0), second: 0, nanosecond: 0, bytes: Buffer.from(JSON.stringify(frame)) },
    ...(url === undefined ? {} : { url })
  })
const withKeys = (keys: object) => ({ data: { ...(diff(1, 2, [], []) as { data: object }).data, ...keys } })

test('a diff that follows no other is spot, one that does is a future, one that names its pair is coin-margined', () => {
  expect(heard(diff(1, 2, [], []))).toBe('binance-spot')
  expect(heard(withKeys({ pu: 0 }))).toBe('binance-usdm')
  expect(heard(withKeys({ pu: 0, ps: 'BTCUSD' }))).toBe('binance-coinm')
})

test('a quote without a time is spot', () => {
  const spot = quote(1, ['1', '1'], ['2', '1']) as { data: object }
  expect(heard(spot)).toBe('binance-spot')
  expect(heard({ data: { ...spot.data, T: 1, E: 1 } })).toBe('binance-usdm')
})

test('snapshots, trades and foreign frames do not tell', () => {
  expect(heard(snapshot(1, [], []))).toBeUndefined()
  expect(heard(trade(0, 'buy', '1', '1'))).toBeUndefined()
  expect(heard({ hello: 1 })).toBeUndefined()
  expect(heard([])).toBeUndefined()
})

test('an address tells before any frame', () => {
  expect(heard({}, 'wss://stream.binance.com:9443/stream')).toBe('binance-spot')
  expect(heard({}, 'https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT')).toBe('binance-usdm')
  expect(heard({}, 'wss://dstream.binance.com/stream')).toBe('binance-coinm')
  expect(heard({}, 'wss://example.com/stream')).toBeUndefined()
})
