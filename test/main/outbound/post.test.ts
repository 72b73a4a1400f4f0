import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { post } from '../../../src-main/outbound/post'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listening(answer: RequestListener): Promise<URL> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return new URL(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}/hook`)
}

test('what is posted arrives whole, with its headers, and the answer comes back', async () => {
  const heard: unknown[] = []
  const url = await listening((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part: string) => (body += part))
    request.on('end', () => {
      heard.push([request.method, request.url, request.headers['idempotency-key'], body])
      response.writeHead(202).end('taken')
    })
  })
  const reply = await post({ url, headers: { 'idempotency-key': 'k' }, body: '{"a":"ü"}' })
  expect(reply).toEqual({ status: 202, body: 'taken', reason: '' })
  expect(heard).toEqual([['POST', '/hook', 'k', '{"a":"ü"}']])
})

test('a redirect is an answer, not a way', async () => {
  let count = 0
  const url = await listening((_, response) => {
    count++
    response.writeHead(307, { location: '/elsewhere' }).end()
  })
  expect((await post({ url, headers: {}, body: '' })).status).toBe(307)
  expect(count).toBe(1)
})

test('an endless answer is cut at 64 KiB', async () => {
  const url = await listening((_, response) => {
    const more = (): void => {
      while (!response.destroyed && response.write('x'.repeat(16_384)));
      if (!response.destroyed) response.once('drain', more)
    }
    more()
  })
  expect((await post({ url, headers: {}, body: '' })).body).toHaveLength(65_536)
})

test('a connection that is refused or reset is said in words', async () => {
  const url = await listening((request) => request.socket.destroy())
  expect((await post({ url, headers: {}, body: '' })).reason).toMatch(/hang up|reset/)
})

test('a name that resolves to a private address is never connected to', async () => {
  let asked = 0
  const url = await listening(() => asked++)
  const outside = new URL(`https://hook.example:${url.port}/`)
  const reply = await post({ url: outside, headers: {}, body: '' }, () =>
    Promise.resolve([{ address: '127.0.0.1', family: 4 }])
  )
  expect(reply.reason).toContain('private network')
  expect(asked).toBe(0)
})
