import type { WriteStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { Gzip } from 'node:zlib'
import { constants, createGzip } from 'node:zlib'
import type { Clock } from '../feed/clock'

const megabyte = 2 ** 20
const flushMs = 1_000
const chunkBytes = 64 * 1024
/** What may wait for the disk. Beyond it the tape ends: one with a hole would look like a venue's loss. */
const mostWaiting = 64 * megabyte

const words: Readonly<Record<string, string>> = {
  EEXIST: 'there is already such a file',
  ENOENT: 'there is no such folder',
  EACCES: 'may not be written (no permission)',
  EISDIR: 'that is a folder, not a file',
  EROFS: 'the disk may only be read',
  ENOSPC: 'the disk is full'
}

/** A new capture on disk, written line by line; packed when its name ends in `.gz`. What was written a second ago survives a kill. */
export class CaptureWriter {
  readonly #path: string
  readonly #file: WriteStream
  readonly #gzip: Gzip | undefined
  readonly #cancel: () => void
  readonly #onTrouble: (reason: string) => void
  #lines: string[] = []
  #length = 0
  #trouble: string | undefined
  /** Bytes of text taken so far. */
  bytes = 0

  private constructor(path: string, file: WriteStream, clock: Clock, onTrouble: (reason: string) => void) {
    this.#path = path
    this.#file = file
    this.#onTrouble = onTrouble
    this.#gzip = path.endsWith('.gz') ? createGzip() : undefined
    this.#gzip?.pipe(file)
    for (const stream of [file, this.#gzip])
      stream?.on('error', (error: NodeJS.ErrnoException) => {
        this.#fail(inWords(error))
      })
    this.#cancel = clock.every(flushMs, () => {
      this.#flush()
      this.#gzip?.flush(constants.Z_SYNC_FLUSH)
    })
  }

  /** Never writes over a file that is there. `onTrouble` hears once, in words, why nothing more can be written. */
  static async create(
    path: string,
    clock: Clock,
    onTrouble: (reason: string) => void
  ): Promise<CaptureWriter | { readonly reason: string }> {
    try {
      const handle = await open(path, 'wx')
      return new CaptureWriter(path, handle.createWriteStream(), clock, onTrouble)
    } catch (error) {
      return { reason: `${path}: ${inWords(error as NodeJS.ErrnoException)}` }
    }
  }

  write(line: string): void {
    if (this.#trouble !== undefined) return
    this.#lines.push(line)
    this.#length += line.length + 1
    this.bytes += line.length + 1
    if (this.#length >= chunkBytes) this.#flush()
  }

  /** All is on disk when this answers; with a reason when something is not. */
  async finish(): Promise<string | undefined> {
    this.#cancel()
    this.#flush()
    const last = this.#gzip ?? this.#file
    last.end()
    try {
      await finished(this.#file)
    } catch (error) {
      this.#fail(inWords(error as NodeJS.ErrnoException))
    }
    return this.#trouble
  }

  #flush(): void {
    if (this.#trouble !== undefined || this.#lines.length === 0) return
    const stream = this.#gzip ?? this.#file
    stream.write(this.#lines.join('\n') + '\n')
    this.#lines = []
    this.#length = 0
    const waiting = this.#file.writableLength + (this.#gzip?.writableLength ?? 0)
    if (waiting > mostWaiting) this.#fail('the disk does not keep up, the tape ends here')
  }

  #fail(reason: string): void {
    if (this.#trouble !== undefined) return
    this.#trouble = `${this.#path}: ${reason}`
    this.#lines = []
    this.#onTrouble(this.#trouble)
  }
}

function inWords({ code, message }: NodeJS.ErrnoException): string {
  return (code === undefined ? undefined : words[code]) ?? `could not be written (${code ?? message})`
}
