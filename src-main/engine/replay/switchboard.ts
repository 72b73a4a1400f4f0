import type { EngineCommand } from '../../../src-shared/contract/commands'
import { parseCommand } from '../../../src-shared/contract/commands'
import type { EngineFrame } from '../../../src-shared/contract/frames'
import type { TapeContents } from '../../../src-shared/contract/replay'
import { millis } from '../../../src-shared/units'
import type { Connection } from '../engine-parts'
import type { Clock } from '../feed/clock'
import type { Metric } from '../metrics/metric'
import { TapeReader } from '../tape/tape-reader'
import type { Venue } from '../venues/venue'
import type { WindowPort } from '../window'
import { Playback } from './playback'
import type { Configuration, TapeEngineParts } from './tape-engine'

export interface SwitchboardParts {
  readonly folder: string
  readonly clock: Clock
  readonly venues: readonly Venue[]
  readonly metrics: readonly Metric[]
  readonly past?: TapeEngineParts['past']
  /** As the live engine was configured last. */
  readonly configuration: () => Configuration | undefined
  readonly live: (port: WindowPort) => Connection
}

/** Segments this close to one another were recorded without a pause. */
const pauseMs = 5_000

/** What a window hears of the live engine while it replays: its alerts, and how it is. */
const isUntouched = ({ kind }: EngineFrame): boolean =>
  kind.startsWith('alert') || kind.startsWith('rule-') || kind === 'health' || kind === 'fault'
/** What it says of what it shows, which is the tape; everything else is for the live engine all the same. */
const ofTheView: ReadonlySet<EngineCommand['kind']> = new Set<EngineCommand['kind']>([
  ...(['watch', 'ack', 'visible', 'history'] as const)
])

/** Joins each window to the live engine or, while it replays, to an engine that reads the tape. The live one goes on meanwhile. */
export class Switchboard {
  readonly #parts: SwitchboardParts

  constructor(parts: SwitchboardParts) {
    this.#parts = parts
  }

  connect(port: WindowPort): Connection {
    return new SwitchedLine(this.#parts, port)
  }
}

class SwitchedLine implements Connection {
  readonly #parts: SwitchboardParts
  readonly #port: WindowPort
  #live: Connection
  #playback: Playback | undefined
  /** What this window shows, as it said last. */
  #watch: unknown

  constructor(parts: SwitchboardParts, port: WindowPort) {
    this.#parts = parts
    this.#port = port
    this.#live = this.#connect()
  }

  command(input: unknown): void {
    const command = parseCommand(input)
    if (command?.kind === 'watch') this.#watch = command
    if (command?.kind === 'tape') void this.#tellTape()
    else if (command?.kind === 'replay') this.#replay(command)
    else if (command?.kind === 'replay-control') this.#steer(command)
    else if (this.#playback && (!command || ofTheView.has(command.kind))) this.#playback.command(input)
    else this.#live.command(input)
  }

  close(): void {
    this.#playback?.close()
    this.#live.close()
  }

  /** While a replay runs, of what is live this window hears alerts and how the engine is; the rest is told anew afterwards. */
  #connect(): Connection {
    return this.#parts.live({
      post: (frame) => {
        if (!this.#playback || isUntouched(frame)) this.#port.post(frame)
      }
    })
  }

  #replay({ fromMs, toMs, at }: Extract<EngineCommand, { kind: 'replay' }>): void {
    const configuration = this.#parts.configuration()
    if (!configuration) {
      this.#fault('The engine is not configured yet')
      return
    }
    this.#playback?.close()
    const playback: Playback = new Playback(
      {
        ...this.#parts,
        configuration,
        port: this.#port,
        onState: (replay) => {
          if (playback === this.#playback) this.#port.post({ kind: 'replay', replay })
        }
      },
      { from: fromMs, to: Math.max(fromMs, toMs), at: at ?? fromMs }
    )
    this.#playback = playback
    void playback.begin(this.#watch).catch((error: unknown) => {
      if (playback !== this.#playback) return
      this.#fault(`The tape could not be read: ${error instanceof Error ? error.message : String(error)}`)
      this.#end()
    })
  }

  #steer({ act, speed, seek }: Extract<EngineCommand, { kind: 'replay-control' }>): void {
    const playback = this.#playback
    if (!playback) return
    if (speed !== undefined) playback.pacedBy(speed)
    if (seek !== undefined) void playback.seek(millis(seek))
    if (act === 'play') playback.play()
    else if (act === 'pause') playback.pause()
    else if (act === 'step') playback.step()
    else if (act === 'end') this.#end()
  }

  /** Back to live. The new line is joined before the old one is left, so that nothing that was watched is forgotten. */
  #end(): void {
    if (!this.#playback) return
    this.#playback.close()
    this.#playback = undefined
    this.#port.post({ kind: 'replay', replay: undefined })
    const before = this.#live
    this.#live = this.#connect()
    if (this.#watch !== undefined) this.#live.command(this.#watch)
    before.close()
  }

  async #tellTape(): Promise<void> {
    try {
      this.#port.post({ kind: 'tape', contents: contentsOf(await TapeReader.open(this.#parts.folder)) })
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      this.#port.post({ kind: 'tape', contents: { bytes: 0, spans: [], instruments: [], troubles: [words] } })
    }
  }

  #fault(message: string): void {
    const frame: EngineFrame = { kind: 'fault', at: this.#parts.clock.now(), message }
    this.#port.post(frame)
  }
}

function contentsOf({ segments, instruments, troubles }: TapeReader): TapeContents {
  const spans: { from: number; to: number }[] = []
  for (const { from, to } of segments) {
    const last = spans.at(-1)
    if (last && Math.abs(from - last.to) < pauseMs) last.to = Math.max(last.to, to)
    else spans.push({ from, to })
  }
  return {
    bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
    spans: spans.map(({ from, to }) => ({ from: millis(from), to: millis(to) })),
    instruments,
    troubles
  }
}
