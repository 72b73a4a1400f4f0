import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { TapeFrame } from './line'
import { readLine } from './line'

const newline = 0x0a
const megabyte = 2 ** 20
/** A snapshot of the deepest book is some 2 MB; a longer line is not one of ours. */
const longestLine = 64 * megabyte
/** Text of this kind shrinks tenfold; a file that grows more than this is made to hurt. */
const largestRatio = 200
const gzipMagic = Buffer.from([0x1f, 0x8b])

export type TapeEnd =
  | { readonly ok: true; readonly lines: number }
  /** In words for the user; `lines` were read before. */
  | { readonly ok: false; readonly reason: string; readonly lines: number }

/**
 * Reads a capture, gzip or not, and hands over frame after frame in file order. Never throws for what is wrong with the file: a missing, cut off or
 * foreign one ends with a reason. A throw out of `onFrame` is a bug and is thrown on.
 */
export async function readTape(path: string, onFrame: (frame: TapeFrame) => void): Promise<TapeEnd> {
  const found = await headOf(path)
  if (!found.ok) return { ok: false, lines: 0, reason: found.reason }
  const zipped = found.head.subarray(0, 2).equals(gzipMagic)
  const lines = new Lines(path, onFrame)
  const file = createReadStream(path, { highWaterMark: 256 * 1024 })
  let packed = 0
  file.on('data', (chunk) => (packed += chunk.length))
  const sink = new Writable({
    write(chunk: Buffer, _, done) {
      try {
        lines.push(chunk)
      } catch (error) {
        done(error as Error)
        return
      }
      const bomb = zipped && lines.bytes > megabyte && lines.bytes > packed * largestRatio
      done(bomb ? new Trouble(`unpacks to more than ${largestRatio} times its size, not reading on`) : null)
    }
  })
  const trouble = await new Promise<Error | null | undefined>((resolve) => {
    if (zipped) pipeline(file, createGunzip(), sink, resolve)
    else pipeline(file, sink, resolve)
  })
  if (!trouble) return lines.end()
  const reason = reasonOf(trouble)
  if (reason === undefined) throw trouble
  return { ok: false, lines: lines.count, reason: `${path}: ${reason}` }
}

/** Something wrong with the file, as opposed to a bug in who reads it. */
class Trouble extends Error {}

/** Cuts chunks into lines; a line may span chunks. */
class Lines {
  count = 0
  bytes = 0
  #rest: Buffer = Buffer.alloc(0)
  readonly #path: string
  readonly #onFrame: (frame: TapeFrame) => void

  constructor(path: string, onFrame: (frame: TapeFrame) => void) {
    this.#path = path
    this.#onFrame = onFrame
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let from = 0
    for (let to = all.indexOf(newline); to !== -1; to = all.indexOf(newline, from)) {
      this.#line(all.subarray(from, to))
      from = to + 1
    }
    this.#rest = all.subarray(from)
    if (this.#rest.length > longestLine) throw new Trouble(`line ${this.count + 1} is longer than 64 MB`)
  }

  end(): TapeEnd {
    if (this.#rest.length > 0) {
      const frame = readLine(this.#rest)
      if (!frame) {
        const reason = `${this.#path}: cut off in the middle of line ${this.count + 1}`
        return { ok: false, lines: this.count, reason }
      }
      this.count++
      this.#onFrame(frame)
    }
    if (this.count === 0) return { ok: false, lines: 0, reason: `${this.#path}: the file is empty` }
    return { ok: true, lines: this.count }
  }

  #line(line: Buffer): void {
    if (line.length === 0) return
    const frame = readLine(line)
    if (!frame)
      throw new Trouble(
        `line ${this.count + 1} is no capture line (known: {"t","k","raw"} lines, and "<nanoseconds> <frame>" lines)`
      )
    this.count++
    this.#onFrame(frame)
  }
}

async function headOf(
  path: string
): Promise<{ readonly ok: true; readonly head: Buffer } | { readonly ok: false; readonly reason: string }> {
  try {
    const file = await open(path)
    try {
      const head = Buffer.alloc(2)
      await file.read(head, 0, 2, 0)
      return { ok: true, head }
    } finally {
      await file.close()
    }
  } catch (error) {
    return { ok: false, reason: `${path}: ${reasonOf(error as Error) ?? String(error)}` }
  }
}

/** What is wrong with the file in words; undefined when it is no fault of the file. */
function reasonOf(error: Error): string | undefined {
  if (error instanceof Trouble) return error.message
  const { code } = error as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EISDIR':
      return 'that is a folder, not a file'
    case 'EACCES':
      return 'may not be read (no permission)'
    case 'Z_BUF_ERROR':
      return 'cut off: the compressed data end too early'
    case 'Z_DATA_ERROR':
      return 'damaged: the compressed data do not add up'
    default:
      return code === undefined ? undefined : `could not be read (${code})`
  }
}
