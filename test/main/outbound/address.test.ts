import { expect, test } from 'vitest'
import { mayReach, targetOf } from '../../../src-main/outbound/address'

test.each([
  'https://example.com/hook',
  'https://example.com:8443/',
  'http://127.0.0.1:9000/',
  'http://localhost/',
  'http://[::1]:9/',
  'http://2130706433/'
])('%s may be a webhook', (text) => {
  expect(targetOf(text).ok).toBe(true)
})

test.each([
  ['http://example.com/', 'https:'],
  ['ftp://example.com/', 'https:'],
  ['file:///etc/passwd', 'https:'],
  ['javascript:alert(1)', 'https:'],
  ['https://user:word@example.com/', 'no name or password'],
  ['https://example.com@127.0.0.1/', 'no name or password'],
  ['https://10.0.0.1/', 'private network'],
  ['https://192.168.1.1/', 'private network'],
  ['https://172.16.5.5/', 'private network'],
  ['https://169.254.169.254/latest/meta-data', 'private network'],
  ['https://0x0a.1/', 'private network'],
  ['https://0/', 'private network'],
  ['https://[fd00::1]/', 'private network'],
  ['https://[fe80::1]/', 'private network'],
  ['https://[::ffff:10.0.0.1]/', 'private network'],
  ['https://[::]/', 'private network'],
  ['nonsense', 'no address']
])('%s is refused: %s', (text, words) => {
  const target = targetOf(text)
  expect(target.ok ? '' : target.reason).toContain(words)
})

test('a public name that resolves to an inner address is not reached, nor a local one that resolves outside', () => {
  for (const address of [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '100.64.0.1',
    '64:ff9b::a00:1',
    'x'
  ])
    expect(mayReach('example.com', address), address).toBe(false)
  for (const address of ['93.184.215.14', '2606:2800:21f:cb07::1'])
    expect(mayReach('example.com', address), address).toBe(true)
  expect(mayReach('localhost', '127.0.0.1')).toBe(true)
  expect(mayReach('localhost', '93.184.215.14')).toBe(false)
})
