import { expect, test } from 'vitest'
import { inWords } from '../../../src-main/engine/feed/trouble'

const coded = (code: string) => Object.assign(new Error('in the system’s words'), { code })

test.each([
  ['ENOTFOUND', 'no such host (offline?)'],
  ['EAI_AGAIN', 'no name lookup (offline?)'],
  ['ENETUNREACH', 'no network'],
  ['CERT_HAS_EXPIRED', 'its certificate has expired (or this computer’s clock is wrong)'],
  ['CERT_NOT_YET_VALID', 'its certificate is not valid yet (or this computer’s clock is wrong)'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'its certificate is not trusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'its certificate is for another host'],
  ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', 'no secure connection can be made']
])('F38: %s is told as “%s”, also where fetch has wrapped it', (code, words) => {
  const url = 'wss://stream.binance.com:9443/ws'
  expect(inWords(coded(code), url)).toBe(`${words}: stream.binance.com:9443`)
  const wrapped = new TypeError('fetch failed', { cause: new AggregateError([coded(code)]) })
  expect(inWords(wrapped, url)).toBe(`${words}: stream.binance.com:9443`)
})
