import type { RecordingState } from '../../../src-shared/contract/recording'
import type { Clock } from '../feed/clock'
import type { TapeFiles } from './files'
import type { TapeLimits } from './retention'
import { packBlock } from './segment/block'
import type { RecordKind } from './segment/record'
import { RecordBuffer } from './segment/record'
import type { StreamSpec } from './segment/segment-file'
import { TapeWriter } from './tape-writer'

export interface RecorderParts {
  readonly files: TapeFiles
  readonly clock: Clock
  readonly limits: TapeLimits
  /** Packed bytes that may wait for the disk; what comes on top is dropped and counted. */
  readonly mostQueued?: number
  /** How long records gather before they are written; a tenth of a second. */
  readonly flushMs?: number
  readonly onState: (state: RecordingState) => void
}

/** One record of a keyframe. */
export interface StateRecord {
  readonly kind: 'instrument' | 'socket' | 'book' | 'columns'
  /** Of a socket; 0 for the others. */
  readonly stream: number
  readonly what: object
}

export const flushMs = 100
/** Beyond this the wall clock was set; below it, it is disciplined. */
const jumpMs = 250
const mostBlock = 4 * 2 ** 20
/** A block that holds more is sealed at once: readers read whole blocks. */
const mostGathered = 2 ** 20

/**
 * Keeps frames on disk: in memory for a tenth of a second, then as one checked block, safe from a power cut within a second. It never holds up who
 * records: what a slow or full disk does not take waits, up to 32 MiB, then frames are dropped, counted, and the tape says so where they are missing.
 */
export class Recorder {
  readonly #clock: Clock
  readonly #writer: TapeWriter
  readonly #streams: StreamSpec[] = []
  readonly #numbers = new Map<string, number>()
  readonly #buffer = new RecordBuffer(mostBlock)
  #records = 0
  /** Frames in the block that gathers. */
  #frames = 0
  #isKeyframe = false
  /** Streams that are named on the tape. */
  #named = 0
  #blockMono = NaN
  #blockWall = NaN
  #blockEnd = NaN
  #dropped = 0
  #droppedSince = NaN
  #droppedBefore = 0
  readonly #cancel: () => void
  /** Sent, received and answered, in all, and their bytes. */
  frames = 0
  frameBytes = 0

  constructor(parts: RecorderParts) {
    this.#clock = parts.clock
    this.#writer = new TapeWriter({ ...parts, streams: () => this.#streams })
    this.#note('start', 0, { at: parts.clock.now() })
    this.#cancel = parts.clock.every(parts.flushMs ?? flushMs, () => {
      void this.flush()
    })
  }

  get state(): RecordingState {
    return this.#writer.state
  }

  limit(limits: TapeLimits): void {
    this.#writer.limit(limits)
  }

  /** Names a stream; its frames are recorded under the number. The same stream again has the same number. */
  stream(spec: StreamSpec): number {
    const key = JSON.stringify([spec.venue, spec.leg, spec.url])
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.#streams.push(spec)
    this.#numbers.set(key, number)
    return number
  }

  frame(kind: 'tx' | 'rx' | 'http', stream: number, bytes: Uint8Array): void {
    this.frames++
    this.frameBytes += bytes.byteLength
    this.#push(kind, stream, bytes)
  }

  /** What was found out of a stream, in the folder of seconds. */
  figures(kind: 'second' | 'depth' | 'event', stream: number, bytes: Uint8Array): void {
    this.#push(kind, stream, bytes)
  }

  /** Something the recorder or the feed saw, kept where it happened. */
  note(
    kind: Exclude<RecordKind, 'tx' | 'rx' | 'http' | 'stream' | 'index' | 'second' | 'depth' | 'event'>,
    stream: number,
    what: object
  ): void {
    this.#note(kind, stream, what)
  }

  /** For the index: frames of it are recorded. */
  name(instrument: string): void {
    this.#writer.name(instrument)
  }

  /** The state of everything, at the start of a block of its own: a reader may begin here. Answers with its bytes. */
  keyframe(records: Iterable<StateRecord>): number {
    this.#seal()
    this.#isKeyframe = true
    // Who begins here has not read the names before.
    this.#named = 0
    let cost = 0
    for (const { kind, stream, what } of records) {
      const bytes = Buffer.from(JSON.stringify(what))
      cost += bytes.length
      this.#push(kind, stream, bytes)
    }
    this.#name(this.#clock.mono(), this.#clock.now())
    this.#seal()
    this.#isKeyframe = false
    return cost
  }

  /** Writes what has gathered. */
  flush(): Promise<void> {
    this.#seal()
    return this.#writer.write()
  }

  /** Writes the last of it and closes the segment. Nothing may be recorded after. */
  async stop(): Promise<void> {
    this.#cancel()
    this.#note('stop', 0, { at: this.#clock.now() })
    this.#seal()
    await this.#writer.close()
  }

  #note(kind: RecordKind, stream: number, what: object): void {
    this.#push(kind, stream, Buffer.from(JSON.stringify(what)))
  }

  #push(kind: RecordKind, stream: number, bytes: Uint8Array): void {
    const mono = this.#clock.mono()
    const wall = this.#clock.now()
    const jumped = wall - this.#blockWall - (mono - this.#blockMono)
    if (Math.abs(jumped) > jumpMs) this.#jump(jumped, mono, wall)
    if (Number.isNaN(this.#blockMono)) this.#begin(mono, wall)
    if (this.#dropped > 0) this.#tellDropped(mono, wall)
    if (!this.#put(kind, stream, mono, wall, bytes)) this.#drop(wall)
  }

  #put(kind: RecordKind, stream: number, mono: number, wall: number, bytes: Uint8Array): boolean {
    if (this.#writer.isFull || bytes.byteLength + 1_024 > mostBlock) return false
    if (this.#named < stream) this.#name(mono, wall)
    this.#add(kind, stream, mono, wall, bytes)
    return true
  }

  #name(mono: number, wall: number): void {
    while (this.#named < this.#streams.length) {
      const spec = Buffer.from(JSON.stringify(this.#streams[this.#named]))
      this.#add('stream', ++this.#named, mono, wall, spec)
    }
  }

  #add(kind: RecordKind, stream: number, mono: number, wall: number, bytes: Uint8Array): void {
    const isRoomy = this.#buffer.bytes.length < mostGathered
    if (!isRoomy || !this.#buffer.push(kind, stream, (mono - this.#blockMono) * 1_000, bytes)) {
      this.#seal()
      this.#begin(mono, wall)
      this.#buffer.push(kind, stream, 0, bytes)
    }
    this.#blockEnd = wall
    if (kind === 'rx' || kind === 'tx' || kind === 'http') this.#frames++
  }

  #begin(mono: number, wall: number): void {
    this.#blockMono = mono
    this.#blockWall = this.#blockEnd = wall
  }

  /** A block's times count from its start: after a jump they must count from another. */
  #jump(byMs: number, mono: number, wall: number): void {
    this.#seal()
    this.#begin(mono, wall)
    this.#buffer.push('clock', 0, 0, Buffer.from(JSON.stringify({ byMs: Math.round(byMs), at: wall })))
  }

  #drop(wall: number): void {
    this.#writer.dropped++
    if (this.#dropped++ === 0) this.#droppedSince = wall
  }

  #tellDropped(mono: number, wall: number): void {
    const told = { count: this.#dropped, from: this.#droppedSince, to: wall }
    if (!this.#put('dropped', 0, mono, wall, Buffer.from(JSON.stringify(told)))) return
    this.#droppedBefore += this.#dropped
    this.#dropped = 0
  }

  /** Packs what has gathered; from here on it only waits for the disk. */
  #seal(): void {
    if (this.#buffer.count === 0) return
    const { bytes, count } = this.#buffer
    const times = { monoStart: this.#blockMono, wallStart: this.#blockWall }
    this.#writer.add({
      bytes: packBlock(bytes, { count, ...times, firstRecord: this.#records, isKeyframe: this.#isKeyframe }),
      ...{ count, wallStart: this.#blockWall, wallEnd: this.#blockEnd },
      ...{ frames: this.#frames, dropped: this.#droppedBefore, isKeyframe: this.#isKeyframe }
    })
    this.#records += count
    this.#buffer.clear()
    this.#blockMono = this.#blockWall = this.#blockEnd = NaN
    this.#frames = this.#droppedBefore = 0
    this.#isKeyframe = false
  }
}
