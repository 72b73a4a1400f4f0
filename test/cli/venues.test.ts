import { createServer } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { checkVenue } from '../../src-main/cli/check-venue'
import { checkAll, venues } from '../../src-main/cli/venues'
import { systemClock } from '../../src-main/engine/feed/clock'
import { httpGet } from '../../src-main/engine/feed/http-get'
import { SimulatedTransport } from '../../src-main/engine/feed/simulated-transport'
import { webSocketTransport } from '../../src-main/engine/feed/web-socket-transport'
import { venues as registry } from '../../src-main/engine/venues/index'
import type { Endpoints, Venue } from '../../src-main/engine/venues/venue'
import { LoopbackBinance } from '../support/loopback/loopback-binance'
import type { Product } from '../support/loopback/binance-dialect'

let binance: LoopbackBinance
beforeAll(async () => {
  binance = await LoopbackBinance.start()
})
afterAll(async () => {
  await binance.stop()
})
afterEach(() => {
  vi.restoreAllMocks()
})

const venue = (id: string): Venue => registry.find(({ spec }) => spec.id === id)!
const parts = (endpoints: (of: Venue) => Endpoints) => ({
  transports: [
    webSocketTransport,
    new SimulatedTransport(systemClock, () => ({ seed: 7, episodes: 'none' }))
  ],
  http: httpGet,
  clock: systemClock,
  endpoints
})
const products: Readonly<Record<string, Product>> = {
  'binance-spot': 'spot',
  'binance-usdm': 'usdm',
  'binance-coinm': 'coinm'
}
const onLoopback = parts(({ spec }) => binance.endpoints(products[spec.id]!))

/** An address of loopback where nobody listens. */
async function deserted(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `127.0.0.1:${port}`
}

test.each(Object.keys(products))(
  '%s works: its list, and a first frame over each of its sockets',
  async (id) => {
    const { ok, steps } = await checkVenue(venue(id), onLoopback)
    expect(ok).toBe(true)
    expect(steps.map(({ words }) => words.replace(/\d+ ms/g, 'n ms'))).toEqual([
      expect.stringMatching(/^list: \d+ instruments in n ms$/),
      ...venue(id).legs.map(
        (leg) =>
          expect.stringMatching(
            new RegExp(`^${leg.id}: open in n ms, first frame of BTC\\w+ in n ms$`)
          ) as string
      )
    ])
    await vi.waitFor(() => {
      expect(binance.connections).toBe(0)
    })
  }
)

test('the simulated market can be asked like any other', async () => {
  const check = await checkVenue(
    venue('sim'),
    parts(({ spec }) => spec.endpoints)
  )
  expect(check).toMatchObject({ ok: true, venue: 'sim' })
})

test('without a network every venue says so in words', async () => {
  const at = await deserted()
  const nowhere = parts(({ spec }) =>
    Object.fromEntries(
      Object.entries(spec.endpoints).map(([name, url]) => [
        name,
        `${url.startsWith('ws') ? 'ws' : 'http'}://${at}${new URL(url).pathname}`
      ])
    )
  )
  const real = registry.filter(({ spec }) => !spec.simulated)
  let said = ''
  const checks = await checkAll(real, nowhere, (text) => (said += text))
  expect(checks.map(({ venue, ok }) => [venue, ok])).toEqual(real.map(({ spec }) => [spec.id, false]))
  for (const { steps } of checks)
    for (const { ok, words } of steps)
      if (!ok) expect(words).toMatch(/: connection refused: 127\.0\.0\.1:\d+$/)
  for (const { spec } of real) expect(said).toContain(`FAILS  ${spec.id} (`)
})

test('a venue whose list cannot be had is still asked for a socket', async () => {
  const { stream } = binance.endpoints('spot')
  const at = await deserted()
  const { ok, steps } = await checkVenue(
    venue('binance-spot'),
    parts(() => ({ rest: `http://${at}`, stream: stream! }))
  )
  expect(ok).toBe(false)
  expect(steps.map((step) => step.ok)).toEqual([false, true])
  expect(steps[1]!.words).toMatch(/open in \d+ ms, nothing asked for/)
})

test('what the venue refuses is told in its own words', async () => {
  const sockets = new Set<Socket>()
  const server = createServer((_, response) => response.writeHead(451).end())
  server.on('connection', (socket) => sockets.add(socket))
  server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const { steps } = await checkVenue(
    venue('binance-spot'),
    parts(() => ({ rest: `http://127.0.0.1:${port}`, stream: `ws://127.0.0.1:${port}` }))
  )
  for (const socket of sockets) socket.destroy()
  await new Promise((resolve) => server.close(resolve))
  expect(steps.map(({ words }) => words)).toEqual([
    `list: the venue does not serve this country (HTTP 451): 127.0.0.1:${port}`,
    `stream: the venue answered HTTP 403: 127.0.0.1:${port}`
  ])
})

test('never more than six are asked at once', async () => {
  let open = 0
  let most = 0
  const slow = parts(({ spec }) => spec.endpoints)
  const http: typeof httpGet = async () => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setImmediate(resolve))
    open--
    return { ok: false, status: NaN, reason: 'no network' }
  }
  const spots = Array.from({ length: 20 }, () => venue('binance-spot'))
  const checks = await checkAll(spots, { ...slow, http, transports: [] }, () => undefined)
  expect([checks.length, most]).toEqual([20, 6])
})

test('without --check the venues are listed, with what they cannot tell', async () => {
  let said = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((said += String(text)), true))
  expect(await venues([])).toBe(0)
  for (const { spec } of registry) expect(said).toContain(spec.cannotDetect)
})

test('an unknown venue is asked wrongly', async () => {
  let complained = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true))
  expect(await venues(['mtgox', '--check'])).toBe(2)
  expect(complained).toContain('there is no venue "mtgox"')
})
