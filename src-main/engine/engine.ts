import type { VenueSpec } from '../../src-shared/contract/catalogue'
import { columnsOf } from '../../src-shared/contract/catalogue'
import type { EngineCommand } from '../../src-shared/contract/commands'
import { parseCommand } from '../../src-shared/contract/commands'
import type { Ban, EngineControl, EngineReport } from '../../src-shared/contract/control'
import type { EngineFrame, EngineHealth, EnginePace, Spread } from '../../src-shared/contract/frames'
import type { RecordingState } from '../../src-shared/contract/recording'
import type { InstrumentId } from '../../src-shared/instrument'
import type { BookStatus } from '../../src-shared/status'
import { isLive } from '../../src-shared/status'
import type { RecordingSettings, Settings } from '../../src-shared/settings'
import { defaultRecording } from '../../src-shared/settings'
import type { Millis } from '../../src-shared/units'
import { answerAlerts } from './alert-desk/answers'
import { AlertDesk } from './alert-desk/desk'
import { Estimates } from './alert-desk/estimates'
import { scopeOf } from './alerts/judge'
import type { RuleEstimator } from './estimate/estimator'
import type { Clock } from './feed/clock'
import type { Feed } from './feed/hub'
import type { FeedListener } from './feed/listener'
import { Diary } from './diary'
import { Durations } from './math/durations'
import { Markets } from './markets'
import { Memories } from './memories'
import type { Metric } from './metrics/metric'
import { widthOf } from './metrics/row-shape'
import type { Seconds } from './tape/seconds'
import type { WindowPort } from './window'
import { Window } from './window'
import { instrumentsOf, wishesOf } from './wishes'

/** What the engine asks of the feed; `feed/hub.ts` is the real one. */
export type EngineFeed = Pick<
  Feed,
  | 'watch'
  | 'configure'
  | 'retry'
  | 'askInstruments'
  | 'links'
  | 'catalogues'
  | 'counts'
  | 'suspend'
  | 'resume'
  | 'stop'
> &
  Partial<Pick<Feed, 'pace'>>

/** What the process says of itself, over the span since it was last asked. */
export interface Probe {
  /** Share of one core. */
  cpu(): number
  /** Resident bytes. */
  memory(): number
  /** How late timers were. */
  loopDelay(): Spread
}

export interface EngineParts {
  readonly clock: Clock
  readonly metrics: readonly Metric[]
  readonly venues: readonly VenueSpec[]
  /** Called once, with the first configuration. */
  readonly feed: (listener: FeedListener, settings: Settings, bans: readonly Ban[]) => EngineFeed
  readonly probe: Probe
  /** The tape of what is watched; an engine without one records nothing. */
  readonly recording?: {
    readonly state: RecordingState
    configure(settings: RecordingSettings): void
  }
  /** The figures of each second, kept over restarts. */
  readonly seconds?: Pick<Seconds, 'configure' | 'keep' | 'keepEvents' | 'past'>
  /** What rules would have done over the tape. */
  readonly estimator?: Pick<RuleEstimator, 'estimate'>
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
const memoryMs = 60_000
/** The wall clock against the monotonic one, or one sample against the next: past this the machine slept or its clock was set. */
const jumpMs = 5_000

/** What a feed that does not exist yet has counted. */
const silent = { frames: 0, gaps: 0, resyncs: 0, rejected: 0 }

type Configuration = Extract<EngineControl, { kind: 'configure' }>

const staleStates: readonly BookStatus['state'][] = ['stale', 'gap', 'overloaded', 'unverified']
/** Its venue is there, its book is not true now. */
const isStale = ({ state }: BookStatus): boolean => staleStates.includes(state)

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
  #framesBefore = 0
  readonly #bookToWindow = new Durations()
  readonly #windowDraws = new Durations()
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
    this.#nothing = new Float64Array(widthOf(metrics)).fill(NaN)
    const complain = (words: string): void => {
      this.#broadcast(this.#fault(words))
    }
    this.#alerts = new AlertDesk({
      columns: columnsOf(metrics.map((metric) => metric.spec)),
      now: () => clock.now(),
      zone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
      report: parts.report,
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

  connect(port: WindowPort): Connection {
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
        this.#answerHistory(window, command.instrument, command.since)
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

  #answerHistory(window: Window, id: InstrumentId, since: number): void {
    const history = this.#markets.get(id)?.history
    if (history) {
      const answer = history.answer(id, since)
      window.post(answer)
      void this.#answerPast(window, id, since, history.since)
    } else window.post(this.#fault(`There is no history of ${id}: nobody watches it`))
  }

  /** What was kept before this start, after what is known since: the disk may be slow. */
  async #answerPast(window: Window, id: InstrumentId, since: number, until: number): Promise<void> {
    const { seconds } = this.#parts
    const instrument = this.#markets.instrument(id)
    if (!seconds || !instrument || !(since < until)) return
    try {
      const past = await seconds.past(instrument, since, until)
      if (past && this.#windows.has(window)) window.post(past)
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      window.post(this.#fault(`The past of ${id} could not be read: ${words}`))
    }
  }

  #configure({ settings, watchlists, rules, bans, policy, alertFolder }: Configuration): void {
    this.#configuration = { watchlists, rules }
    const told = { ...(policy && { policy }), ...(alertFolder !== undefined && { alertFolder }) }
    for (const words of this.#alerts.configure({ rules: rules.rules, watchlists: watchlists.lists, ...told }))
      this.#broadcast(this.#fault(words))
    for (const words of this.#markets.configure(settings.metrics)) this.#broadcast(this.#fault(words))
    // Before the feed, so that its first words are on the tape.
    this.#parts.recording?.configure(settings.recording ?? defaultRecording)
    this.#parts.seconds?.configure(settings.recording ?? defaultRecording)
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
    for (const window of this.#windows) {
      window.tellDerivatives(now.mono, (id) => this.#markets.get(id)?.reference)
      window.tellDetails(now.at, now.mono, (id) => this.#markets.detailed(id))
      const frame = window.market.take(now.at, now.mono, (id) => this.#markets.get(id))
      if (frame) window.post(frame)
    }
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
    const { probe, report, recording } = this.#parts
    const { judged } = this.#alerts
    const { frames, gaps, resyncs, rejected } = this.#feed?.counts() ?? silent
    const watched = [...this.#markets.watched]
    const loop = probe.loopDelay()
    const pace = this.#pace(loop)
    const health: EngineHealth = {
      at: this.#clock.now(),
      startedAt: this.#startedAt,
      cpu: probe.cpu(),
      memory: probe.memory(),
      loopDelayMs: loop.most,
      ...(pace && { pace }),
      framesPerSecond: Math.max(0, frames - this.#framesBefore),
      gaps,
      resyncs,
      rejected,
      books: {
        live: watched.filter(({ live }) => live).length,
        watched: watched.length,
        stale: watched.filter(({ status }) => isStale(status)).length
      },
      links: this.#feed?.links() ?? [],
      catalogues: this.#feed?.catalogues() ?? [],
      ...(recording && { recording: recording.state }),
      ...(judged && { judged })
    }
    this.#framesBefore = frames
    report({ kind: 'health', health })
    this.#broadcast({ kind: 'health', health })
    this.#tellDiary()
  }

  #pace(loop: Spread): EnginePace | undefined {
    const pace = this.#feed?.pace?.()
    for (const { market } of this.#windows) {
      this.#bookToWindow.absorb(market.ages)
      this.#windowDraws.absorb(market.answers)
    }
    const [bookToWindow, windowDraws] = [this.#bookToWindow.take(), this.#windowDraws.take()]
    return pace && { ...pace, loop, bookToWindow, windowDraws }
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
