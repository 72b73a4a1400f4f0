import type { Leg, Reader, VenueLimits } from '../venues/venue'
import type { Clock } from './clock'
import { HourlyAsks } from './hourly-asks'
import { OpenRequests } from './open-requests'
import type { Socket, Transport } from './transport'

const HANDSHAKE_MS = 10_000

export interface LineParts {
  readonly leg: Leg
  readonly url: string
  readonly transport: Transport
  readonly clock: Clock
  readonly limits: VenueLimits
  readonly reader: Reader
  /** The request for whole books in the stream, where the venue has one. */
  readonly wholeBooks?: Leg['unsubscribe']
  readonly onOpen: () => void
  readonly onFrame: (bytes: Uint8Array) => void
  /** Everything wanted so far has been asked for; the symbols are those just asked for, the first of them at `begunAt`, monotonic ms. */
  readonly onSubscribed: (symbols: readonly string[], begunAt: number) => void
  readonly onClose: (reason: string, isBomb?: boolean) => void
}

/** One socket from opening to its end: what was asked for on it, at the venue's pace, and its signs of life. Once over it is silent for ever. */
export class Line {
  readonly startedAt: number
  /** What its frames are read with: it may remember things of this line alone. */
  readonly reader: Reader
  /** Monotonic ms. */
  openedAt = NaN
  firstFrameAt = NaN
  /** Monotonic ms of the last sign of life: opening, a frame, a ping. */
  alive: number
  /** Monotonic ms of the last `measure` that was answered, minus infinity before: what the other end had sent until then has come, as lines keep the order. */
  provenUntil = -Infinity
  frames = 0
  readonly #parts: LineParts
  readonly #socket: Socket
  readonly #asked = new Set<string>()
  /** Asked for and not wanted any more, perhaps wanted again since: to be left. */
  readonly #leaving = new Set<string>()
  /** Ever left on this line: what comes of them may still be of before. */
  readonly #left = new Set<string>()
  #wanted: ReadonlySet<string> = new Set()
  #outbox: { readonly text: string; readonly sent?: () => void }[] = []
  /** Books to be asked for anew, and who is told when that has left. */
  readonly #books = new Map<string, () => void>()
  /** Whose trades are to be asked for once more, by themselves. */
  readonly #trades = new Map<string, () => void>()
  #cancelPace: (() => void) | undefined
  readonly #asks: HourlyAsks
  #cancelHeartbeat: (() => void) | undefined
  #isOver = false
  #requests = 0
  readonly #open = new OpenRequests()

  constructor(parts: LineParts) {
    const { url, transport, clock, limits } = parts
    this.#parts = parts
    this.reader = parts.reader
    this.startedAt = this.alive = clock.mono()
    this.#asks = new HourlyAsks(clock, limits.subscriptionsPerHour)
    this.#socket = transport.open(
      url,
      {
        onOpen: () => {
          if (!this.#isOver) this.#opened()
        },
        onFrame: (bytes) => {
          if (!this.#isOver) this.#frame(bytes)
        },
        onAlive: () => {
          this.alive = clock.mono()
        },
        onClose: (...end) => {
          if (this.#isOver) return
          this.#end()
          parts.onClose(...end)
        }
      },
      { maxFrameBytes: limits.maxFrameBytes, handshakeTimeoutMs: HANDSHAKE_MS }
    )
  }

  get isOpen(): boolean {
    return !Number.isNaN(this.openedAt)
  }

  get hasData(): boolean {
    return this.frames > 0
  }

  /** All that was wanted has been asked for. */
  get isSettled(): boolean {
    const isAsked = [...this.#wanted].every((symbol) => this.#asked.has(symbol))
    return this.isOpen && this.#outbox.length === 0 && this.#leaving.size === 0 && isAsked
  }

  /** How long until anything may be subscribed or left on it, ms; 0 now. */
  get asksWaitMs(): number {
    return this.#asks.waitMs
  }

  /** Most of what may be asked on it in an hour has been: another line may ask afresh. */
  get isSpent(): boolean {
    return this.#asks.isSpent
  }

  /** It was asked for on this line before, and left. */
  hasLeft(symbol: string): boolean {
    return this.#left.has(symbol)
  }

  /** The whole of what is wanted; the line asks for the difference. */
  want(symbols: ReadonlySet<string>): void {
    this.#wanted = symbols
    for (const symbol of this.#asked) if (!symbols.has(symbol)) this.#leave(symbol)
    this.#flush()
  }

  /** Leaves one symbol and joins it again. */
  renew(symbol: string): void {
    if (!this.#asked.has(symbol)) return
    this.#leave(symbol)
    this.#flush()
  }

  /** The venue answered the request of this number: those that it subscribed and that were not left since. */
  answered(request: number): Iterable<string> {
    return this.#open.answered(request)
  }

  /** What the venue does not count: heartbeats, answers to its own questions. */
  send(texts: readonly string[]): void {
    this.#queue(texts)
    this.#flush()
  }

  /** Asks for a whole book, in one request with all that wait for the line's pace; `sent` when it has left. */
  askBook(symbol: string, sent: () => void): void {
    this.#books.set(symbol, sent)
    this.#flush()
  }

  /** Asks for the trades of these and nothing else, in one request with all that wait for the line's pace. */
  askTrades(symbols: readonly string[]): void {
    for (const symbol of symbols) this.#trades.set(symbol, () => undefined)
    this.#flush()
  }

  /** Asks how long the way there and back is; `answered` with ms, if ever. */
  measure(answered: (roundTripMs: number) => void): void {
    const { clock } = this.#parts
    const asked = clock.mono()
    this.#socket.echo?.(() => {
      if (this.#isOver) return
      this.provenUntil = asked
      answered(clock.mono() - asked)
    })
  }

  /** Over at once, and silent from here on. */
  drop(): void {
    if (this.#isOver) return
    this.#end()
    this.#socket.terminate()
  }

  #opened(): void {
    const { clock, leg, onOpen } = this.#parts
    this.openedAt = this.alive = clock.mono()
    const { heartbeat } = leg
    if (heartbeat)
      this.#cancelHeartbeat = clock.every(heartbeat.everyMs, () => {
        this.send([heartbeat.text])
      })
    if (leg.hello) this.#ask(leg.hello)
    onOpen()
    this.#flush()
  }

  #frame(bytes: Uint8Array): void {
    const { clock, onFrame } = this.#parts
    this.alive = clock.mono()
    if (this.frames++ === 0) this.firstFrameAt = this.alive
    onFrame(bytes)
  }

  #leave(symbol: string): void {
    this.#asked.delete(symbol)
    this.#leaving.add(symbol)
    this.#open.left(symbol)
  }

  /** When all that was asked has left: however often somebody came and went meanwhile, it is one leaving and one joining, and nobody waits behind the rest. */
  #reconcile(): void {
    const { leg, onSubscribed, clock } = this.#parts
    const gone = [...this.#leaving]
    const fresh = [...this.#wanted].filter((symbol) => !this.#asked.has(symbol))
    this.#leaving.clear()
    for (const symbol of gone) this.#left.add(symbol)
    for (const symbol of fresh) this.#asked.add(symbol)
    if (gone.length > 0) this.#ask(leg.unsubscribe(gone, ++this.#requests, this.reader))
    if (fresh.length === 0) return
    const begunAt = clock.mono()
    const texts = leg.subscribe(fresh, ++this.#requests)
    this.#open.asked(this.#requests, fresh, texts.length)
    this.#ask(texts, () => {
      onSubscribed(fresh, begunAt)
    })
  }

  #flush(): void {
    if (this.#isOver || this.#cancelPace || !this.isOpen) return
    const { clock, leg, limits, wholeBooks } = this.#parts
    if (this.#outbox.length === 0 && this.#mayAsk()) this.#reconcile()
    if (this.#outbox.length === 0 && this.#mayAsk())
      this.#gather(this.#trades, (it) => leg.trades?.(it) ?? [])
    if (this.#outbox.length === 0 && this.#mayAsk())
      this.#gather(this.#books, (it) => wholeBooks?.(it, ++this.#requests, this.reader) ?? [])
    const next = this.#outbox.shift()
    if (!next) return
    this.#cancelPace = clock.after(1_000 / limits.framesPerSecond, () => {
      this.#cancelPace = undefined
      this.#flush()
    })
    next.sent?.()
    this.reader.sent?.(next.text)
    this.#socket.send(next.text)
  }

  /** What the venue counts waits until it may be asked; a heartbeat does not wait behind it. */
  #mayAsk(): boolean {
    return this.#asks.may(() => {
      this.#flush()
    })
  }

  /** One request, as `texts` says, for all those that wait and were not left meanwhile. */
  #gather(waiting: Map<string, () => void>, texts: (symbols: readonly string[]) => readonly string[]): void {
    const asked = [...waiting].filter(([symbol]) => this.#asked.has(symbol))
    waiting.clear()
    if (asked.length === 0) return
    this.#ask(texts(asked.map(([symbol]) => symbol)), () => {
      for (const [, sent] of asked) sent()
    })
  }

  #ask(texts: readonly string[], sent?: () => void): void {
    this.#asks.spend(texts.length)
    this.#queue(texts, sent)
  }

  #queue(texts: readonly string[], sent?: () => void): void {
    texts.forEach((text, at) => {
      this.#outbox.push(sent && at === texts.length - 1 ? { text, sent } : { text })
    })
  }

  #end(): void {
    this.#isOver = true
    this.#outbox = []
    this.#books.clear()
    this.#trades.clear()
    this.#cancelPace?.()
    this.#asks.stop()
    this.#cancelHeartbeat?.()
  }
}
