import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { httpGet, retryAfter } from '../../../src-main/engine/feed/http-get'

async function ask(answer: RequestListener, maxBytes = 1_000, timeoutMs = 5_000) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const got = await httpGet(`http://127.0.0.1:${port}/x`, { timeoutMs, maxBytes })
  server.closeAllConnections()
  server.close()
  return got
}

test('an answer comes as bytes', async () => {
  const answer = await ask((_request, response) => response.end('hello'))
  expect(answer.ok && Buffer.from(answer.bytes).toString()).toBe('hello')
})

test('429 carries how long to wait', async () => {
  const answer = await ask((_request, response) => response.writeHead(429, { 'retry-after': '60' }).end())
  expect(answer).toMatchObject({ ok: false, status: 429, retryAfterMs: 60_000 })
})

test('a body that never ends is cut at the cap', async () => {
  const answer = await ask((_request, response) => {
    const more = () => {
      while (response.write('x'.repeat(100_000)));
      response.once('drain', more)
    }
    more()
  })
  expect(answer).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^an answer larger than allowed: /)
  })
})

test('F31: an answer that unpacks to 64 MB is refused at the cap, and takes no more memory than that', async () => {
  const mebibyte = gzipSync(Buffer.alloc(2 ** 20, ' '))
  const bomb = Buffer.concat(Array.from({ length: 64 }, () => mebibyte))
  const packed = (bytes: Buffer) =>
    ask((_request, response) => response.setHeader('content-encoding', 'gzip').end(bytes), 4 * 2 ** 20)
  // What unpacks answers is loaded with the first of them.
  expect(await packed(mebibyte)).toMatchObject({ ok: true })
  const before = process.memoryUsage()
  const answer = await packed(bomb)
  const { arrayBuffers } = process.memoryUsage()
  expect(answer).toMatchObject({ ok: false, isBomb: true })
  expect(arrayBuffers - before.arrayBuffers).toBeLessThan(20e6)
})

test.each([
  ['a page', 200, {}],
  ['the way to one', 302, { location: 'http://login.test/' }],
  ['that it wants a login', 511, {}]
] as const)('F38: where a network answers with %s, that is said', async (_what, status, head) => {
  const page = '\n<!doctype html><title>Log in</title>'
  expect(await ask((_request, response) => response.writeHead(status, head).end(page))).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^a web page instead of the venue \(a login page of your network\?\): 127/)
  })
})

test.each([
  [301, 'https://api2.venue.test/v3/x', 'api2.venue.test'],
  [308, '//moved.venue.test:8443/x', 'moved.venue.test:8443']
])('that the venue has moved (%d) is said, and where to', async (status, location, host) => {
  const answer = await ask((_request, response) => response.writeHead(status, { location }).end())
  expect(answer).toMatchObject({ ok: false, status })
  expect(!answer.ok && answer.reason.replace(/127.*$/, '')).toBe(
    `the venue redirects to ${host} (HTTP ${status}), not followed: `
  )
})

test('F38: what speaks no TLS where it should is said in words', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await httpGet(`https://127.0.0.1:${port}/`, { timeoutMs: 5_000, maxBytes: 10 })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^no secure connection can be made/)
  })
  server.close()
})

test('silence ends after the time given', async () => {
  const answer = await ask(() => undefined, 1_000, 50)
  expect(answer).toMatchObject({ ok: false, reason: expect.stringMatching(/^no answer in time: /) })
})

test('nobody there is said in words', async () => {
  const answer = await httpGet('http://127.0.0.1:9/', { timeoutMs: 1_000, maxBytes: 10 })
  expect(answer.ok).toBe(false)
})

test('Retry-After is seconds, or a date held against the server clock', () => {
  const date = 'Tue, 24 Nov 2026 12:00:00 GMT'
  expect(retryAfter('7', null)).toBe(7_000)
  expect(retryAfter('Tue, 24 Nov 2026 12:02:00 GMT', date)).toBe(120_000)
  expect(retryAfter('soon', date)).toBeUndefined()
})
