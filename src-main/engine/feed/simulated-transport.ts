import { FIRST_RUN_SEED } from '../market/episodes/first-run'
import { presets } from '../market/presets'
import { SimulatedMarket } from '../market/simulated-market'
import { defaultSettings } from '../../../src-shared/settings'
import type { Settings } from '../../../src-shared/settings'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Clock } from './clock'
import type { HttpAnswer, Socket, SocketEvents, Transport } from './transport'

const STEP_MS = 40
/** A lag beyond this is not replayed: the market leaps, and sends fresh snapshots. */
const CATCH_UP_MS = 2_000

export interface Simulation {
  readonly seed: number
  readonly episodes: 'first-run' | 'free' | 'none'
}

/** The newcomer's market until the user chooses a seed. */
export function simulationOf(settings: Settings): Simulation {
  const { seed } = settings.simulation
  return seed === defaultSettings.simulation.seed
    ? { seed: FIRST_RUN_SEED, episodes: 'first-run' }
    : { seed, episodes: 'free' }
}

/**
 * The simulated market behind `sim:` addresses, spoken to like a socket. One market runs on over reconnects; a socket opened later takes it
 * over from the one before. `simulation` is asked at each opening: another seed is another market.
 */
export class SimulatedTransport implements Transport {
  readonly schemes = ['sim']
  readonly #clock: Clock
  readonly #simulation: () => Simulation
  #running: { readonly simulation: Simulation; readonly market: SimulatedMarket } | undefined
  #line: SimulatedLine | undefined

  constructor(clock: Clock, simulation: () => Simulation) {
    this.#clock = clock
    this.#simulation = simulation
  }

  open(_url: string, events: SocketEvents): Socket {
    this.#line?.terminate()
    const line: SimulatedLine = new SimulatedLine(this.#market(), events, this.#clock)
    this.#line = line
    return line
  }

  /** The list of instruments, as the dialect's own frame. */
  readonly get = (): Promise<HttpAnswer> => {
    let listing = ''
    const market = new SimulatedMarket({ ...this.#simulation(), at: this.#clock.now() }, (frame) => {
      listing = frame
    })
    market.hello()
    return Promise.resolve({ ok: true, bytes: Buffer.from(listing) })
  }

  #market(): SimulatedMarket {
    const simulation = this.#simulation()
    const before = this.#running
    const isSame =
      before?.simulation.seed === simulation.seed && before.simulation.episodes === simulation.episodes
    if (before && isSame) return before.market
    const market = new SimulatedMarket({ ...simulation, at: this.#clock.now() }, (frame) => {
      if (this.#running?.market === market) this.#line?.deliver(frame)
    })
    this.#running = { simulation, market }
    return market
  }
}

class SimulatedLine implements Socket {
  readonly #market: SimulatedMarket
  readonly #events: SocketEvents
  readonly #clock: Clock
  #cancels: (() => void)[] = []
  #outbox: string[] = []
  #isOver = false
  #anchor: { readonly wall: number; readonly mono: number }

  constructor(market: SimulatedMarket, events: SocketEvents, clock: Clock) {
    this.#market = market
    this.#anchor = { wall: Math.max(clock.now(), market.at), mono: clock.mono() }
    this.#events = events
    this.#clock = clock
    market.unsubscribe(market.subscribed)
    this.#soon(() => {
      events.onOpen()
      market.hello()
      this.#flush()
    })
    this.#cancels.push(
      clock.every(STEP_MS, () => {
        this.#step()
        this.#flush()
      })
    )
  }

  send(text: string): void {
    this.#soon(() => {
      this.#obey(text)
      this.#flush()
    })
  }

  echo(answered: () => void): void {
    this.#soon(answered)
  }

  terminate(): void {
    if (this.#isOver) return
    this.#isOver = true
    for (const cancel of this.#cancels) cancel()
    this.#market.unsubscribe(this.#market.subscribed)
  }

  /** Frames wait until the market's turn is over: whoever hears them may close this line. */
  deliver(frame: string): void {
    this.#outbox.push(frame)
  }

  #flush(): void {
    const frames = this.#outbox
    this.#outbox = []
    for (const frame of frames) if (!this.#isOver) this.#events.onFrame(Buffer.from(frame))
  }

  /** Never in the caller's own turn, as no socket does. */
  #soon(call: () => void): void {
    const cancel = this.#clock.after(0, () => {
      this.#cancels = this.#cancels.filter((it) => it !== cancel)
      if (!this.#isOver) call()
    })
    this.#cancels.push(cancel)
  }

  /** Wall time that never runs backwards: a market cannot. */
  #now(): Millis {
    const mono = this.#clock.mono()
    const steady = this.#anchor.wall + mono - this.#anchor.mono
    const wall = this.#clock.now()
    if (wall - steady <= CATCH_UP_MS) return millis(steady)
    this.#anchor = { wall, mono }
    return wall
  }

  #step(): void {
    const now = this.#now()
    if (now - this.#market.at <= CATCH_UP_MS) {
      this.#market.run(now)
      return
    }
    this.#market.jump(now)
    for (const symbol of this.#market.subscribed) this.#market.snapshot(symbol)
  }

  #obey(text: string): void {
    const { op, i } = JSON.parse(text) as { op: string; i: string[] }
    const symbols = i.filter((symbol) => presets.some((it) => it.symbol === symbol))
    if (op === 'subscribe') {
      this.#step()
      this.#market.subscribe(symbols)
    } else if (op === 'unsubscribe') this.#market.unsubscribe(symbols)
    else if (op === 'snapshot')
      for (const symbol of symbols)
        if (this.#market.subscribed.includes(symbol)) this.#market.snapshot(symbol)
  }
}
