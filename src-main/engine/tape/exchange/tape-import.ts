import type { Millis } from '../../../../src-shared/units'
import { millis } from '../../../../src-shared/units'
import type { Clock } from '../../feed/clock'
import { filesIn } from '../files'
import { Recorder } from '../recorder'
import type { UniformEvent } from '../uniform/event'
import { msOf } from '../uniform/event'
import { uniformScheme } from '../uniform/uniform-venue'
import { venueOf } from '../../../../src-shared/instrument'

/** Blocks of an imported tape hold at most this much of its time, or so many frames. */
const blockMs = 1_000
const blockFrames = 2_000

/** Writes what comes from elsewhere on a tape, at the times it has there. It waits for the disk: nothing is dropped. */
export class TapeImport {
  readonly #folder: string
  readonly #clock = new ImportClock()
  /** Made with the first frame: a tape begins when that was heard. */
  #recorder: Recorder | undefined
  readonly #named = new Set<string>()
  #blockAt = NaN
  #inBlock = 0
  frames = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  /** A uniform event, told by the file `source`. */
  async event(event: UniformEvent, source: string): Promise<void> {
    const stream = { venue: venueOf(event.i), leg: 'import', url: `${uniformScheme}${source}` }
    await this.frame('rx', stream, Buffer.from(JSON.stringify(event)), millis(msOf(event.t)))
    this.#name(event.i)
  }

  /** A frame as it was heard; one that is earlier than the one before begins a block of its own. */
  async frame(
    kind: 'rx' | 'tx' | 'http' | 'open',
    stream: Parameters<Recorder['stream']>[0],
    bytes: Uint8Array,
    at: Millis
  ): Promise<void> {
    const isFull = this.#inBlock >= blockFrames || at - this.#blockAt > blockMs || at < this.#clock.at
    if (isFull) await this.#flush()
    if (Number.isNaN(this.#blockAt)) this.#blockAt = at
    this.#clock.at = at
    this.#inBlock++
    this.frames++
    const recorder = (this.#recorder ??= this.#begin())
    const number = recorder.stream(stream)
    if (kind === 'open') recorder.note('open', number, { url: Buffer.from(bytes).toString('utf8') })
    else recorder.frame(kind, number, bytes)
  }

  /** All is on disk when this answers; in words when it is not. */
  async finish(): Promise<string> {
    await this.#recorder?.stop()
    return this.#recorder?.state.reason ?? ''
  }

  async #flush(): Promise<void> {
    this.#blockAt = NaN
    this.#inBlock = 0
    await this.#recorder?.flush()
    const { state = '', reason = '' } = this.#recorder?.state ?? {}
    if (state === 'trouble') throw new Error(reason)
  }

  #begin(): Recorder {
    return new Recorder({
      ...{ files: filesIn(this.#folder), clock: this.#clock },
      limits: { bytes: Infinity, days: Infinity },
      onState: () => undefined
    })
  }

  #name(instrument: string): void {
    if (this.#named.has(instrument)) return
    this.#named.add(instrument)
    this.#recorder?.name(instrument)
  }
}

/** Time as the file tells it; nothing is planned, the import itself says when to write. */
class ImportClock implements Clock {
  at: Millis = millis(0)
  now(): Millis {
    return this.at
  }
  mono(): number {
    return this.at
  }
  after(): () => void {
    return () => undefined
  }
  every(): () => void {
    return () => undefined
  }
}
