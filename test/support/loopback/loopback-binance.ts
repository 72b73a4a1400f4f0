import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'
import { SimulatedMarket } from '../../../src-main/engine/market/simulated-market'
import { millis } from '../../../src-shared/units'
import { WireBook, type SimFrame } from '../wire-book'
import {
  exchangeInfo,
  inBinanceWords,
  listings,
  snapshotInBinanceWords,
  type Product
} from './binance-dialect'
import { Faults } from './faults'

interface Client {
  readonly socket: WebSocket
  readonly product: Product
  readonly streams: Set<string>
}

/** One listing: what is true of it, and what may go wrong with it. */
class Listed {
  readonly faults = new Faults()
  readonly book = new WireBook()
  /** Text of the first snapshot, for old ones. */
  first = ''
  snapshot = ''
  /** Requests for its snapshot so far. */
  asked = 0
}

/**
 * Binance on loopback: a real HTTP and WebSocket server that speaks the dialects of spot, USD-M and COIN-M over the simulated market, and does what
 * venues do on a bad day. `endpoints(product)` is what the app's settings want.
 */
export class LoopbackBinance {
  readonly #market: SimulatedMarket
  readonly #listed = new Map<string, Listed>()
  readonly #clients = new Set<Client>()
  readonly #http: Server
  readonly #sockets: WebSocketServer
  #timer: NodeJS.Timeout | undefined
  #isStalled = false
  #isRefusingSockets = false
  /** Frames of every kind that left, for those who count. */
  sent = 0

  private constructor(seed: number) {
    this.#market = new SimulatedMarket(
      { seed, at: millis(Date.now()), regime: 'active', episodes: 'none' },
      (frame) => {
        this.#hear(JSON.parse(frame) as SimFrame)
      }
    )
    this.#http = createServer((request, response) => {
      this.#answer(request, response)
    })
    this.#sockets = new WebSocketServer({ server: this.#http })
    this.#sockets.on('connection', (socket, request) => {
      this.#greet(socket, request)
    })
    const symbols = new Set(Object.values(listings).flatMap((it) => it.map(({ sim }) => sim)))
    for (const sim of symbols) this.#listed.set(sim, new Listed())
    this.#market.subscribe([...symbols])
  }

  /** Listens on a free port of loopback and lets the market run in real time. */
  static async start({ seed = 11 } = {}): Promise<LoopbackBinance> {
    const venue = new LoopbackBinance(seed)
    await new Promise<void>((resolve) => venue.#http.listen(0, '127.0.0.1', resolve))
    venue.#timer = setInterval(() => {
      if (!venue.#isStalled) venue.#market.run(millis(Date.now()))
    }, 25)
    return venue
  }

  endpoints(product: Product): Readonly<Record<string, string>> {
    const { port } = this.#http.address() as AddressInfo
    const at = `127.0.0.1:${port}/${product}`
    const stream = `ws://${at}`
    return product === 'usdm'
      ? { rest: `http://${at}`, public: `${stream}/public`, market: `${stream}/market` }
      : { rest: `http://${at}`, stream }
  }

  /** Faults of one listing; a sim instrument listed twice shares them. */
  faults(product: Product, symbol: string): Faults {
    return this.#of(product, symbol).faults
  }
  /** The true book, after the market's last diff. */
  book(product: Product, symbol: string): WireBook {
    return this.#of(product, symbol).book
  }
  snapshotsAsked(product: Product, symbol: string): number {
    return this.#of(product, symbol).asked
  }
  get connections(): number {
    return this.#clients.size
  }

  /** Cuts every socket without a farewell. */
  cut(): void {
    for (const { socket } of this.#clients) socket.terminate()
  }
  /** From now on new sockets are turned away, until told otherwise. */
  refuseSockets(refuse: boolean): void {
    this.#isRefusingSockets = refuse
  }
  /** The market stands still and says nothing, with every socket open; then it goes on without having lost anything. */
  stall(isStalled: boolean): void {
    this.#isStalled = isStalled
  }
  /** Sends any text at all to every client. */
  say(text: string): void {
    for (const { socket } of this.#clients) this.#send(socket, text)
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    this.cut()
    this.#sockets.close()
    await new Promise((resolve) => {
      this.#http.close(resolve)
      this.#http.closeAllConnections()
    })
  }

  #of(product: Product, symbol: string): Listed {
    const listing = listings[product].find((it) => it.symbol === symbol)
    if (!listing) throw new RangeError(`${product} does not list ${symbol}`)
    return this.#listed.get(listing.sim)!
  }

  #hear(frame: SimFrame): void {
    const listed = frame.i === undefined ? undefined : this.#listed.get(frame.i)
    if (!listed) return
    listed.book.read(frame)
    if (frame.ch === 'book' && frame.type === 'snap') {
      listed.snapshot = JSON.stringify(frame)
      listed.first ||= listed.snapshot
    }
    const isDepth = frame.ch === 'book' && frame.type === 'diff'
    // Faults hit once, whoever listens: what leaves is decided before the clients are asked.
    const times = isDepth ? listed.faults.onDepth(JSON.stringify(frame)) : undefined
    for (const text of times ?? [undefined]) this.#tell(text ? (JSON.parse(text) as SimFrame) : frame)
  }

  #tell(frame: SimFrame): void {
    for (const client of this.#clients) {
      const listing = listings[client.product].find((it) => it.sim === frame.i)
      if (!listing) continue
      const name = listing.symbol.toLowerCase()
      for (const { channel, data } of inBinanceWords(frame, client.product, listing.symbol))
        for (const stream of client.streams)
          if (stream === `${name}@${channel}` || stream.startsWith(`${name}@${channel}@`))
            this.#send(client.socket, JSON.stringify({ stream, data }))
    }
  }

  #send(socket: WebSocket, text: string): void {
    this.sent++
    socket.send(text)
  }

  #greet(socket: WebSocket, request: IncomingMessage): void {
    const url = new URL(request.url ?? '/', 'ws://loopback')
    const product = url.pathname.split('/')[1] as Product
    if (this.#isRefusingSockets || !(product in listings)) {
      socket.terminate()
      return
    }
    const streams = new Set((url.searchParams.get('streams') ?? '').split('/').filter(Boolean))
    const client = { socket, product, streams }
    this.#clients.add(client)
    socket.on('close', () => this.#clients.delete(client))
    socket.on('message', (data: Buffer) => {
      const said = JSON.parse(data.toString()) as { method: string; params: string[]; id: number }
      for (const stream of said.params)
        if (said.method === 'SUBSCRIBE') streams.add(stream)
        else streams.delete(stream)
      this.#send(socket, JSON.stringify({ result: null, id: said.id }))
    })
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://loopback')
    const product = url.pathname.split('/')[1] as Product
    const reply = (status: number, text: string, head = {}) => {
      response.writeHead(status, { 'content-type': 'application/json', ...head }).end(text)
    }
    if (!(product in listings)) reply(404, '{"code":-1,"msg":"no such product"}')
    else if (url.pathname.endsWith('/exchangeInfo')) reply(200, exchangeInfo(product))
    else if (url.pathname.endsWith('/depth')) {
      const listed = this.#of(product, url.searchParams.get('symbol') ?? '')
      listed.asked++
      const refusal = listed.faults.takeRefusal()
      if (refusal) {
        reply(refusal.status, '{"code":-1003,"msg":"Too many requests"}', {
          'retry-after': refusal.retryAfterS
        })
        return
      }
      reply(200, this.#snapshot(product, url.searchParams.get('symbol') ?? '', listed))
    } else reply(404, '{"code":-1,"msg":"not here"}')
  }

  #snapshot(product: Product, symbol: string, listed: Listed): string {
    const { sim } = listings[product].find((it) => it.symbol === symbol)!
    if (!listed.faults.takeOldSnapshot()) this.#market.snapshot(sim)
    else return snapshotInBinanceWords(JSON.parse(listed.first) as SimFrame, product)
    return snapshotInBinanceWords(JSON.parse(listed.snapshot) as SimFrame, product)
  }
}
