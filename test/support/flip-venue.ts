import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

const quietMs = 1_000

/** Bid and ask at the touch of one book; its imbalance is .8 when flipped and 0 otherwise. */
interface Flipped {
  last: number
  isHigh: boolean
}

/** Binance spot on loopback with books of one level a side, whose imbalance goes up and down when told. */
export class FlipVenue {
  readonly symbols: readonly string[]
  readonly #books: ReadonlyMap<string, Flipped>
  readonly #http: Server
  readonly #sockets: WebSocketServer
  readonly #clients = new Set<WebSocket>()
  #timer: NodeJS.Timeout | undefined

  private constructor(count: number) {
    this.symbols = Array.from({ length: count }, (_, n) => `F${String(n).padStart(3, '0')}USDT`)
    this.#books = new Map(this.symbols.map((symbol) => [symbol, { last: 100, isHigh: false }]))
    this.#http = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://loopback')
      const text = url.pathname.endsWith('/depth')
        ? this.#snapshot(url.searchParams.get('symbol') ?? '')
        : this.#listing()
      response.writeHead(200, { 'content-type': 'application/json' }).end(text)
    })
    this.#sockets = new WebSocketServer({ server: this.#http })
    this.#sockets.on('connection', (socket) => {
      this.#clients.add(socket)
      socket.on('close', () => this.#clients.delete(socket))
      socket.on('message', (data: Buffer) => {
        const { id } = JSON.parse(data.toString()) as { id: number }
        socket.send(JSON.stringify({ result: null, id }))
      })
    })
  }

  static async start(count: number): Promise<FlipVenue> {
    const venue = new FlipVenue(count)
    await new Promise<void>((resolve) => venue.#http.listen(0, '127.0.0.1', resolve))
    // A book that says nothing is stale.
    venue.#timer = setInterval(() => {
      for (const symbol of venue.symbols) venue.#send(symbol)
    }, quietMs)
    return venue
  }

  get endpoints(): Readonly<Record<string, string>> {
    const { port } = this.#http.address() as AddressInfo
    return { rest: `http://127.0.0.1:${port}`, stream: `ws://127.0.0.1:${port}` }
  }

  /** Sends the frame; wall clock ms of the moment before. */
  flip(symbol: string, isHigh: boolean): number {
    const book = this.#books.get(symbol)
    if (!book) throw new RangeError(`${symbol} is not listed`)
    book.isHigh = isHigh
    const at = performance.timeOrigin + performance.now()
    this.#send(symbol)
    return at
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    for (const socket of this.#clients) socket.terminate()
    this.#sockets.close()
    await new Promise((resolve) => {
      this.#http.close(resolve)
      this.#http.closeAllConnections()
    })
  }

  #send(symbol: string): void {
    const book = this.#books.get(symbol)!
    const id = ++book.last
    const data = {
      ...{ e: 'depthUpdate', E: Date.now(), s: symbol, U: id, u: id },
      ...{ b: [['100.00', book.isHigh ? '9.00' : '1.00']], a: [['100.01', '1.00']] }
    }
    const text = JSON.stringify({ stream: `${symbol.toLowerCase()}@depth@100ms`, data })
    for (const socket of this.#clients) socket.send(text)
  }

  #snapshot(symbol: string): string {
    const { last = 0, isHigh = false } = this.#books.get(symbol) ?? {}
    const bids = [['100.00', isHigh ? '9.00' : '1.00']]
    return JSON.stringify({ lastUpdateId: last, bids, asks: [['100.01', '1.00']] })
  }

  #listing(): string {
    const filters = [
      { filterType: 'PRICE_FILTER', tickSize: '0.01' },
      { filterType: 'LOT_SIZE', stepSize: '0.01' }
    ]
    const symbols = this.symbols.map((symbol) => ({
      ...{ symbol, status: 'TRADING', baseAsset: symbol.slice(0, -4), quoteAsset: 'USDT', filters }
    }))
    return JSON.stringify({ symbols })
  }
}
