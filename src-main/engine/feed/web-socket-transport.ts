import { WebSocket } from 'ws'
import type { RawData } from 'ws'
import { plain } from '../../../src-shared/format'
import { addressOf } from './address'
import type { OpenOptions, Socket, SocketEvents, Transport } from './transport'
import { hostOf, inWords, isBomb } from './trouble'

/** The code of an end without a closing message, be it a reset or a cut (RFC 6455, 7.4.1). */
const NO_FAREWELL = 1006

/** WebSockets to real venues. Text is not checked for UTF-8: readers refuse what they do not know byte by byte. */
export const webSocketTransport: Transport = {
  schemes: ['ws', 'wss'],
  open(url, events, options) {
    return addressOf(url) === undefined ? unreachable(url, events) : new WebSocketLine(url, events, options)
  }
}

function unreachable(url: string, events: SocketEvents): Socket {
  let isOver = false
  queueMicrotask(() => {
    if (!isOver) events.onClose(`not an address: ${plain(url, 80)}`)
  })
  return {
    send: () => undefined,
    terminate() {
      isOver = true
    }
  }
}

class WebSocketLine implements Socket {
  readonly #socket: WebSocket
  readonly #url: string
  readonly #events: SocketEvents
  #isOver = false
  #pings = 0
  #answered: (() => void) | undefined

  constructor(url: string, events: SocketEvents, { maxFrameBytes, handshakeTimeoutMs }: OpenOptions) {
    this.#url = url
    this.#events = events
    const socket = new WebSocket(url, {
      perMessageDeflate: false,
      skipUTF8Validation: true,
      maxPayload: maxFrameBytes,
      handshakeTimeout: handshakeTimeoutMs,
      followRedirects: false
    })
    this.#socket = socket
    socket.on('open', () => {
      if (!this.#isOver) events.onOpen()
    })
    socket.on('message', (data) => {
      if (!this.#isOver) events.onFrame(bytesOf(data))
    })
    socket.on('ping', () => {
      if (!this.#isOver) events.onAlive()
    })
    socket.on('pong', (data) => {
      if (!this.#isOver) this.#pong(data.toString())
    })
    socket.on('error', (error) => {
      this.#failed(error)
    })
    socket.on('close', (code, reason) => {
      this.#close(code, reason.toString())
    })
  }

  send(text: string): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(text)
  }

  echo(answered: () => void): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return
    this.#answered = answered
    this.#socket.ping(String(++this.#pings))
  }

  terminate(): void {
    this.#isOver = true
    this.#socket.terminate()
  }

  /** The answer to our latest ping says how far the venue is, not that it has anything to tell. */
  #pong(which: string): void {
    const answered = this.#answered
    if (which !== String(this.#pings) || !answered) {
      this.#events.onAlive()
      return
    }
    this.#answered = undefined
    answered()
  }

  /** At once: politely, the socket would wait for half a minute until the other end agrees. */
  #failed(error: Error): void {
    if (this.#isOver) return
    this.terminate()
    this.#events.onClose(inWords(error, this.#url), isBomb(error))
  }

  #close(code: number, reason: string): void {
    if (this.#isOver) return
    this.#isOver = true
    const said = reason ? `, "${plain(reason, 80)}"` : ''
    const end = code === NO_FAREWELL ? 'connection cut' : `closed by the venue (${code}${said})`
    this.#events.onClose(`${end}: ${hostOf(this.#url)}`)
  }
}

function bytesOf(data: RawData): Uint8Array {
  if (data instanceof ArrayBuffer) return new Uint8Array(data)
  return Array.isArray(data) ? Buffer.concat(data) : data
}
