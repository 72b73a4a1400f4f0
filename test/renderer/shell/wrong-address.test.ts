import { expect, test } from 'vitest'
import { wrongAddress } from '../../../src-renderer/shell/wrong-address'

const [rest, stream] = ['https://api.venue.test/v1', 'wss://stream.venue.test/ws']

test('an address of the same kind as the usual one may stand in its place', () => {
  for (const [url, usual] of [
    ['https://own.test', rest],
    ['http://127.0.0.1:8080/v1', rest],
    ['wss://own.test/ws', stream],
    ['ws://127.0.0.1:8080', stream]
  ] as const)
    expect(wrongAddress(url, usual)).toBe('')
})

test('what is no address is refused in words that say what one looks like', () => {
  const words =
    'Not an address. It begins with https://, on this machine also with http://, and names a host.'
  for (const url of ['nonsense', 'ftp://127.0.0.1', 'https://', 'https:///v1', 'api.venue.test'])
    expect(wrongAddress(url, rest)).toBe(words)
})

test('a socket is no place for requests, and the other way round', () => {
  expect(wrongAddress('wss://own.test', rest)).toMatch(/^Of the wrong kind\. It begins with https:/)
  expect(wrongAddress('https://own.test', stream)).toMatch(/^Of the wrong kind\. It begins with wss:/)
})
