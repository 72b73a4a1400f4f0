import type { HttpGet, Socket, SocketEvents, Transport } from '../feed/transport'
import { addressOf } from '../feed/address'
import type { Venue } from '../venues/venue'
import { Greeting } from './greeting'
import type { Recorder, StateRecord } from './recorder'
import { serviceOf, withoutToken } from './shown-url'

interface Line {
  readonly url: string
  readonly stream: number
  readonly greeting: Greeting
}

/** Where a venue's frames are recorded now; undefined while nobody records. */
export type RecorderOf = () => Recorder | undefined

/**
 * Records what passes between the feed and one venue. It stands between the feed and its transports, so a tape holds exactly what the app heard, before
 * anybody read it. Lists of instruments and tickets stay out: instruments are recorded as they were understood.
 */
export class RecordingTap {
  readonly #venue: Venue
  readonly #recorder: RecorderOf
  readonly #lines = new Set<Line>()
  /** A line has the lowest free number of its service, so that numbers do not grow with every connection. */
  readonly #taken = new Set<string>()

  constructor(venue: Venue, recorder: RecorderOf) {
    this.#venue = venue
    this.#recorder = recorder
  }

  transport(inner: Transport): Transport {
    return {
      ...inner,
      schemes: inner.schemes,
      open: (url, events, options) => {
        const [line, forget] = this.#line(url)
        const socket = inner.open(url, this.#heard(line, forget, events), options)
        return this.#speaking(socket, line, forget)
      },
      ...(inner.get ? { get: this.http(inner.get) } : {})
    }
  }

  http(inner: HttpGet): HttpGet {
    return async (url, options) => {
      const answer = await inner(url, options)
      if (answer.ok && this.#isBook(url)) this.#answered(url, answer.bytes)
      return answer
    }
  }

  /** The lines that are open, as a reader that begins here must know them. */
  *state(): Generator<StateRecord> {
    for (const { stream, url, greeting } of this.#lines) {
      const what = { url, sent: greeting.sent, heard: greeting.heard }
      yield { kind: 'socket', stream, what }
    }
  }

  #line(url: string): [line: Line, forget: (reason: string) => void] {
    const { id } = this.#venue.spec
    const service = serviceOf(url)
    let number = 1
    while (this.#taken.has(`${service} ${number}`)) number++
    const key = `${service} ${number}`
    this.#taken.add(key)
    const spec = { venue: id, leg: `socket ${number}`, url: service }
    // Streams are named by what they are, so a recorder that begins later gives the same line a number of its own.
    const recorder = this.#recorder
    const line = {
      url: withoutToken(url),
      get stream() {
        return recorder()?.stream(spec) ?? 0
      },
      greeting: new Greeting()
    }
    const forget = (reason: string) => {
      if (this.#lines.delete(line)) recorder()?.note('closed', line.stream, { reason })
      this.#taken.delete(key)
    }
    return [line, forget]
  }

  #heard(line: Line, forget: (reason: string) => void, events: SocketEvents): SocketEvents {
    return {
      onOpen: () => {
        this.#lines.add(line)
        this.#recorder()?.note('open', line.stream, { url: line.url })
        events.onOpen()
      },
      onFrame: (bytes) => {
        line.greeting.hear(bytes)
        this.#recorder()?.frame('rx', line.stream, bytes)
        events.onFrame(bytes)
      },
      onAlive: () => {
        events.onAlive()
      },
      onClose: (reason, isBomb) => {
        forget(reason)
        events.onClose(reason, isBomb)
      }
    }
  }

  #speaking(socket: Socket, line: Line, forget: (reason: string) => void): Socket {
    return {
      send: (text) => {
        line.greeting.say(text)
        this.#recorder()?.frame('tx', line.stream, Buffer.from(text))
        socket.send(text)
      },
      ...(socket.echo && {
        echo: (answered: () => void) => {
          socket.echo?.(answered)
        }
      }),
      terminate: () => {
        forget('dropped by Steelyard')
        socket.terminate()
      }
    }
  }

  #answered(url: string, bytes: Uint8Array): void {
    const recorder = this.#recorder()
    if (!recorder) return
    const stream = recorder.stream({ venue: this.#venue.spec.id, leg: 'requests', url: serviceOf(url) })
    recorder.frame('http', stream, Buffer.concat([Buffer.from(`${withoutToken(url)}\n`), bytes]))
  }

  #isBook(url: string): boolean {
    const { snapshot, audit } = this.#venue
    const address = addressOf(url)
    if (!address) return false
    const isSnapshot = snapshot.kind === 'rest' && snapshot.symbolOf(address) !== undefined
    return isSnapshot || audit?.symbolOf(address) !== undefined
  }
}
