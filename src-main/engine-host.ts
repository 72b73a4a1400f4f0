import type { Tell } from '../src-shared/contract/calls'
import type { EngineControl, EngineReport } from '../src-shared/contract/control'
import { millis, type Millis } from '../src-shared/units'
import type { EngineEvents, EngineProcess } from './engine-process'
import { recent, waitAfter } from './restart-policy'

/** Silent seconds after which an engine counts as hung. */
const patience = 10
const second = 1_000
/** For an orderly stop when the app quits. */
const stopWithin = 2_000

export type EngineState = Extract<Tell, { kind: 'engine' }>

export interface EngineHostParts<Port> {
  readonly start: (events: EngineEvents) => EngineProcess<Port>
  /** Everything the engine needs to know, as of now. */
  readonly configure: () => Extract<EngineControl, { kind: 'configure' }>
  /** What earlier engines learned; told to each engine before anything else. */
  readonly remember: () => Extract<EngineControl, { kind: 'remember' }>
  readonly onReport: (report: EngineReport) => void
  readonly onState: (state: EngineState) => void
}

/**
 * Keeps one engine running: starts it, watches its heartbeat, starts it again with back-off when it ends, and says
 * each time what is going on. Controls for an engine that is not there are dropped: `configure` tells the next one all.
 */
export class EngineHost<Port> {
  readonly #parts: EngineHostParts<Port>
  #engine: EngineProcess<Port> | undefined
  #state: EngineState = { kind: 'engine', state: 'starting', since: millis(Date.now()), reason: '' }
  #crashes: Millis[] = []
  #fault = ''
  #silence = 0
  #heartbeat: NodeJS.Timeout | undefined
  #restart: NodeJS.Timeout | undefined
  #stopped: (() => void) | undefined

  constructor(parts: EngineHostParts<Port>) {
    this.#parts = parts
  }

  get state(): EngineState {
    return this.#state
  }

  get pid(): number | undefined {
    return this.#engine?.pid()
  }

  start(): void {
    clearTimeout(this.#restart)
    if (this.#engine !== undefined || this.#stopped !== undefined) return
    this.#say(this.#crashes.length === 0 ? 'starting' : 'restarting', this.#state.reason)
    this.#silence = 0
    // A process that has ended speaks no more; its late words must not be taken for its successor's.
    const engine = this.#parts.start({
      onReport: (report) => {
        if (this.#engine === engine) this.#heard(report)
      },
      onExit: (code) => {
        if (this.#engine === engine) this.#ended(code)
      }
    })
    this.#engine = engine
    this.#heartbeat = setInterval(() => {
      this.#listen()
    }, second)
    engine.post(this.#parts.remember())
    engine.post(this.#parts.configure())
  }

  /** The user asks for it: earlier crashes are forgotten. */
  tryAgain(): void {
    this.#crashes = []
    if (this.#engine === undefined) this.start()
    else this.#kill('restarted by hand')
  }

  /** @returns false when there is no engine to hear it */
  post(control: EngineControl, ports?: Port[]): boolean {
    if (this.#engine === undefined || this.#state.state !== 'running') return false
    this.#engine.post(control, ports)
    return true
  }

  configure(): void {
    // An engine that is still starting reads it after the first one; the last one counts.
    this.#engine?.post(this.#parts.configure())
  }

  /** Asks the engine to end, and ends it after two seconds. Resolves when it is gone. */
  async stop(): Promise<void> {
    clearTimeout(this.#restart)
    const engine = this.#engine
    const ended = new Promise<void>((resolve) => (this.#stopped = resolve))
    if (engine === undefined) return
    engine.post({ kind: 'stop' })
    const deadline = setTimeout(() => {
      engine.kill()
    }, stopWithin)
    await ended
    clearTimeout(deadline)
  }

  #heard(report: EngineReport): void {
    this.#silence = 0
    if (report.kind === 'ready') this.#say('running', '')
    if (report.kind === 'fault') this.#fault = report.message
    this.#parts.onReport(report)
  }

  // Seconds are counted, not measured: a sleep of the whole machine is no silence of the engine's.
  #listen(): void {
    this.#silence++
    if (this.#silence >= patience) this.#kill(`the engine did not answer for ${patience} s`)
  }

  #kill(reason: string): void {
    this.#fault = reason
    this.#silence = 0
    this.#engine?.kill()
  }

  #ended(code: number): void {
    this.#engine = undefined
    clearInterval(this.#heartbeat)
    if (this.#stopped !== undefined) {
      this.#stopped()
      return
    }
    const now = millis(Date.now())
    const reason = this.#fault === '' ? `the engine ended with code ${code}` : this.#fault
    this.#fault = ''
    this.#crashes = [...recent(this.#crashes, now), now]
    const wait = waitAfter(this.#crashes, now)
    if (wait === undefined) {
      this.#say('failed', `${this.#crashes.length} crashes within a minute, the last: ${reason}`)
      return
    }
    this.#say('restarting', reason, millis(now + wait))
    this.#restart = setTimeout(() => {
      this.start()
    }, wait)
  }

  #say(state: EngineState['state'], reason: string, nextAttemptAt?: Millis): void {
    const next = nextAttemptAt === undefined ? {} : { nextAttemptAt }
    this.#state = { kind: 'engine', state, since: millis(Date.now()), reason, ...next }
    this.#parts.onState(this.#state)
  }
}
