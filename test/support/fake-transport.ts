import type {
  HttpAnswer,
  HttpGet,
  Socket,
  SocketEvents,
  Transport
} from '../../src-main/engine/feed/transport'

/** One socket that a test holds the other end of. */
export class FakeSocket implements Socket {
  readonly sent: string[] = []
  isTerminated = false
  readonly #events: SocketEvents
  readonly url: string
  /** What becomes of a ping: never answered, as many servers do, until a test says otherwise. */
  answers: (answered: () => void) => void = () => undefined

  constructor(url: string, events: SocketEvents) {
    this.url = url
    this.#events = events
  }

  send(text: string): void {
    this.sent.push(text)
  }

  echo(answered: () => void): void {
    this.answers(answered)
  }

  terminate(): void {
    this.isTerminated = true
  }

  open(): this {
    this.#events.onOpen()
    return this
  }

  /** A frame arrives; also on a socket that was terminated, as the last frames of an old one may. */
  frame(message: object | string): void {
    this.#events.onFrame(Buffer.from(typeof message === 'string' ? message : JSON.stringify(message)))
  }

  ping(): void {
    this.#events.onAlive()
  }

  close(reason: string): void {
    this.#events.onClose(reason)
  }
}

/** Sockets that only do what a test says, latest last. */
export class FakeTransport implements Transport {
  readonly schemes = ['wss', 'ws']
  readonly sockets: FakeSocket[] = []

  open(url: string, events: SocketEvents): Socket {
    const socket = new FakeSocket(url, events)
    this.sockets.push(socket)
    return socket
  }

  get latest(): FakeSocket {
    return this.sockets.at(-1)!
  }
}

/** Requests that a test answers when it likes. */
export class FakeHttp {
  readonly asked: { readonly url: string; readonly answer: (answer: HttpAnswer) => void }[] = []
  /** Answers at once what it knows; undefined leaves the request open. */
  reply: (url: string) => HttpAnswer | undefined = () => undefined

  readonly get: HttpGet = (url) => {
    const known = this.reply(url)
    const promise = new Promise<HttpAnswer>((answer) => {
      this.asked.push({ url, answer })
    })
    return known ? Promise.resolve(known) : promise
  }

  /** Requests whose URL holds `part`. */
  of(part: string) {
    return this.asked.filter(({ url }) => url.includes(part))
  }
}

export const json = (body: unknown): HttpAnswer => ({ ok: true, bytes: Buffer.from(JSON.stringify(body)) })
