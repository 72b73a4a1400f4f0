import { buf as crc32 } from 'crc-32'
import type { FileHandle } from 'node:fs/promises'
import { mkdir, open, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { HistoryRecord } from './record'
import { decode, encode, parse } from './record'

/** Where a record's whole lies. */
export interface Place {
  readonly segment: number
  readonly offset: number
  readonly bytes: number
}

export type Heard = (record: HistoryRecord, place: Place) => void

const segmentBytes = 4_000_000
const nameOf = (segment: number): string => `${String(segment).padStart(6, '0')}.seg`

/** The segments of one folder: opened with what is whole in them, then appended to. Records that wait go to the disk together, one flush for all. */
export class Journal {
  readonly #folder: string
  readonly #tell: (fault: string) => void
  readonly #sizes = new Map<number, number>()
  #segment = 1
  #file: FileHandle | undefined
  #offset = 0
  /** JSON lines of the running segment's index. */
  #lines: string[] = []
  #waiting: {
    readonly bytes: Buffer
    readonly record: HistoryRecord
    readonly done: (place: Place | undefined) => void
  }[] = []
  #work: Promise<void> | undefined
  /** Why nothing can be written, in words; empty otherwise. */
  fault = ''

  constructor(folder: string, tell: (fault: string) => void) {
    this.#folder = folder
    this.#tell = tell
  }

  get bytes(): number {
    let sum = 0
    for (const size of this.#sizes.values()) sum += size
    return sum
  }

  /** Oldest first. */
  get segments(): readonly number[] {
    return [...this.#sizes.keys()]
  }

  /** Reads all there is, oldest first, and makes ready to append. */
  async open(heard: Heard): Promise<void> {
    await mkdir(this.#folder, { recursive: true })
    const names = (await readdir(this.#folder)).filter((name) => /^\d{6}\.seg$/.test(name)).sort()
    for (const name of names) await this.#read(Number(name.slice(0, 6)), name === names.at(-1), heard)
    this.#segment = names.length === 0 ? 1 : Number(names.at(-1)!.slice(0, 6))
    this.#file = await open(join(this.#folder, nameOf(this.#segment)), 'a')
    this.#sizes.set(this.#segment, this.#offset)
  }

  /** Answers once it is on the disk; undefined where it could not be written. */
  append(record: HistoryRecord, binary?: Uint8Array): Promise<Place | undefined> {
    const bytes = encode(record, binary)
    const { promise, resolve } = withResolvers<Place | undefined>()
    this.#waiting.push({ bytes, record, done: resolve })
    this.#work ??= this.#drain()
    return promise
  }

  /** The binary part of a record; undefined when it is gone. */
  async binary({
    segment,
    offset,
    bytes
  }: Place): Promise<{ record: HistoryRecord; binary: Uint8Array } | undefined> {
    try {
      const file = await open(join(this.#folder, nameOf(segment)), 'r')
      try {
        const buffer = Buffer.alloc(bytes)
        await file.read(buffer, 0, bytes, offset)
        return decode(buffer, 0)
      } finally {
        await file.close()
      }
    } catch {
      // A segment that retention took: the entry goes with it, so nobody asks twice.
      return undefined
    }
  }

  /** Removes one segment, never the running one. */
  async remove(segment: number): Promise<void> {
    if (segment === this.#segment) return
    this.#sizes.delete(segment)
    for (const name of [nameOf(segment), indexOf(segment)])
      await rm(join(this.#folder, name), { force: true })
  }

  async close(): Promise<void> {
    await this.#work
    await this.#file?.close()
    this.#file = undefined
  }

  async #drain(): Promise<void> {
    // What one step appends, one after another, goes in one flush.
    await Promise.resolve()
    while (this.#waiting.length > 0) {
      const batch = this.#waiting
      this.#waiting = []
      const placed = await this.#write(batch.map(({ bytes }) => bytes))
      for (const [at, { record, bytes, done }] of batch.entries()) {
        const offset = placed?.[at]
        if (offset === undefined) done(undefined)
        else {
          const place = { segment: this.#segment, offset, bytes: bytes.length }
          this.#lines.push(lineOf(record, place))
          done(place)
        }
      }
      if (this.#offset >= segmentBytes) await this.#rotate()
    }
    this.#work = undefined
  }

  /** Offsets of what was written; undefined where the disk refused. What a refused write left is cut off by the next one. */
  async #write(parts: readonly Buffer[]): Promise<readonly number[] | undefined> {
    try {
      this.#file ??= await open(join(this.#folder, nameOf(this.#segment)), 'a')
      if (this.fault !== '') await this.#file.truncate(this.#offset)
      await this.#file.write(Buffer.concat(parts))
      await this.#file.datasync()
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      if (this.fault === '') this.#tell(`Alerts are not kept: ${words}. They are told all the same.`)
      this.fault = words
      return undefined
    }
    this.fault = ''
    const offsets = parts.map((part) => {
      const offset = this.#offset
      this.#offset += part.length
      return offset
    })
    this.#sizes.set(this.#segment, this.#offset)
    return offsets
  }

  async #rotate(): Promise<void> {
    const lines = this.#lines.join('\n')
    const index = join(this.#folder, indexOf(this.#segment))
    try {
      await writeFile(`${index}.new`, `${crc32(Buffer.from(lines))}\n${lines}`)
      await rename(`${index}.new`, index)
      await this.#file?.close()
    } catch (error) {
      // Without an index the segment itself is read at the next start.
      this.#tell(
        `The index of alerts was not written: ${error instanceof Error ? error.message : String(error)}`
      )
    }
    this.#file = undefined
    this.#lines = []
    this.#segment++
    this.#offset = 0
    this.#sizes.set(this.#segment, 0)
  }

  async #read(segment: number, isLast: boolean, heard: Heard): Promise<void> {
    const path = join(this.#folder, nameOf(segment))
    this.#sizes.set(segment, (await stat(path)).size)
    if (!isLast && (await this.#readIndex(segment, heard))) return
    const file = await readFile(path)
    let offset = 0
    for (let found = decode(file, offset); found; found = decode(file, offset)) {
      const place = { segment, offset, bytes: found.bytes }
      heard(found.record, place)
      if (isLast) this.#lines.push(lineOf(found.record, place))
      offset += found.bytes
    }
    const torn = file.length - offset
    if (torn > 0)
      this.#tell(`The alert history ended in ${torn} bytes that are no whole record; they were left out`)
    if (!isLast) return
    if (torn > 0) await truncate(path, offset)
    this.#sizes.set(segment, offset)
    this.#offset = offset
  }

  async #readIndex(segment: number, heard: Heard): Promise<boolean> {
    const text = await readFile(join(this.#folder, indexOf(segment)), 'utf8').catch(() => '')
    const end = text.indexOf('\n')
    const body = text.slice(end + 1)
    if (end < 0 || Number(text.slice(0, end)) !== crc32(Buffer.from(body))) return false
    for (const line of body.split('\n')) {
      const [offset = '', bytes = ''] = line.split(' ', 2)
      const json = line.slice(offset.length + bytes.length + 2)
      heard(parse(json), { segment, offset: Number(offset), bytes: Number(bytes) })
    }
    return true
  }
}

const indexOf = (segment: number): string => nameOf(segment).replace('.seg', '.idx')

/** What an index holds of a record: not the figures, which only the evidence needs. */
const lineOf = (record: HistoryRecord, { offset, bytes }: Place): string =>
  `${offset} ${bytes} ${JSON.stringify(record.k === 'evidence' ? { ...record, figures: {} } : record)}`

function withResolvers<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve!: (value: T) => void
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
