import type { RecordingState } from '../../../src-shared/contract/recording'
import { millis } from '../../../src-shared/units'
import type { Clock } from '../feed/clock'
import type { TapeFiles } from './files'
import type { TapeLimits } from './retention'
import { trim } from './retention'
import { SegmentFile } from './segment/segment-file'
import type { StreamSpec } from './segment/segment-file'
import type { SealedBlock } from './segment/segment-index'
import { segmentName } from './segment-name'

export interface TapeWriterParts {
  readonly files: TapeFiles
  readonly clock: Clock
  readonly limits: TapeLimits
  /** Packed bytes that may wait for the disk. */
  readonly mostQueued?: number
  readonly onState: (state: RecordingState) => void
  readonly streams: () => readonly StreamSpec[]
}

const syncMs = 1_000
const retryMs = 5_000
const trimMs = 60_000
const mostSegmentBytes = 64 * 2 ** 20
const mostSegmentMs = 3_600_000
const mostQueuedBytes = 32 * 2 ** 20

/**
 * Takes sealed blocks to disk, segment after segment, and keeps to the limits. What a slow or full disk does not take waits in memory up to a bound; it
 * tries again by itself, in a new segment.
 */
export class TapeWriter {
  readonly #parts: TapeWriterParts
  readonly #instruments = new Set<string>()
  #limits: TapeLimits
  #queue: SealedBlock[] = []
  #queued = 0
  #segment: SegmentFile | undefined
  #segments = 0
  #trouble = ''
  /** Why the old could not be removed when it was last tried; empty when it could. */
  #trimTrouble = ''
  #since: number
  #retryAt = -Infinity
  #bytes = NaN
  #syncedAt = -Infinity
  #trimmedAt = -Infinity
  #isDirty = false
  #writing: Promise<void> | undefined
  /** Frames that could not be kept, in all. */
  dropped = 0

  constructor(parts: TapeWriterParts) {
    this.#parts = parts
    this.#limits = parts.limits
    this.#since = parts.clock.now()
  }

  get state(): RecordingState {
    const { clock } = this.#parts
    const wait = Math.max(0, this.#retryAt - clock.mono())
    return {
      state: this.#trouble === '' ? 'recording' : 'trouble',
      reason: this.#trouble,
      since: millis(this.#since),
      ...(this.#trouble === '' ? {} : { nextAttemptAt: millis(clock.now() + wait) }),
      bytes: this.#bytes + (this.#segment?.bytes ?? 0),
      dropped: this.dropped
    }
  }

  /** Nothing more fits: what comes now must be dropped. */
  get isFull(): boolean {
    return this.#queued > (this.#parts.mostQueued ?? mostQueuedBytes)
  }

  limit(limits: TapeLimits): void {
    this.#limits = limits
    this.#trimmedAt = -Infinity
  }

  /** For the index: frames of it are recorded. */
  name(instrument: string): void {
    this.#instruments.add(instrument)
    this.#segment?.index.name(instrument)
  }

  add(block: SealedBlock): void {
    this.#queue.push(block)
    this.#queued += block.bytes.length
  }

  /** Writes what waits. One at a time: who asks meanwhile waits for the same. */
  write(): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined
    })
    return this.#writing
  }

  async close(): Promise<void> {
    await this.#writing
    await this.write()
    try {
      await this.#close()
    } catch (error) {
      await this.#fail(error)
    }
  }

  async #write(): Promise<void> {
    const mono = this.#parts.clock.mono()
    if (this.#trouble !== '' && mono < this.#retryAt) return
    try {
      await this.#rotate(mono)
      await this.#append()
      if (this.#isDirty && mono - this.#syncedAt >= syncMs) {
        this.#syncedAt = mono
        this.#isDirty = false
        await this.#segment?.sync()
      }
      if (mono - this.#trimmedAt >= trimMs) await this.#trim(mono)
      if (this.#trimTrouble === '') this.#recover()
    } catch (error) {
      await this.#fail(error)
    }
  }

  /** A segment to write to, a new one where the last is full, old or broken. */
  async #rotate(mono: number): Promise<void> {
    const segment = this.#segment
    const isFull = segment && (segment.bytes > mostSegmentBytes || mono - segment.startedAt > mostSegmentMs)
    if (this.#queue.length === 0 || (segment && !isFull)) return
    await this.#close()
    const { clock, files, streams } = this.#parts
    const wall = clock.now()
    const name = segmentName(wall, ++this.#segments)
    const start = { name, streams: streams(), instruments: this.#instruments, mono, wall }
    this.#segment = await SegmentFile.create(files, start)
    this.#isDirty = true
    this.#trimmedAt = -Infinity
  }

  async #append(): Promise<void> {
    while (this.#segment && this.#queue.length > 0) {
      const block = this.#queue[0]!
      await this.#segment.append(block)
      // Only now: a block that failed goes whole into the next segment.
      this.#queue.shift()
      this.#queued -= block.bytes.length
      this.#isDirty = true
    }
  }

  async #trim(mono: number): Promise<void> {
    const { files, clock } = this.#parts
    this.#trimmedAt = mono
    this.#trimTrouble = ''
    try {
      const left = await trim(files, this.#limits, clock.now(), this.#segment?.name)
      this.#bytes = left - (this.#segment?.bytes ?? 0)
    } catch (error) {
      // What is being written is sound: only the old stays longer than it should, and is tried again.
      this.#trimTrouble = `old parts of the tape cannot be removed: ${inWords(error)}`
      if (this.#trouble === '') this.#since = clock.now()
      this.#trouble = this.#trimTrouble
    }
    this.#tell()
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
    const segment = this.#segment
    this.#segment = undefined
    await segment?.giveUp()
    this.#tell()
  }

  async #close(): Promise<void> {
    const segment = this.#segment
    this.#segment = undefined
    await segment?.close()
  }

  #tell(): void {
    this.#parts.onState(this.state)
  }
}

/** What the disk says, for the user. */
export function inWords(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'the disk is full'
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return 'the folder may not be written to'
  if (code === 'ENOTDIR' || code === 'EEXIST') return 'where the tape should be is something else'
  if (code === 'EIO') return 'the disk failed'
  return error instanceof Error ? error.message : String(error)
}
