import { expect, test } from 'vitest'
import { endpointAllowed, refusedEndpoints, withoutRefused } from '../../../src-main/store/endpoints'
import { defaultSettings } from '../../../src-shared/settings'

test.each([
  'wss://fstream.binance.com',
  'https://api.binance.com/api',
  'ws://127.0.0.1:8080/ws',
  'http://127.9.9.9',
  'http://[::1]:9000',
  'ws://localhost:1',
  'sim://market'
])('%s is allowed', (endpoint) => {
  expect(endpointAllowed(endpoint)).toBe(true)
})

test.each([
  'ws://fstream.binance.com',
  'http://10.0.0.1',
  'http://localhost.example.com',
  'ws://127.0.0.1.example.com',
  'wss://user:secret@127.0.0.1',
  'http://example.com@127.0.0.1',
  'ftp://127.0.0.1',
  'file:///etc/passwd',
  'wss://',
  'nonsense'
])('%s is refused', (endpoint) => {
  expect(endpointAllowed(endpoint)).toBe(false)
})

test('settings lose a refused address and keep the rest', () => {
  const endpoints = { rest: 'http://10.0.0.1', ws: 'ws://127.0.0.1:9' }
  const settings = { ...defaultSettings, venues: { 'binance-spot': { enabled: true, endpoints } } }
  expect(refusedEndpoints(settings)).toEqual([
    { venue: 'binance-spot', name: 'rest', endpoint: 'http://10.0.0.1' }
  ])
  expect(withoutRefused(settings).venues).toEqual({
    'binance-spot': { enabled: true, endpoints: { ws: 'ws://127.0.0.1:9' } }
  })
})
