import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { headFor } from '../../support/fault-proxy/frames'
import { webSocketTransport } from '../../../src-main/engine/feed/web-socket-transport'

const servers: WebSocketServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

async function serve(maxFrameBytes: number, hello: string) {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  servers.push(server)
  server.on('connection', (socket) => socket.send(hello))
  await new Promise((resolve) => server.once('listening', resolve))
  return opened(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, maxFrameBytes)
}

/** What came first on the line: a frame, or its end. */
const opened = (url: string, maxFrameBytes: number) =>
  new Promise<string>((resolve) => {
    const socket = webSocketTransport.open(
      url,
      {
        onOpen: () => undefined,
        onAlive: () => undefined,
        onFrame: (bytes) => {
          resolve(`frame ${Buffer.from(bytes).toString()}`)
          socket.terminate()
        },
        onClose: resolve
      },
      { maxFrameBytes, handshakeTimeoutMs: 5_000 }
    )
  })

test('frames come as bytes', async () => {
  expect(await serve(100, '{"a":1}')).toBe('frame {"a":1}')
})

test('a frame larger than allowed ends the line with that reason', async () => {
  expect(await serve(10, 'x'.repeat(11))).toMatch(/^a frame larger than allowed: 127\.0\.0\.1:\d+$/)
})

/** Sends so much as one text message to whoever connects, as fast as it is taken, and says no farewell. `unsent`: what was left when the client hung up, bytes. */
async function flooding(bytes: number) {
  const part = Buffer.alloc(65_536, ' ')
  const server = createServer()
  let left = bytes
  let hungUp: (unsent: number) => void = () => undefined
  const unsent = new Promise<number>((resolve) => (hungUp = resolve))
  server.on('upgrade', (request, socket) => {
    const key = String(request.headers['sec-websocket-key'])
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.on('error', () => undefined)
    socket.on('close', () => {
      hungUp(left)
    })
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`
    )
    socket.write(headFor(bytes))
    const more = () => {
      while (left > 0 && !socket.destroyed) {
        left -= part.length
        if (!socket.write(part)) break
      }
      if (left > 0) socket.once('drain', more)
    }
    more()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, unsent, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

test('F31: a message of 40 MB ends the line at once, before it is in memory', async () => {
  const { server, unsent, url } = await flooding(40_000_000)
  const before = process.memoryUsage()
  expect(await opened(url, 4 * 2 ** 20)).toMatch(/^a frame larger than allowed/)
  const { rss, arrayBuffers } = process.memoryUsage()
  expect(arrayBuffers - before.arrayBuffers).toBeLessThan(20e6)
  expect(rss - before.rss).toBeLessThan(20e6)
  expect(await unsent).toBeGreaterThan(20e6)
  server.close()
})

test('a refused connection is said in words', async () => {
  expect(await opened('ws://127.0.0.1:9', 100)).toBe('connection refused: 127.0.0.1:9')
})

test('what is no address ends with a reason instead of a throw', async () => {
  expect(await opened('wss://', 100)).toBe('not an address: wss://')
})

const portal = 'a web page instead of the venue (a login page of your network?)'

test.each([
  ['a page', 200, {}],
  ['the way to one', 302, { location: 'http://login.test/' }],
  ['that it wants a login', 511, {}]
] as const)(
  'F38: where a network answers with %s instead of a socket, that is said',
  async (_what, status, head) => {
    const server = createServer((_request, response) =>
      response.writeHead(status, head).end('<html>Log in</html>')
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    expect(await opened(`ws://127.0.0.1:${port}`, 100)).toBe(`${portal}: 127.0.0.1:${port}`)
    server.close()
  }
)

test('F38: what speaks no TLS where it should is said in words', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await opened(`wss://127.0.0.1:${port}`, 100)).toMatch(/^no secure connection can be made/)
  server.close()
})

test('an HTTP answer instead of a socket is said with its status', async () => {
  const server = createServer((_request, response) => response.writeHead(451).end())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  expect(await opened(`ws://127.0.0.1:${port}`, 100)).toBe(`the venue answered HTTP 451: 127.0.0.1:${port}`)
  server.close()
})

test('only the pong that answers the latest ping is its answer; any other is a sign of life', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false })
  servers.push(server)
  server.on('connection', (socket) => {
    socket.on('ping', (data) => {
      socket.pong('of before')
      socket.pong(data)
    })
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const told: string[] = []
  await new Promise<void>((resolve) => {
    const socket = webSocketTransport.open(
      `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
      {
        onOpen: () =>
          socket.echo?.(() => {
            told.push('answered')
            socket.terminate()
            resolve()
          }),
        onAlive: () => told.push('alive'),
        onFrame: () => undefined,
        onClose: () => undefined
      },
      { maxFrameBytes: 100, handshakeTimeoutMs: 5_000 }
    )
  })
  expect(told).toEqual(['alive', 'answered'])
})
