import type { Clock } from '../feed/clock'
import type { HttpGet, Socket, SocketEvents, Transport } from '../feed/transport'
import { withoutToken } from './shown-url'

export interface CaptureTapParts {
  readonly clock: Clock
  /** Takes one line, without its newline. */
  readonly write: (line: string) => void
  /** Requests whose answers are left out: they open a door (a token) and tell nothing of the market. */
  readonly isTicket: (url: string) => boolean
}

/**
 * Writes down what passes between the feed and the venues, in the uniform shape `{"t","k":"open|tx|rx|http","c","url"?,"raw"}`: `t` Unix seconds, `c` the number
 * of the socket. It stands between the feed and its transports, so a tape holds exactly what the app heard. Requests that failed have no answer to keep.
 */
export class CaptureTap {
  readonly #parts: CaptureTapParts
  #sockets = 0
  frames = 0

  constructor(parts: CaptureTapParts) {
    this.#parts = parts
  }

  transport(inner: Transport): Transport {
    const { get } = inner
    return {
      schemes: inner.schemes,
      open: (url, events, options) => {
        const number = ++this.#sockets
        const socket = inner.open(url, this.#heard(url, number, events), options)
        return this.#speaking(socket, number)
      },
      ...(get ? { get: this.http(get) } : {})
    }
  }

  http(inner: HttpGet): HttpGet {
    return async (url, options) => {
      const answer = await inner(url, options)
      if (answer.ok && !this.#parts.isTicket(url)) this.#line({ k: 'http', url, raw: textOf(answer.bytes) })
      return answer
    }
  }

  #heard(url: string, c: number, events: SocketEvents): SocketEvents {
    return {
      onOpen: () => {
        this.#line({ k: 'open', c, url: withoutToken(url) })
        events.onOpen()
      },
      onFrame: (bytes) => {
        this.frames++
        this.#line({ k: 'rx', c, raw: textOf(bytes) })
        events.onFrame(bytes)
      },
      onAlive: () => {
        events.onAlive()
      },
      onClose: (...end) => {
        events.onClose(...end)
      }
    }
  }

  #speaking(socket: Socket, c: number): Socket {
    return {
      send: (text) => {
        this.#line({ k: 'tx', c, raw: text })
        socket.send(text)
      },
      ...(socket.echo && {
        echo: (answered: () => void) => {
          socket.echo?.(answered)
        }
      }),
      terminate: () => {
        socket.terminate()
      }
    }
  }

  #line(entry: {
    readonly k: string
    readonly c?: number
    readonly url?: string
    readonly raw?: string
  }): void {
    const { clock, write } = this.#parts
    write(JSON.stringify({ t: (clock.now() / 1_000).toFixed(6), ...entry }))
  }
}

/** Frames are text; bytes that are none come out as replacement characters. */
function textOf({ buffer, byteOffset, byteLength }: Uint8Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8')
}
