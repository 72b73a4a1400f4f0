import { createReadStream } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'

const megabyte = 2 ** 20
/** Text of this kind shrinks tenfold; a file that grows more than this is made to hurt. */
const largestRatio = 200
/** A day of the busiest market unpacks to some 20 GB. */
const mostUnpacked = 64 * 2 ** 30

export interface BoundedFile {
  readonly stream: Readable
  readonly bytes: number
  /** Bytes of the file that were read so far. */
  readonly read: () => number
}

/** A text file, gzip or not, unpacked within bounds: a bomb ends the stream with an error in words. Throws what the disk says. */
export async function openBounded(path: string): Promise<BoundedFile> {
  const { size } = await stat(path)
  const file = await open(path)
  const head = Buffer.alloc(2)
  await file.read(head, 0, 2, 0)
  await file.close()
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  const read = () => source.bytesRead
  const isPacked = head[0] === 0x1f && head[1] === 0x8b
  let unpacked = 0
  const guard = new Transform({
    transform(chunk: Buffer, _, done) {
      unpacked += chunk.length
      const isBomb = isPacked && unpacked > megabyte && unpacked > Math.max(read(), 1) * largestRatio
      if (isBomb)
        done(new Error(`${path}: unpacks to more than ${largestRatio} times its size, not reading on`))
      else if (unpacked > mostUnpacked) done(new Error(`${path}: more than 64 GB, not reading on`))
      else done(null, chunk)
    }
  })
  // An error anywhere ends the guard with it, and whoever reads that is told.
  const ended = () => undefined
  if (isPacked) pipeline(source, createGunzip(), guard, ended)
  else pipeline(source, guard, ended)
  return { stream: guard, bytes: size, read }
}
