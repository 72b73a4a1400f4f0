import type {
  HttpAnswer,
  HttpGet,
  Socket,
  SocketEvents,
  Transport
} from '../../../src-main/engine/feed/transport'
import { FrameFaults } from './frame-faults'
import type { SimVenue } from './sim-venue'
import type { VirtualClock } from './virtual-clock'

/** No cache of a venue keeps an answer longer, ms. */
export const CACHED_MS = 10_000

/** What the network is like; changed while it runs. Times in ms. */
export interface Weather {
  latencyMs: number
  jitterMs: number
  /** New connections are turned away with these words. */
  refuses: string | undefined
  /** Connections open, and nothing the client says is heard, pings included. */
  deaf: boolean
  /** Each frame takes this much longer than the one before, as on a narrow line. */
  slowMs: number
  /** Share of requests that fail with HTTP 500. */
  restErrors: number
}

export const fairWeather = (): Weather => ({
  latencyMs: 50,
  jitterMs: 10,
  refuses: undefined,
  deaf: false,
  slowMs: 0,
  restErrors: 0
})

/** How one request goes wrong. `old`: an answer of before, from a cache. `lost`: none until the client gives up. */
export type RestFault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: 'old' | 'html' | 'cut' | 'lost' | 'bomb' }

export interface Asked {
  readonly url: string
  readonly mono: number
}

/** Sockets and requests between one feed and one venue, in virtual time: in order on each line, and as bad as the weather. */
export class SimNetwork implements Transport {
  readonly schemes = ['wss', 'ws', 'sim']
  readonly weather = fairWeather()
  readonly faults = new FrameFaults()
  readonly restFaults: RestFault[] = []
  readonly lines: SimLine[] = []
  readonly asked: Asked[] = []
  /** Monotonic ms of each connection tried. */
  readonly connects: number[] = []
  readonly venue: SimVenue
  readonly clock: VirtualClock
  readonly chance: () => number
  readonly #hanging = new Set<(answer: HttpAnswer) => void>()
  readonly #older = new Map<string, { readonly text: string; readonly mono: number }>()

  constructor(venue: SimVenue, clock: VirtualClock, chance: () => number) {
    this.venue = venue
    this.clock = clock
    this.chance = chance
    clock.every(1_000, () => {
      for (const line of this.open_) line.ping()
    })
  }

  /** Lines that are up. */
  get open_(): readonly SimLine[] {
    return this.lines.filter(({ isUp }) => isUp)
  }

  open(url: string, events: SocketEvents): Socket {
    this.connects.push(this.clock.mono())
    const line = new SimLine(url, events, this)
    this.lines.push(line)
    if (this.lines.length > 64) this.lines.splice(0, 32, ...this.lines.slice(0, 32).filter((it) => it.isUp))
    return line
  }

  readonly get: HttpGet = (url, { timeoutMs, post }) =>
    new Promise<HttpAnswer>((resolve) => {
      this.asked.push({ url, mono: this.clock.mono() })
      if (isAside(url)) {
        this.#answerAside(url, resolve)
        return
      }
      const { latencyMs, jitterMs } = this.weather
      const fault = this.restFaults.shift()
      const way = latencyMs + this.chance() * jitterMs
      const answer = (ms: number, give: () => HttpAnswer) => {
        this.clock.after(ms, () => {
          resolve(give())
          this.clock.kept()
        })
      }
      if (fault?.kind === 'lost') {
        this.#hanging.add(resolve)
        answer(timeoutMs, () => none('no answer in time'))
        return
      }
      const { refuses } = this.weather
      if (refuses !== undefined) {
        answer(way, () => none(refuses))
        return
      }
      // The venue answers halfway; what happens after that is not in it.
      this.clock.after(way, () => {
        const text = this.#answer(url, post, fault)
        answer(way, () => text)
      })
    })

  #answerAside(url: string, resolve: (answer: HttpAnswer) => void): void {
    const { refuses, latencyMs } = this.weather
    this.clock.after(2 * latencyMs, () => {
      const text = this.venue.answer(url, undefined)
      resolve(refuses === undefined && text !== undefined ? bytes(text) : none(refuses ?? 'HTTP 404'))
      this.clock.kept()
    })
  }

  #answer(url: string, post: string | undefined, fault: RestFault | undefined): HttpAnswer {
    if (fault?.kind === 'status') {
      const { status, retryAfterMs } = fault
      const retry = retryAfterMs === undefined ? {} : { retryAfterMs }
      return { ok: false, status, ...retry, reason: `the venue answered HTTP ${status}` }
    }
    if (fault?.kind === 'bomb')
      return { ok: false, status: 200, isBomb: true, reason: 'an answer larger than allowed' }
    if (this.chance() < this.weather.restErrors)
      return { ok: false, status: 500, reason: 'the venue answered HTTP 500' }
    const key = url + (post ?? '')
    const now = this.venue.answer(url, post)
    if (now === undefined) return { ok: false, status: 404, reason: 'the venue answered HTTP 404' }
    const mono = this.clock.mono()
    const before = this.#older.get(key)
    const isOld = fault?.kind === 'old' && before !== undefined && mono - before.mono < CACHED_MS
    const text = isOld ? before.text : now
    this.#older.set(key, { text: now, mono })
    if (fault?.kind === 'html') return bytes('<html><body>502 Bad Gateway</body></html>')
    return bytes(fault?.kind === 'cut' ? text.slice(0, Math.floor(text.length / 2)) : text)
  }

  /** The venue starts anew: ids from 1, lines cut, nothing left in its caches. */
  restart(): void {
    this.venue.restart()
    this.#older.clear()
    this.cut('closed by the venue (1012)')
  }

  /** Every line is cut without a farewell. */
  cut(reason = 'connection cut'): void {
    for (const line of this.open_) line.close(reason)
  }

  /** Nothing passes on the lines that are up, in either direction, and nobody is told. */
  halfOpen(): void {
    for (const line of this.open_) line.isDead = true
  }

  /** All that was wrong is right again, and what was stuck goes on. */
  heal(): void {
    for (const resolve of this.#hanging) resolve(none('connection cut'))
    this.#hanging.clear()
    this.clock.kept()
    for (const line of this.open_) line.revive(this.chance() < 0.5)
    Object.assign(this.weather, fairWeather())
    this.faults.clear()
    this.restFaults.length = 0
  }
}

/** Books do not hang on it: what is planned to go wrong is for the other requests. */
export const isAside = (url: string): boolean => /\/openInterest\?|\/status(\?|$)/.test(url)
const none = (reason: string): HttpAnswer => ({ ok: false, status: NaN, reason })
const bytes = (text: string): HttpAnswer => ({ ok: true, bytes: Buffer.from(text) })

/** The text of a frame, or an answer to a ping. */
type Arrival = string | (() => void)

class SimLine implements Socket {
  readonly url: string
  isUp = false
  isDead = false
  readonly #events: SocketEvents
  readonly #network: SimNetwork
  #venue: ReturnType<SimVenue['connect']> | undefined
  #isOver = false
  readonly #queue: Arrival[] = []
  /** What the client said while the line was dead. */
  readonly #unheard: (() => void)[] = []
  #arrival = 0
  #departure = 0
  #late = 0
  #pingedAt: number

  constructor(url: string, events: SocketEvents, network: SimNetwork) {
    this.url = url
    this.#events = events
    this.#network = network
    const { clock, weather } = network
    this.#pingedAt = clock.mono()
    clock.after(2 * weather.latencyMs, () => {
      if (this.#isOver) return
      if (network.weather.refuses !== undefined) this.close(network.weather.refuses)
      else this.#opened()
    })
  }

  send(text: string): void {
    this.#leave(() => {
      this.#venue?.hear(text)
    })
  }

  echo(answered: () => void): void {
    this.#leave(() => {
      if (this.#network.venue.dialect.answersPings ?? true) this.#come(answered)
    })
  }

  terminate(): void {
    this.#end()
  }

  /** From the other side. */
  close(reason: string, isBomb = false): void {
    if (this.#isOver) return
    this.#end()
    this.#events.onClose(reason, isBomb)
  }

  /** Any text at all, as if the venue had said it. */
  say(text: string): void {
    if (this.#isOver) return
    const { slowMs } = this.#network.weather
    if (!this.isDead) this.#late = slowMs > 0 ? this.#late + slowMs : 0
    this.#come(text)
  }

  /** A frame that arrives whatever became of the line: the last ones of an old line may come when nobody wants them any more. */
  bring(text: string): void {
    this.#events.onFrame(Buffer.from(text))
  }

  /** What the client says, in order. */
  #leave(heard: () => void): void {
    const { clock, weather } = this.#network
    this.#departure = Math.max(this.#departure, clock.mono() + this.#way())
    clock.after(this.#departure - clock.mono(), () => {
      if (this.#isOver || weather.deaf) return
      if (this.isDead) this.#unheard.push(heard)
      else heard()
    })
  }

  /** A frame, or the answer to a ping, in order behind all that the venue has said. */
  #come(what: Arrival): void {
    this.#queue.push(what)
    if (this.isDead) return
    const { clock } = this.#network
    this.#arrival = Math.max(this.#arrival, clock.mono() + this.#way() + this.#late)
    clock.after(this.#arrival - clock.mono(), () => {
      if (this.isDead) return
      const next = this.#queue.shift()
      if (next !== undefined) this.#deliver(next)
    })
  }

  /**
   * Whatever it is stuck in. TCP loses nothing in the middle of a connection: a line that was dead is either reset, or all that was said on it, by either side,
   * arrives after all.
   */
  revive(isReset: boolean): void {
    if (this.isDead && isReset) {
      this.close('connection reset')
      return
    }
    this.isDead = false
    this.#arrival = this.#late = 0
    for (const heard of this.#unheard.splice(0)) heard()
    for (const what of this.#queue.splice(0)) this.#deliver(what)
  }

  #deliver(what: Arrival): void {
    if (this.#isOver) return
    if (typeof what === 'string') this.#events.onFrame(Buffer.from(what))
    else what()
  }

  ping(): void {
    const { clock, venue } = this.#network
    const { pingMs = Infinity } = venue.dialect
    if (this.isDead || clock.mono() - this.#pingedAt < pingMs) return
    this.#pingedAt = clock.mono()
    this.#events.onAlive()
  }

  #opened(): void {
    const { faults, venue } = this.#network
    this.isUp = true
    faults.connected()
    this.#venue = venue.connect(this.url, (text, book) => {
      for (const frame of faults.through(text, book)) this.say(frame)
    })
    this.#events.onOpen()
  }

  #way(): number {
    const { weather, chance } = this.#network
    return weather.latencyMs + chance() * weather.jitterMs
  }

  #end(): void {
    this.#isOver = true
    this.isUp = false
    this.#venue?.close()
  }
}
export type { SimLine }
