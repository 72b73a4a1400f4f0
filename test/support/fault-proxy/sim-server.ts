import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Clock } from '../../../src-main/engine/feed/clock'
import { isAside } from '../sim-venue/network'
import type { SimVenue } from '../sim-venue/sim-venue'

/** How one request goes wrong. `bomb`: a few bytes that unpack to more than any client should take. */
export type RestFault = 'html' | 'cut' | 'bomb' | number

const PING_MS = 5_000
/** Messages of which it is remembered whose book they carry. */
const REMEMBERED = 512
/** Half as much again as a client takes, in parts of a MiB. */
const BOMB_MIB = 96
/** Where an answer sends clients to a server that is none of the venue's endpoints. */
const ELSEWHERE = 'elsewhere'

/** A simulated venue behind real WebSocket and HTTP servers. Each of the venue's endpoints is a folder, `/rest` or `/stream`, so that one port serves all. */
export class SimServer {
  readonly restFaults: RestFault[] = []
  /** Requests heard. */
  asked = 0
  /** The port clients are told to come to: that of the proxy before it. */
  publicPort = 0
  readonly #sim: SimVenue
  readonly #clock: Clock
  readonly #http: Server
  readonly #sockets: WebSocketServer
  readonly #books = new Map<string, string>()

  private constructor(sim: SimVenue, clock: Clock) {
    this.#sim = sim
    this.#clock = clock
    this.#http = createServer((request, response) => {
      void this.#answer(request, response)
    })
    this.#sockets = new WebSocketServer({ server: this.#http, perMessageDeflate: false })
    this.#sockets.on('connection', (socket, { url = '/' }) => {
      this.#greet(socket, url)
    })
  }

  static async start(sim: SimVenue, clock: Clock): Promise<SimServer> {
    const server = new SimServer(sim, clock)
    await new Promise<void>((resolve) => server.#http.listen(0, '127.0.0.1', resolve))
    server.publicPort = server.port
    return server
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port
  }

  /** What the user would enter as the venue's endpoints. */
  get endpoints(): Readonly<Record<string, string>> {
    const { endpoints } = this.#sim.dialect.venue.spec
    return Object.fromEntries(
      Object.entries(endpoints).map(([name, url]) => {
        const { protocol, pathname } = new URL(url)
        const scheme = protocol.startsWith('http') ? 'http' : 'ws'
        return [name, `${scheme}://127.0.0.1:${this.publicPort}/${name}${pathname}`.replace(/\/$/, '')]
      })
    )
  }

  /** Whose book a message carried that was sent not long ago. */
  bookOf(text: string): string | undefined {
    return this.#books.get(text)
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate()
    this.#sockets.close()
    await new Promise((resolve) => {
      this.#http.close(resolve)
      this.#http.closeAllConnections()
    })
  }

  #greet(socket: WebSocket, path: string): void {
    const line = this.#sim.connect(this.#original(path), (text, book) => {
      if (book !== undefined) this.#remember(text, book)
      socket.send(text)
    })
    const cancel = this.#clock.every(PING_MS, () => {
      socket.ping()
    })
    socket.on('message', (data: Buffer) => {
      line.hear(data.toString())
    })
    socket.on('error', () => {
      socket.terminate()
    })
    socket.on('close', () => {
      cancel()
      line.close()
    })
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const post = request.method === 'POST' ? Buffer.concat(parts).toString() : undefined
    this.asked++
    const fault = isAside(request.url ?? '') ? undefined : this.restFaults.shift()
    const text = this.#sim
      .answer(this.#original(request.url ?? '/'), post)
      ?.replace(/wss?:\/\/[^/"]+/g, `ws://127.0.0.1:${this.publicPort}/${ELSEWHERE}`)
    response.setHeader('connection', 'close')
    if (typeof fault === 'number') response.writeHead(fault).end('{}')
    else if (fault === 'html') response.end('<html><body>502 Bad Gateway</body></html>')
    else if (fault === 'bomb') response.setHeader('content-encoding', 'gzip').end(bomb())
    else if (text === undefined) response.writeHead(404).end('{}')
    else if (fault === 'cut') {
      response.setHeader('content-length', Buffer.byteLength(text))
      response.write(text.slice(0, text.length / 2), () => response.destroy())
    } else response.end(text)
  }

  /** The address as the venue knows it. */
  #original(path: string): string {
    const [, name = '', rest = ''] = /^\/(\w*)(.*)$/.exec(path) ?? []
    const { endpoints } = this.#sim.dialect.venue.spec
    return new URL(endpoints[name] ?? `wss://${ELSEWHERE}.test`).origin + rest
  }

  #remember(text: string, book: string): void {
    this.#books.set(text, book)
    if (this.#books.size > REMEMBERED) this.#books.delete(this.#books.keys().next().value!)
  }
}

/** Some hundred KiB: parts that are packed alike may stand one after the other (RFC 1952, 2.2). */
function bomb(): Buffer {
  const part = gzipSync(Buffer.alloc(2 ** 20, ' '))
  return Buffer.concat(Array.from({ length: BOMB_MIB }, () => part))
}
