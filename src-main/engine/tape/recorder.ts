import type { Clock } from '../feed/clock'
import type { GrowingFile, TapeFiles } from './files'
import type { TapeLimits } from './retention'
import { trim } from './retention'
import { formatVersion, packBlock, segmentMagic } from './segment/block'
import type { RecordKind } from './segment/record'
import { RecordBuffer } from './segment/record'
import { segmentName } from './segment-name'

/** What a stream of frames is: a line to a venue, or its requests. */
export interface StreamSpec {
  readonly venue: string
  readonly leg: string
  readonly url: string
}

export interface RecorderState {
  readonly recording: boolean
  /** Why nothing can be kept, in words; empty when all is well. */
  readonly reason: string
  readonly since: number
  readonly nextAttemptAt?: number
  /** On disk, this run's and older ones; NaN until first looked. */
  readonly bytes: number
  readonly dropped: number
}

export interface RecorderParts {
  readonly files: TapeFiles
  readonly clock: Clock
  readonly limits: TapeLimits
  /** Packed bytes that may wait for the disk; what comes on top is dropped and counted. */
  readonly mostQueued?: number
  readonly onState: (state: RecorderState) => void
}

export const flushMs = 100
const syncMs = 1_000
const retryMs = 5_000
const trimMs = 60_000
const mostSegmentBytes = 64 * 2 ** 20
const mostSegmentMs = 3_600_000
/** Beyond this the wall clock was set; below it, it is disciplined. */
const jumpMs = 250
const mostBlock = 4 * 2 ** 20
const mostQueued = 32 * 2 ** 20

/**
 * Keeps frames on disk: in memory for a tenth of a second, then as one checked block, safe from a power cut within a second. It never holds up who
 * records: what a slow or full disk does not take waits, up to 32 MiB, then frames are dropped, counted, and the tape says so where they are missing.
 */
export class Recorder {
  readonly #parts: RecorderParts
  readonly #streams: StreamSpec[] = []
  readonly #numbers = new Map<string, number>()
  readonly #buffer = new RecordBuffer(mostBlock)
  #queue: Buffer[] = []
  #queued = 0
  #file: GrowingFile | undefined
  #name: string | undefined
  #fileBytes = 0
  #fileStartedAt = 0
  #segments = 0
  #records = 0
  /** Streams that the open segment has named. */
  #named = 0
  #blockMono = NaN
  #blockWall = NaN
  #dropped = 0
  #droppedSince = NaN
  #droppedInAll = 0
  #trouble = ''
  #since: number
  #retryAt = -Infinity
  #bytes = NaN
  #syncedAt = -Infinity
  #trimmedAt = -Infinity
  #isDirty = false
  #writing: Promise<void> | undefined
  readonly #cancel: () => void

  constructor(parts: RecorderParts) {
    this.#parts = parts
    this.#since = parts.clock.now()
    this.#note('start', 0, { at: this.#since })
    this.#cancel = parts.clock.every(flushMs, () => {
      void this.flush()
    })
  }

  get state(): RecorderState {
    const { clock } = this.#parts
    const wait = Math.max(0, this.#retryAt - clock.mono())
    return {
      recording: this.#trouble === '',
      reason: this.#trouble,
      since: this.#since,
      ...(this.#trouble === '' ? {} : { nextAttemptAt: clock.now() + wait }),
      bytes: this.#bytes,
      dropped: this.#droppedInAll
    }
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
    this.#push(kind, stream, bytes)
  }

  /** Something the recorder or the feed saw, kept where it happened. */
  note(kind: Exclude<RecordKind, 'tx' | 'rx' | 'http' | 'stream'>, stream: number, what: object): void {
    this.#note(kind, stream, what)
  }

  /** Writes what has gathered. One at a time: who asks meanwhile waits for the same. */
  flush(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  /** Writes the last of it and closes the segment. Nothing may be recorded after. */
  async stop(): Promise<void> {
    this.#cancel()
    await this.#writing
    this.#note('stop', 0, { at: this.#parts.clock.now() })
    await this.flush()
    await this.#close()
  }

  #note(kind: RecordKind, stream: number, what: object): void {
    this.#push(kind, stream, Buffer.from(JSON.stringify(what)))
  }

  #push(kind: RecordKind, stream: number, bytes: Uint8Array): void {
    const { clock } = this.#parts
    const [mono, wall] = [clock.mono(), clock.now()]
    const jumped = wall - this.#blockWall - (mono - this.#blockMono)
    if (Math.abs(jumped) > jumpMs) this.#jump(jumped, mono, wall)
    if (Number.isNaN(this.#blockMono)) this.#begin(mono, wall)
    if (this.#dropped > 0) this.#tellDropped(mono, wall)
    if (!this.#put(kind, stream, mono, wall, bytes)) this.#drop(wall)
  }

  #put(kind: RecordKind, stream: number, mono: number, wall: number, bytes: Uint8Array): boolean {
    const { mostQueued: most = mostQueued } = this.#parts
    if (this.#queued > most || bytes.byteLength + 1_024 > mostBlock) return false
    while (this.#named < stream) {
      const spec = Buffer.from(JSON.stringify(this.#streams[this.#named]))
      this.#add('stream', ++this.#named, mono, wall, spec)
    }
    this.#add(kind, stream, mono, wall, bytes)
    return true
  }

  #add(kind: RecordKind, stream: number, mono: number, wall: number, bytes: Uint8Array): void {
    if (this.#buffer.push(kind, stream, (mono - this.#blockMono) * 1_000, bytes)) return
    this.#seal()
    this.#begin(mono, wall)
    this.#buffer.push(kind, stream, 0, bytes)
  }

  #begin(mono: number, wall: number): void {
    this.#blockMono = mono
    this.#blockWall = wall
  }

  /** A block's times count from its start: after a jump they must count from another. */
  #jump(byMs: number, mono: number, wall: number): void {
    this.#seal()
    this.#begin(mono, wall)
    this.#buffer.push('clock', 0, 0, Buffer.from(JSON.stringify({ byMs: Math.round(byMs), at: wall })))
  }

  #drop(wall: number): void {
    this.#droppedInAll++
    if (this.#dropped++ === 0) this.#droppedSince = wall
  }

  #tellDropped(mono: number, wall: number): void {
    const told = { count: this.#dropped, from: this.#droppedSince, to: wall }
    if (this.#put('dropped', 0, mono, wall, Buffer.from(JSON.stringify(told)))) this.#dropped = 0
  }

  /** Packs what has gathered; from here on it only waits for the disk. */
  #seal(): void {
    if (this.#buffer.count === 0) return
    const { bytes, count } = this.#buffer
    const times = { monoStart: this.#blockMono, wallStart: this.#blockWall }
    const block = packBlock(bytes, { count, ...times, firstRecord: this.#records })
    this.#records += count
    this.#queue.push(block)
    this.#queued += block.length
    this.#buffer.clear()
    this.#blockMono = NaN
    this.#blockWall = NaN
  }

  async #write(): Promise<void> {
    const { clock, files, limits } = this.#parts
    this.#seal()
    const mono = clock.mono()
    if (this.#trouble !== '' && mono < this.#retryAt) return
    try {
      await this.#rotate(mono)
      await this.#append()
      if (this.#isDirty && mono - this.#syncedAt >= syncMs) {
        this.#syncedAt = mono
        this.#isDirty = false
        await this.#file?.sync()
      }
      if (mono - this.#trimmedAt >= trimMs) {
        this.#trimmedAt = mono
        this.#bytes = await trim(files, limits, clock.now(), this.#name)
        this.#tell()
      }
      this.#recover()
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** A segment to write to, a new one where the last is full, old or broken. It begins with the names of all streams. */
  async #rotate(mono: number): Promise<void> {
    const isFull = this.#fileBytes > mostSegmentBytes || mono - this.#fileStartedAt > mostSegmentMs
    if (this.#queue.length === 0 || (this.#file && !isFull)) return
    await this.#close()
    const { clock, files } = this.#parts
    const names = new RecordBuffer(mostBlock)
    for (const [place, spec] of this.#streams.entries())
      names.push('stream', place + 1, 0, Buffer.from(JSON.stringify(spec)))
    const head = Buffer.concat([segmentMagic, Buffer.of(formatVersion)])
    // Names are nobody's record and are not counted.
    const { bytes, count } = names
    const times = { monoStart: mono, wallStart: clock.now() }
    const first = count > 0 ? [packBlock(bytes, { count, ...times, firstRecord: NaN })] : []
    this.#named = Math.max(this.#named, count)
    this.#name = segmentName(clock.now(), ++this.#segments)
    this.#file = await files.create(this.#name)
    const begun = Buffer.concat([head, ...first])
    await this.#file.append(begun)
    this.#fileBytes = begun.length
    this.#fileStartedAt = mono
    this.#isDirty = true
  }

  async #append(): Promise<void> {
    while (this.#file && this.#queue.length > 0) {
      const block = this.#queue[0]!
      await this.#file.append(block)
      // Only now: a block that failed goes whole into the next segment.
      this.#queue.shift()
      this.#queued -= block.length
      this.#fileBytes += block.length
      this.#isDirty = true
    }
  }

  #recover(): void {
    if (this.#trouble === '') return
    this.#trouble = ''
    this.#since = this.#parts.clock.now()
    this.#tell()
  }

  /** What was being written is torn: the next attempt begins another segment. */
  async #fail(error: unknown): Promise<void> {
    const { clock } = this.#parts
    if (this.#trouble === '') this.#since = clock.now()
    this.#trouble = inWords(error)
    this.#retryAt = clock.mono() + retryMs
    const file = this.#file
    this.#file = undefined
    // It failed already and is given up: what closing says of it helps nobody.
    await file?.close().catch(() => undefined)
    this.#tell()
  }

  async #close(): Promise<void> {
    const file = this.#file
    this.#file = undefined
    if (!file) return
    await file.sync()
    await file.close()
  }

  #tell(): void {
    this.#parts.onState(this.state)
  }
}

function inWords(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'the folder may not be written to'
  if (code === 'EIO') return 'the disk failed'
  return error instanceof Error ? error.message : String(error)
}
