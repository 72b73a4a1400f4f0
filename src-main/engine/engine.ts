import type { Alert } from '../../src-shared/alert'
import { columnsOf } from '../../src-shared/contract/catalogue'
import type { VenueSpec } from '../../src-shared/contract/catalogue'
import type { EngineCommand } from '../../src-shared/contract/commands'
import { parseCommand } from '../../src-shared/contract/commands'
import type { Ban, EngineControl, EngineReport } from '../../src-shared/contract/control'
import type { EngineFrame, EngineHealth } from '../../src-shared/contract/frames'
import type { Instrument, InstrumentId, VenueId } from '../../src-shared/instrument'
import { defaultRules } from '../../src-shared/rule'
import type { Settings } from '../../src-shared/settings'
import type { Millis } from '../../src-shared/units'
import { defaultWatchlists } from '../../src-shared/watchlist'
import type { Sighting } from './alerts/judge'
import { Judge, scopeOf } from './alerts/judge'
import type { Clock } from './feed/clock'
import type { FeedListener } from './feed/listener'
import type { Metric } from './metrics/metric'
import { widthOf } from './metrics/runner'
import { Watched } from './watched'
import type { WindowPort } from './window'
import { Window } from './window'

/** What the engine asks of the feed. */
export interface EngineFeed {
  /** The whole of what is wanted; replaces what was wanted before. */
  watch(ids: readonly InstrumentId[]): void
  configure(settings: Settings, bans: readonly Ban[]): void
  /** Attempts the venue's links now instead of at the next attempt. */
  retry(venue: VenueId): void
  /** Asks for a venue's whole instrument list, all venues' when empty; it arrives through the listener. */
  catalogue(venue: VenueId): void
  /** The machine slept or woke: nothing heard before counts. */
  power(state: 'suspend' | 'resume'): void
  health(): Pick<EngineHealth, 'framesPerSecond' | 'gaps' | 'resyncs' | 'rejected' | 'links'>
  stop(): void
}

/** What the process says of itself, over the span since it was last asked. */
export interface Probe {
  /** Share of one core. */
  cpu(): number
  /** Resident bytes. */
  memory(): number
  loopDelayMs(): number
}

export interface EngineParts {
  readonly clock: Clock
  readonly metrics: readonly Metric[]
  readonly venues: readonly VenueSpec[]
  readonly feed: (listener: FeedListener) => EngineFeed
  readonly probe: Probe
  readonly report: (report: EngineReport) => void
}

/** A window's line to the engine. */
export interface Connection {
  /** Untrusted: anything that is no command is refused with a fault. */
  command(input: unknown): void
  close(): void
}

const sampleMs = 100
const healthMs = 1_000
/** The wall clock against the monotonic one, or one sample against the next: past this the machine slept or its clock was set. */
const jumpMs = 5_000

type Configuration = Extract<EngineControl, { kind: 'configure' }>

/** Feed → figures → alerts → history → windows, for every instrument that a window, a rule or a watchlist wants. */
export class Engine {
  readonly #parts: EngineParts
  readonly #clock: Clock
  readonly #feed: EngineFeed
  readonly #judge: Judge
  readonly #startedAt: Millis
  readonly #windows = new Set<Window>()
  readonly #watched = new Map<InstrumentId, Watched>()
  readonly #instruments = new Map<InstrumentId, Instrument>()
  readonly #cancels: readonly (() => void)[]
  #configuration: Pick<Configuration, 'watchlists' | 'rules'> = {
    watchlists: { ...defaultWatchlists, lists: [] },
    rules: { ...defaultRules, rules: [] }
  }
  #lastTick: { readonly at: Millis; readonly mono: number }

  constructor(parts: EngineParts) {
    this.#parts = parts
    this.#clock = parts.clock
    this.#startedAt = parts.clock.now()
    this.#lastTick = { at: this.#startedAt, mono: parts.clock.mono() }
    this.#judge = new Judge(columnsOf(parts.metrics.map((metric) => metric.spec)))
    this.#feed = parts.feed(this.#listener())
    this.#cancels = [
      parts.clock.every(sampleMs, () => {
        this.#tick()
      }),
      parts.clock.every(healthMs, () => {
        this.#tellHealth()
      })
    ]
    parts.report({ kind: 'ready' })
  }

  connect(port: WindowPort): Connection {
    const window = new Window(port)
    this.#windows.add(window)
    window.post({
      kind: 'hello',
      startedAt: this.#startedAt,
      venues: this.#parts.venues,
      metrics: this.#parts.metrics.map((metric) => metric.spec)
    })
    return {
      command: (input) => {
        const command = parseCommand(input)
        if (command) this.#obey(window, command)
        else window.post(this.#fault('The engine did not understand a command of this window'))
      },
      close: () => {
        this.#windows.delete(window)
        this.#refreshWatch()
      }
    }
  }

  control(control: Exclude<EngineControl, { kind: 'port' }>): void {
    switch (control.kind) {
      case 'configure':
        this.#configure(control)
        break
      case 'test-rule':
        this.#testRule(control.rule)
        break
      case 'power':
        this.#loseContinuity()
        this.#feed.power(control.state)
        break
      case 'stop':
        this.stop()
        break
      default:
        control satisfies never
    }
  }

  stop(): void {
    for (const cancel of this.#cancels) cancel()
    this.#feed.stop()
  }

  #obey(window: Window, command: EngineCommand): void {
    switch (command.kind) {
      case 'watch': {
        const fresh = window.watch(command.instruments)
        this.#refreshWatch()
        this.#introduce(window, fresh)
        break
      }
      case 'ack':
        window.market.acknowledge(command.number)
        break
      case 'visible':
        window.market.show(command.visible)
        break
      case 'history': {
        const history = this.#watched.get(command.instrument)?.history
        if (history) window.post(history.answer(command.instrument, command.since))
        break
      }
      case 'retry':
        this.#feed.retry(command.venue)
        break
      case 'catalogue':
        window.askCatalogue(command.venue)
        window.tellInstruments(
          [...this.#instruments.values()].filter(
            ({ venue }) => command.venue === '' || venue === command.venue
          )
        )
        this.#feed.catalogue(command.venue)
        break
      default:
        command satisfies never
    }
  }

  /** The instruments first, then their statuses: nothing is told of what a window cannot name. */
  #introduce(window: Window, ids: readonly InstrumentId[]): void {
    window.tellInstruments(ids.flatMap((id) => this.#instruments.get(id) ?? []))
    for (const id of ids) {
      const status = this.#watched.get(id)?.status
      if (status) window.post({ kind: 'status', instrument: id, status })
    }
  }

  #configure({ settings, watchlists, rules, bans }: Configuration): void {
    this.#configuration = { watchlists, rules }
    this.#feed.configure(settings, bans)
    for (const fault of this.#judge.configure(rules.rules, watchlists.lists))
      this.#broadcast(this.#fault(fault))
    this.#refreshWatch()
  }

  /** Windows come and go; rules and watchlists are watched all the same, so that alerts work with no window. */
  #refreshWatch(): void {
    const wanted = new Set<InstrumentId>(this.#judge.instruments)
    for (const list of this.#configuration.watchlists.lists) for (const id of list.instruments) wanted.add(id)
    for (const window of this.#windows) for (const id of window.wanted) wanted.add(id)
    for (const id of this.#watched.keys()) if (!wanted.has(id)) this.#watched.delete(id)
    for (const id of wanted)
      if (!this.#watched.has(id))
        this.#watched.set(
          id,
          new Watched(id, this.#parts.metrics, this.#instruments.get(id), this.#clock.now())
        )
    this.#feed.watch([...wanted])
  }

  #tick(): void {
    const now = { at: this.#clock.now(), mono: this.#clock.mono() }
    const passed = now.mono - this.#lastTick.mono
    const jump = Math.abs(now.at - this.#lastTick.at - passed)
    this.#lastTick = now
    if (passed > jumpMs || jump > jumpMs) this.#loseContinuity()
    for (const watched of this.#watched.values()) {
      const row = watched.sample(now.at)
      if (!watched.instrument) continue
      const { instrument, live } = watched
      for (const alert of this.#judge.judge({ instrument, row, live, ...now })) this.#tellAlert(alert)
    }
    for (const window of this.#windows) {
      const frame = window.market.take(now.at, now.mono, (id) => this.#watched.get(id))
      if (frame) window.post(frame)
    }
  }

  #loseContinuity(): void {
    this.#judge.onGap()
    for (const watched of this.#watched.values()) watched.runner?.onGap(this.#clock.now())
  }

  #testRule(id: string): void {
    const { rules, watchlists } = this.#configuration
    const rule = rules.rules.find((candidate) => candidate.id === id)
    const scope = rule && scopeOf(rule, watchlists.lists)
    if (!rule || !scope?.[0]) {
      this.#broadcast(this.#fault('This rule watches no instrument, so there is nothing to test'))
      return
    }
    const known = scope.find((candidate) => this.#watched.get(candidate)?.live) ?? scope[0]
    this.#tellAlert(this.#judge.test(rule, this.#sight(known)))
  }

  #sight(id: InstrumentId): Sighting {
    const watched = this.#watched.get(id)
    const venue = this.#parts.venues.find((spec) => id.startsWith(`${spec.id}:`))
    const unknown = new Float64Array(widthOf(this.#parts.metrics)).fill(NaN)
    return {
      instrument: watched?.instrument ?? { id, simulated: venue?.simulated ?? false },
      row: watched?.row ?? unknown,
      live: watched?.live ?? false,
      mono: this.#clock.mono(),
      at: this.#clock.now()
    }
  }

  #tellAlert(alert: Alert): void {
    this.#parts.report({ kind: 'alert', alert })
    this.#broadcast({ kind: 'alert', alert })
  }

  #tellHealth(): void {
    const { probe, report } = this.#parts
    const health: EngineHealth = {
      at: this.#clock.now(),
      startedAt: this.#startedAt,
      cpu: probe.cpu(),
      memory: probe.memory(),
      loopDelayMs: probe.loopDelayMs(),
      ...this.#feed.health()
    }
    const watched = [...this.#watched.values()]
    const books = { live: watched.filter(({ live }) => live).length, watched: watched.length }
    report({ kind: 'health', health, books })
    this.#broadcast({ kind: 'health', health })
  }

  #broadcast(frame: EngineFrame): void {
    for (const window of this.#windows) window.post(frame)
  }

  #fault(message: string): EngineFrame {
    return { kind: 'fault', at: this.#clock.now(), message }
  }

  #listener(): FeedListener {
    return {
      onBook: (id, book, changes, at) => {
        this.#watched.get(id)?.onBook(book, changes, at)
      },
      onTrades: (id, trades, at) => {
        this.#watched.get(id)?.onTrades(trades, at)
        for (const window of this.#windows) window.market.onTrades(id, trades)
      },
      onQuote: (id, quote, at) => {
        this.#watched.get(id)?.runner?.onQuote(quote, quote.at, at)
      },
      // No figure of this engine uses the reference prices yet.
      onReference: () => undefined,
      onGap: (id, at) => {
        this.#watched.get(id)?.onGap(at)
        this.#judge.onGap(id)
      },
      onTradesLost: (id, from) => {
        this.#watched.get(id)?.runner?.onTradesLost(from)
      },
      onRescale: (id, instrument, priceFactor, sizeFactor) => {
        this.#watched.get(id)?.onRescale(instrument, priceFactor, sizeFactor)
        this.#learn([instrument])
        for (const window of this.#windows) window.market.rescale(id, priceFactor, sizeFactor)
      },
      onStatus: (id, status) => {
        this.#watched.get(id)?.setStatus(status, this.#clock.now())
        for (const window of this.#windows)
          if (window.wanted.has(id)) window.post({ kind: 'status', instrument: id, status })
      },
      onInstruments: (list) => {
        this.#learn(list)
      }
    }
  }

  #learn(list: readonly Instrument[]): void {
    for (const instrument of list) {
      this.#instruments.set(instrument.id, instrument)
      this.#watched.get(instrument.id)?.describe(instrument)
    }
    for (const window of this.#windows) window.tellInstruments(list)
  }
}
