import { columnsOf } from '../../src-shared/contract/catalogue'
import type { EngineCommand } from '../../src-shared/contract/commands'
import { parseCommand } from '../../src-shared/contract/commands'
import type { EngineControl } from '../../src-shared/contract/control'
import type { EngineFrame } from '../../src-shared/contract/frames'
import type { InstrumentId } from '../../src-shared/instrument'
import { isLive } from '../../src-shared/status'
import { defaultRecording } from '../../src-shared/settings'
import type { Millis } from '../../src-shared/units'
import { answerAlerts } from './alert-desk/answers'
import { AlertDesk } from './alert-desk/desk'
import { Estimates } from './alert-desk/estimates'
import { named } from './alert-desk/named'
import { scopeOf } from './alerts/judge'
import type { Clock } from './feed/clock'
import { Diary } from './diary'
import type { EngineConnection, EngineFeed, EngineParts } from './engine-parts'
import { Histories } from './histories'
import { Markets } from './markets'
import { signsFor } from './metrics/signs'
import { Memories } from './memories'
import { widthOf } from './metrics/row-shape'
import { Vitals } from './vitals'
import type { WindowPort } from './window'
import { Window } from './window'
import { instrumentsOf, wishesOf } from './wishes'

const sampleMs = 100
const healthMs = 1_000
const memoryMs = 60_000
/** The wall clock against the monotonic one, or one sample against the next: past this the machine slept or its clock was set. */
const jumpMs = 5_000

type Configuration = Extract<EngineControl, { kind: 'configure' }>

/** Feed → figures → alerts → history → windows, for every instrument that a window, a rule or a watchlist wants. */
export class Engine {
  readonly #parts: EngineParts
  readonly #clock: Clock
  readonly #alerts: AlertDesk
  readonly #estimates: Estimates
  readonly #markets: Markets
  readonly #memories: Memories
  readonly #diary = new Diary()
  readonly #startedAt: Millis
  readonly #windows = new Set<Window>()
  readonly #cancels: readonly (() => void)[]
  #feed: EngineFeed | undefined
  #configuration: Pick<Configuration, 'watchlists' | 'rules'> | undefined
  #lastTick: { readonly at: Millis; readonly mono: number }
  readonly #vitals: Vitals
  readonly #histories: Histories
  /** The row of what is not known at all. */
  readonly #nothing: Float64Array
  /** The whole second that was kept last. */
  #second = 0

  constructor(parts: EngineParts) {
    const { clock, metrics, venues } = parts
    this.#parts = parts
    this.#clock = clock
    this.#startedAt = clock.now()
    this.#lastTick = { at: this.#startedAt, mono: clock.mono() }
    this.#vitals = new Vitals(parts, this.#startedAt)
    this.#nothing = new Float64Array(widthOf(metrics)).fill(NaN)
    const complain = (words: string): void => {
      this.#broadcast(this.#fault(words))
    }
    const specs = metrics.map((metric) => metric.spec)
    const naming = { metrics: specs, instrument: (id: InstrumentId) => this.#markets.instrument(id) }
    this.#alerts = new AlertDesk({
      columns: columnsOf(specs),
      now: () => clock.now(),
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      report: (report) => {
        parts.report(named(report, naming))
      },
      broadcast: (frame) => {
        this.#broadcast(frame)
      },
      complain,
      watched: (id) => this.#markets.get(id),
      estimate: (rule, hours, isWanted) => this.#estimates.of(rule, hours, isWanted)
    })
    this.#estimates = new Estimates(this.#alerts, (id) => this.#markets.get(id), parts.estimator)
    this.#memories = new Memories(() => clock.now())
    this.#markets = new Markets({
      ...{
        clock,
        metrics,
        venues,
        judge: this.#alerts.judge,
        windows: this.#windows,
        memories: this.#memories
      },
      ...{ diary: this.#diary, complain }
    })
    this.#histories = new Histories({
      ...{ markets: this.#markets, seconds: parts.seconds },
      isOpen: (window) => this.#windows.has(window),
      fault: (words) => this.#fault(words)
    })
    this.#cancels = [
      clock.every(sampleMs, () => {
        this.#tick()
      }),
      clock.every(healthMs, () => {
        this.#tellHealth()
      }),
      clock.every(memoryMs, () => {
        this.#tellMemories()
      })
    ]
    parts.report({ kind: 'ready' })
  }

  connect(port: WindowPort): EngineConnection {
    const { venues, metrics } = this.#parts
    const window = new Window(port)
    // First to those who are there: the newcomer is given all of it.
    this.#tellDiary()
    this.#windows.add(window)
    const specs = metrics.map((metric) => metric.spec)
    window.post({ kind: 'hello', startedAt: this.#startedAt, venues, metrics: specs })
    if (this.#diary.entries.length > 0) window.post({ kind: 'diary', entries: this.#diary.entries })
    if (this.#alerts.centre) window.post({ kind: 'alert-centre', centre: this.#alerts.centre })
    return {
      command: (input) => {
        const command = parseCommand(input)
        if (command) this.#obey(window, command)
        else window.post(this.#fault('The engine did not understand a command of this window'))
      },
      tell: () => {
        this.#tell(window)
      },
      close: () => {
        this.#alerts.probes.drop(window)
        this.#estimates.leave(window)
        if (this.#windows.delete(window)) this.#refreshWatch()
      }
    }
  }

  control(control: Exclude<EngineControl, { kind: 'port' }>): void {
    switch (control.kind) {
      case 'configure':
        this.#configure(control)
        break
      case 'remember':
        this.#memories.remember(control.memories)
        break
      case 'test-rule':
        this.#testRule(control.rule)
        break
      case 'power':
        this.#markets.loseContinuity(this.#lastTick.at)
        if (control.state === 'suspend') this.#feed?.suspend()
        else this.#feed?.resume()
        break
      case 'alert-command':
        this.#alerts.act(control.command)
        break
      case 'delivered':
        this.#alerts.delivered(control.result)
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
    this.#tellMemories()
    this.#alerts.stop()
    this.#feed?.stop()
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
        window.market.acknowledge(command.number, this.#clock.mono())
        break
      case 'visible':
        window.market.show(command.visible)
        break
      case 'history':
        void this.#histories.answer(window, command.instrument, command.since)
        break
      case 'retry':
        this.#feed?.retry(command.venue)
        break
      case 'catalogue':
        window.askCatalogue(command.venue)
        this.#feed?.askInstruments(command.venue)
        break
      case 'snooze':
      case 'unsnooze':
      case 'acknowledge':
      case 'acknowledge-all':
      case 'note':
      case 'tag':
      case 'rearm':
      case 'unquiet':
        this.#alerts.act(command)
        break
      case 'alert-history':
      case 'alert-evidence':
      case 'alert-scores':
      case 'rule-levels':
      case 'estimate-rule':
      case 'estimate-cancel':
        answerAlerts(window, command, this.#alerts, this.#estimates)
        break
      case 'probe-rule':
        this.#alerts.probe(window, command.wish)
        break
      case 'tape':
      case 'replay':
      case 'replay-control':
        // The switchboard's; an engine alone has no tape.
        window.post(this.#fault('There is no tape here'))
        break
      default:
        command satisfies never
    }
  }

  /** The instruments first, then their statuses: nothing is told of what a window cannot name. */
  #introduce(window: Window, ids: readonly InstrumentId[]): void {
    window.tellInstruments(ids.flatMap((id) => this.#markets.instrument(id) ?? []))
    for (const id of ids) {
      const status = this.#markets.get(id)?.status
      if (status) window.post({ kind: 'status', instrument: id, status })
    }
  }

  #configure({ settings, watchlists, rules, bans, policy, alertFolder }: Configuration): void {
    this.#configuration = { watchlists, rules }
    const told = { ...(policy && { policy }), ...(alertFolder !== undefined && { alertFolder }) }
    const signs = signsFor(
      this.#parts.metrics.map(({ spec }) => spec),
      settings
    )
    const wish = { rules: rules.rules, watchlists: watchlists.lists, signs, ...told }
    for (const words of this.#alerts.configure(wish)) this.#broadcast(this.#fault(words))
    for (const words of this.#markets.configure(settings)) this.#broadcast(this.#fault(words))
    // Before the feed, so that its first words are on the tape.
    this.#parts.recording?.configure(settings.recording ?? defaultRecording)
    this.#parts.seconds?.configure(settings.recording ?? defaultRecording, signs)
    if (this.#feed) this.#feed.configure(settings)
    else this.#feed = this.#parts.feed(this.#markets, settings, bans)
    this.#refreshWatch()
  }

  /** What windows show comes first; rules and watchlists are watched all the same, so that alerts work with no window. */
  #refreshWatch(): void {
    const watchlists = this.#configuration?.watchlists
    const groups = watchlists?.groups ?? []
    const wishes = wishesOf({ windows: this.#windows, rules: this.#alerts.judge.needs, watchlists })
    this.#markets.watch(wishes, groups)
    const focused = [...this.#windows].flatMap((window) => [...window.focused])
    this.#feed?.watch(instrumentsOf(wishes.keys(), groups), instrumentsOf(focused, groups))
  }

  #tick(): void {
    const now = { at: this.#clock.now(), mono: this.#clock.mono() }
    const passed = now.mono - this.#lastTick.mono
    const jump = Math.abs(now.at - this.#lastTick.at - passed)
    if (passed > jumpMs || jump > jumpMs) this.#markets.loseContinuity(this.#lastTick.at)
    this.#lastTick = now
    const second = Math.floor(now.at / 1_000)
    const isSecond = second !== this.#second
    this.#second = second
    for (const watched of this.#markets.watched) {
      const row = watched.sample(now.at)
      const { id, tradedAt, status } = watched
      if (isSecond && row && watched.live && watched.instrument)
        this.#parts.seconds?.keep(watched.instrument, row, watched.book)
      const events = watched.takeEvents()
      if (events.length > 0) {
        this.#parts.seconds?.keepEvents(events)
        for (const window of this.#windows) window.tellEvents(events)
      }
      // Of an instrument that its venue has not named yet nothing is known but that it is not there, which a rule may be about.
      const instrument = watched.instrument ?? { id, simulated: false }
      const told = { tradedAt, events, checkedAt: status.checkedAt ?? NaN, live: isLive(status) }
      this.#alerts.see({ instrument, row: row ?? this.#nothing, ...told, ...now })
    }
    this.#alerts.tick(now.at)
    for (const window of this.#windows) this.#tell(window)
  }

  #tell(window: Window): void {
    const { at, mono } = this.#lastTick
    window.tellDerivatives(mono, (id) => this.#markets.get(id)?.reference)
    window.tellDetails(at, mono, (id) => this.#markets.detailed(id))
    const frame = window.market.take(at, mono, (id) => this.#markets.get(id))
    if (frame) window.post(frame)
  }

  #tellMemories(): void {
    this.#markets.save()
    for (const memory of this.#memories.takeChanged()) this.#parts.report({ kind: 'memory', memory })
  }

  #testRule(id: string): void {
    const { rules, watchlists } = this.#configuration ?? {}
    const rule = rules?.rules.find((candidate) => candidate.id === id)
    const scope = rule && scopeOf(rule, watchlists?.lists ?? [])
    const shown = scope?.find((candidate) => this.#markets.get(candidate)?.live) ?? scope?.[0]
    if (rule && shown !== undefined) this.#alerts.test(rule, this.#markets.sight(shown))
    else this.#broadcast(this.#fault('This rule watches no instrument, so there is nothing to test'))
  }

  #tellHealth(): void {
    const [books, { judged }] = [[...this.#markets.watched], this.#alerts]
    const health = this.#vitals.take({ feed: this.#feed, books, windows: this.#windows, judged })
    this.#parts.report({ kind: 'health', health })
    this.#broadcast({ kind: 'health', health })
    this.#tellDiary()
  }

  #tellDiary(): void {
    const entries = this.#diary.takeUntold()
    if (entries.length > 0) this.#broadcast({ kind: 'diary', entries })
  }

  #broadcast(frame: EngineFrame): void {
    for (const window of this.#windows) window.post(frame)
  }

  #fault(message: string): EngineFrame {
    return { kind: 'fault', at: this.#clock.now(), message }
  }
}
