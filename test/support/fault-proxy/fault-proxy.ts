import type { AddressInfo, Server, Socket } from 'node:net'
import { connect, createServer } from 'node:net'
import type { Clock } from '../../../src-main/engine/feed/clock'
import { FrameFaults } from '../sim-venue/frame-faults'
import { FrameCutter, framed, headFor } from './frames'
import type { Weather } from './pipe'
import { fairWeather, Pipe } from './pipe'

export interface FaultProxyParts {
  /** The venue behind it, on loopback. */
  readonly upstream: number
  readonly clock: Clock
  readonly chance: () => number
  /** Whose book a message carries, so that faults can be aimed at it. */
  readonly bookOf: (text: string) => string | undefined
  /** A connection came or went. */
  readonly onChange: () => void
}

/** Messages no client should take: longer than allowed, or squeezed although nobody agreed to that. */
export type Bomb = 'oversized' | 'compressed'

const HEAD_END = '\r\n\r\n'

/**
 * A TCP proxy before a venue that does to connections what networks do: to bytes (latency, jitter, a slow read, freeze, half-open, reset, cut within a message)
 * and to a WebSocket's messages (lost, twice, swapped, truncated, a bomb). Requests pass as they are, in the same weather.
 */
export class FaultProxy {
  readonly weather: Weather = fairWeather()
  readonly faults = new FrameFaults()
  /** Sockets opened, all in all. */
  opened = 0
  readonly #parts: FaultProxyParts
  readonly #server: Server
  readonly #lines = new Set<ProxiedLine>()
  #isRefusing = false

  private constructor(parts: FaultProxyParts) {
    this.#parts = parts
    this.#server = createServer((client) => {
      this.#accept(client)
    })
  }

  static async start(parts: FaultProxyParts): Promise<FaultProxy> {
    const proxy = new FaultProxy(parts)
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  /** WebSockets that are up. */
  get sockets(): readonly ProxiedLine[] {
    return [...this.#lines].filter(({ isSocket }) => isSocket)
  }

  /** New connections are cut as they come. */
  refuse(): void {
    this.#isRefusing = true
  }

  /** Nothing passes in either direction; what comes is kept, and no end is told. */
  freeze(): void {
    for (const line of this.sockets) line.freeze(true)
  }

  thaw(): void {
    for (const line of this.sockets) line.freeze(false)
  }

  /** What comes is lost from now on, on the connections that are up, and no end is told. */
  halfOpen(): void {
    for (const line of this.sockets) line.die()
  }

  /** RST to the client. */
  reset(): void {
    for (const line of this.sockets) line.reset()
  }

  /** The next message is passed in part; then the connection ends, politely as TCP sees it. */
  cutWithin(): void {
    for (const line of this.sockets) line.isCutting = true
  }

  bomb(kind: Bomb): void {
    for (const line of this.sockets) line.bomb(kind)
  }

  /** All that was wrong is right again. */
  heal(): void {
    Object.assign(this.weather, fairWeather())
    this.#isRefusing = false
    this.faults.clear()
    this.thaw()
  }

  async stop(): Promise<void> {
    for (const line of this.#lines) line.reset()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  #accept(client: Socket): void {
    if (this.#isRefusing) {
      client.resetAndDestroy()
      return
    }
    const line = new ProxiedLine(client, this, this.#parts)
    this.#lines.add(line)
    line.onSocket = () => {
      this.opened++
      this.faults.connected()
      this.#parts.onChange()
    }
    line.onEnd = () => {
      this.#lines.delete(line)
      this.#parts.onChange()
    }
  }
}

class ProxiedLine {
  isSocket = false
  isCutting = false
  onSocket: () => void = () => undefined
  onEnd: () => void = () => undefined
  readonly #client: Socket
  readonly #upstream: Socket
  readonly #down: Pipe
  readonly #up: Pipe
  readonly #cutter = new FrameCutter()
  readonly #proxy: FaultProxy
  readonly #parts: FaultProxyParts
  #head: Buffer | undefined = Buffer.alloc(0)
  #isOver = false

  constructor(client: Socket, proxy: FaultProxy, parts: FaultProxyParts) {
    const { clock, chance, upstream } = parts
    this.#client = client
    this.#proxy = proxy
    this.#parts = parts
    this.#upstream = connect(upstream, '127.0.0.1')
    this.#down = new Pipe(client, clock, proxy.weather, chance)
    this.#up = new Pipe(this.#upstream, clock, proxy.weather, chance)
    client.setNoDelay(true)
    client.once('data', (bytes: Buffer) => {
      if (!/^upgrade: *websocket/im.test(bytes.toString('latin1'))) return
      this.isSocket = true
      this.onSocket()
    })
    client.on('data', (bytes: Buffer) => {
      this.#up.push(bytes)
    })
    this.#upstream.on('data', (bytes: Buffer) => {
      this.#fromVenue(bytes)
    })
    for (const [one, other] of [
      [client, this.#upstream],
      [this.#upstream, client]
    ] as const) {
      // Who is cut off hears of it by `close`; what the reason was is the other end's to say.
      one.on('error', () => undefined)
      one.on('end', () => {
        if (!this.#down.isDead && !this.#down.isFrozen) other.end()
      })
      one.on('close', () => {
        this.#ended(other)
      })
    }
  }

  freeze(isFrozen: boolean): void {
    for (const pipe of [this.#down, this.#up]) {
      pipe.isFrozen = isFrozen
      pipe.pump()
    }
  }

  die(): void {
    this.#down.isDead = this.#up.isDead = true
  }

  reset(): void {
    this.#client.resetAndDestroy()
    this.#upstream.destroy()
  }

  bomb(kind: Bomb): void {
    if (kind === 'oversized') this.#client.write(Buffer.concat([headFor(2 ** 40), Buffer.alloc(65_536)]))
    // RSV1: the payload is compressed (RFC 7692, 6).
    else this.#client.write(framed(Buffer.alloc(1_024), 0xc1))
  }

  #fromVenue(bytes: Buffer): void {
    if (!this.isSocket) this.#down.push(bytes)
    else if (this.#head) this.#greeting(bytes)
    else this.#messages(bytes)
  }

  /** The answer to the upgrade passes as it is; messages come after it. */
  #greeting(bytes: Buffer): void {
    const all = Buffer.concat([this.#head!, bytes])
    const end = all.indexOf(HEAD_END)
    this.#head = end < 0 ? all : undefined
    if (end < 0) return
    this.#down.push(all.subarray(0, end + HEAD_END.length))
    this.#messages(all.subarray(end + HEAD_END.length))
  }

  #messages(bytes: Buffer): void {
    const { faults } = this.#proxy
    for (const { bytes: whole, text } of this.#cutter.push(bytes)) {
      const book = text === undefined ? undefined : this.#parts.bookOf(text)
      if (text === undefined || book === undefined) this.#down.push(whole)
      else if (this.isCutting) this.#cut(whole)
      else for (const passed of faults.through(text, book)) this.#down.push(framed(passed))
    }
  }

  #cut(whole: Buffer): void {
    this.#client.end(whole.subarray(0, Math.ceil(whole.length / 2)))
    this.die()
  }

  #ended(other: Socket): void {
    // Who is half open learns of nothing.
    if (other === this.#client && (this.#down.isDead || this.#down.isFrozen) && !this.isCutting) return
    other.destroy()
    if (this.#isOver) return
    this.#isOver = true
    this.onEnd()
  }
}
