import type { EngineCommand } from '../../src-shared/contract/commands'
import type { ReplayState, TapeContents } from '../../src-shared/contract/replay'
import type { Tape } from './desk'
import type { Millis } from '../../src-shared/units'

/** Speeds that keys and the bar step through. */
export const speeds: readonly number[] = [0.1, 0.25, 0.5, 1, 2, 5, 10, 25, 50, 100]

/** The tape as this window sees it: what it holds, and the replay that runs, if one does. */
export class TapeState implements Tape {
  readonly #send: (command: EngineCommand) => void
  #contents = $state.raw<TapeContents>()
  #replay = $state.raw<ReplayState>()
  #choosing = $state(false)

  constructor(send: (command: EngineCommand) => void) {
    this.#send = send
  }

  /** What the tape held when it was asked last; undefined while the answer is awaited. */
  get contents(): TapeContents | undefined {
    return this.#contents
  }
  /** Undefined while this window is live. */
  get replay(): ReplayState | undefined {
    return this.#replay
  }
  /** The dialog in which a stretch of tape is chosen is open. */
  get choosing(): boolean {
    return this.#choosing
  }

  choose(): void {
    this.#choosing = true
    this.ask()
  }

  ask(): void {
    this.#contents = undefined
    this.#send({ kind: 'tape' })
  }

  endChoice(): void {
    this.#choosing = false
  }

  /** Replays `from` to `to`, beginning at `at`. */
  begin(from: number, to: number, at = from): void {
    this.#choosing = false
    this.#send({ kind: 'replay', fromMs: from, toMs: to, at })
  }

  toggle(): void {
    const { state, from } = this.#replay ?? {}
    if (state === 'ended' && from !== undefined) {
      this.seek(from)
      this.#send({ kind: 'replay-control', act: 'play' })
    } else this.#send({ kind: 'replay-control', act: state === 'playing' ? 'pause' : 'play' })
  }

  step(): void {
    this.#send({ kind: 'replay-control', act: 'step' })
  }

  seek(at: Millis): void {
    this.#send({ kind: 'replay-control', seek: at })
  }

  /** The next faster (1) or slower (-1) of the speeds. */
  pace(by: 1 | -1): void {
    const place = speeds.indexOf(this.#replay?.speed ?? 1)
    const speed = speeds[Math.min(speeds.length - 1, Math.max(0, place + by))]
    if (speed !== undefined) this.setSpeed(speed)
  }

  setSpeed(speed: number): void {
    this.#send({ kind: 'replay-control', speed })
  }

  /** Back to live. */
  end(): void {
    this.#send({ kind: 'replay-control', act: 'end' })
  }

  take(contents: TapeContents): void {
    this.#contents = contents
  }

  takeReplay(replay: ReplayState | undefined): void {
    this.#replay = replay
  }

  /** The engine is gone, and its replay with it. */
  lose(): void {
    this.#replay = undefined
  }
}
