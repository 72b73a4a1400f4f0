import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline, Writable } from 'node:stream'
import { createGunzip } from 'node:zlib'

const newline = 0x0a
const megabyte = 2 ** 20
/** A snapshot of the deepest book is some 2 MB; a longer line is not one of ours. */
const longestLine = 64 * megabyte
/** Text of this kind shrinks tenfold; a file that grows more than this is made to hurt. */
const largestRatio = 200
const gzipMagic = Buffer.from([0x1f, 0x8b])

/** What came of reading: `reason` in words for the user when it did not come to the end. */
export type LinesEnd = { readonly ok: true } | { readonly ok: false; readonly reason: string }

/**
 * Takes one line without its newline (empty ones are left out), its number from 1 on, and whether its newline was there: the last line of a cut off
 * file lacks it. Answers with what is wrong with the line, in words; nothing is read after that.
 */
export type LineTaker = (line: Buffer, number: number, isEnded: boolean) => string | undefined

/**
 * Reads a text file, gzip or not, line by line. Never throws for what is wrong with the file: a missing, cut off or refused one ends with a reason that
 * begins with the path. A throw out of `take` is a bug and is thrown on.
 */
export async function readLines(path: string, take: LineTaker): Promise<LinesEnd> {
  const found = await headOf(path)
  if (!found.ok) return found
  const zipped = found.head.subarray(0, 2).equals(gzipMagic)
  const lines = new Cutter(take)
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
    },
    final(done) {
      try {
        lines.end()
      } catch (error) {
        done(error as Error)
        return
      }
      done()
    }
  })
  const trouble = await new Promise<Error | null | undefined>((resolve) => {
    if (zipped) pipeline(file, createGunzip(), sink, resolve)
    else pipeline(file, sink, resolve)
  })
  if (!trouble) return { ok: true }
  const reason = reasonOf(trouble, lines.whole)
  if (reason === undefined) throw trouble
  return { ok: false, reason: `${path}: ${reason}` }
}

/** Something wrong with the file, as opposed to a bug in who reads it. */
class Trouble extends Error {}

/** Cuts chunks into lines; a line may span chunks. */
class Cutter {
  bytes = 0
  /** Lines that came with their end. */
  whole = 0
  #rest: Buffer = Buffer.alloc(0)
  readonly #take: LineTaker

  constructor(take: LineTaker) {
    this.#take = take
  }

  push(chunk: Buffer): void {
    this.bytes += chunk.length
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    let from = 0
    for (let to = all.indexOf(newline); to !== -1; to = all.indexOf(newline, from)) {
      this.#line(all.subarray(from, to), true)
      from = to + 1
    }
    this.#rest = all.subarray(from)
    if (this.#rest.length > longestLine) throw new Trouble(`line ${this.whole + 1} is longer than 64 MB`)
  }

  end(): void {
    this.#line(this.#rest, false)
  }

  #line(line: Buffer, isEnded: boolean): void {
    const number = this.whole + 1
    if (isEnded) this.whole = number
    if (line.length === 0) return
    const wrong = this.#take(line, number, isEnded)
    if (wrong !== undefined) throw new Trouble(wrong)
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

/** What is wrong with the file in words, `whole` lines of which were read; undefined when it is no fault of the file. */
function reasonOf(error: Error, whole = 0): string | undefined {
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
      return `cut off ${place(whole)}: the compressed data end too early`
    case 'Z_DATA_ERROR':
      return `damaged: the compressed data do not add up, which shows ${place(whole)}`
    default:
      return code === undefined ? undefined : `could not be read (${code})`
  }
}

const place = (whole: number): string => (whole === 0 ? 'inside line 1' : `after line ${whole}`)
