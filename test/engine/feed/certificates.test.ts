import { readFileSync } from 'node:fs'
import type { Server } from 'node:https'
import { createServer } from 'node:https'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import type * as Tls from 'node:tls'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { WebSocketServer } from 'ws'
import { systemClock } from '../../../src-main/engine/feed/clock'
import { httpGet } from '../../../src-main/engine/feed/http-get'
import { Feed } from '../../../src-main/engine/feed/hub'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { webSocketTransport } from '../../../src-main/engine/feed/web-socket-transport'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { instrumentId } from '../../../src-shared/instrument'
import { defaultSettings } from '../../../src-shared/settings'
import type { BookStatus } from '../../../src-shared/status'

const pem = (name: string) => readFileSync(new URL(`../../support/tls/${name}.pem`, import.meta.url), 'utf8')
const btc = instrumentId('binance-spot', 'BTCUSDT')
const servers: Server[] = []

// The one thing that is not the real one: the issuer is among those that are trusted.
beforeAll(() => {
  const tls = createRequire(import.meta.url)('node:tls') as typeof Tls
  const { connect } = tls
  vi.spyOn(tls, 'connect').mockImplementation(((options: object) =>
    connect({ ...options, ca: pem('issuer') })) as typeof connect)
})
afterAll(() => {
  vi.restoreAllMocks()
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

/** A server of pages and sockets with this certificate; its host and port. */
async function serving(name: string): Promise<string> {
  const server = createServer({ cert: pem(name), key: pem(name) }, (_request, response) => {
    response.end('{}')
  })
  servers.push(server)
  new WebSocketServer({ server })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const get = async (host: string) => httpGet(`https://${host}/`, { timeoutMs: 5_000, maxBytes: 100 })
const opened = async (host: string) =>
  new Promise<string>((resolve) => {
    const socket = webSocketTransport.open(
      `wss://${host}/`,
      {
        onOpen: () => {
          resolve('open')
          socket.terminate()
        },
        onAlive: () => undefined,
        onFrame: () => undefined,
        onClose: resolve
      },
      { maxFrameBytes: 100, handshakeTimeoutMs: 5_000 }
    )
  })

/** What the feed says of a book whose venue is there, once it says when it tries again. */
async function said(host: string): Promise<BookStatus> {
  const endpoints = { rest: `https://${host}`, stream: `wss://${host}` }
  let feed: Feed | undefined
  const status = await new Promise<BookStatus>((resolve) => {
    feed = new Feed({
      ...{ venues: [binanceSpot], transports: [webSocketTransport], http: httpGet, clock: systemClock },
      ...{ chance: () => 0.5, bans: [], onBan: () => undefined },
      settings: { ...defaultSettings, venues: { 'binance-spot': { enabled: true, endpoints } } },
      listener: {
        ...nobody,
        onStatus: (_id, it) => {
          if (it.nextAttemptAt !== undefined) resolve(it)
        }
      }
    })
    feed.watch(new Set([btc]))
  })
  feed?.stop()
  return status
}

test('the right certificate is taken', async () => {
  const host = await serving('right')
  expect(await get(host)).toMatchObject({ ok: true })
  expect(await opened(host)).toBe('open')
})

test.each([
  ['self-signed', 'its certificate is not trusted'],
  ['expired', 'its certificate has expired (or this computer’s clock is wrong)'],
  ['other-host', 'its certificate is for another host']
])(
  'F38: one that is %s is refused, and said: what, since when and when it is tried again',
  async (name, words) => {
    const host = await serving(name)
    const reason = `${words}: ${host}`
    expect(await get(host)).toMatchObject({ ok: false, reason })
    expect(await opened(host)).toBe(reason)

    const from = Date.now()
    const { state, since, nextAttemptAt, ...status } = await said(host)
    expect([state, status.reason]).toEqual(['connecting', reason])
    expect(since).toBeGreaterThanOrEqual(from)
    expect(since).toBeLessThanOrEqual(Date.now())
    expect(nextAttemptAt).toBeGreaterThan(since)
  }
)
