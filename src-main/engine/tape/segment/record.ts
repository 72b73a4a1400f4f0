/**
 * What a tape holds. Frames are the exact bytes of the wire; the rest is what the recorder itself saw, as JSON.
 * `stream`: names a line or a venue's requests, before its first frame in a segment · `open` a line was opened · `tx` sent · `rx` received · `http` the address,
 * a newline, the answer · `closed` a line ended · `gap` a book lost its thread · `dropped` frames that could not be kept · `clock` the wall clock jumped ·
 * `start`, `stop` of the recorder · `instrument` as its frames must be read · `socket`, `book` the state of a line and of a book, of which keyframes are made ·
 * `index` of the segment · `columns`, `second`, `depth`, `event` figures of a second, the book around the touch and what metrics saw, in the folder of seconds.
 */
export const recordKinds = [
  ...(['stream', 'open', 'tx', 'rx', 'http'] as const),
  ...(['closed', 'gap', 'dropped', 'clock', 'start', 'stop'] as const),
  ...(['instrument', 'socket', 'book', 'index', 'columns', 'second', 'depth', 'event'] as const)
]
export type RecordKind = (typeof recordKinds)[number]

export interface TapeRecord {
  readonly kind: RecordKind
  /** Number of the stream within its segment; 0 for what belongs to none. */
  readonly stream: number
  /** Microseconds since the start of its block, on the monotonic clock. */
  readonly offsetUs: number
  readonly bytes: Uint8Array
}

/** Kind, a byte of nothing, stream (u16), offset (u32), length (u32); little endian like everything in a segment. */
export const recordHead = 12
export const mostOffsetUs = 0xffff_ffff

/** Records of one block, back to back, in memory that grows to its cap and is then full. */
export class RecordBuffer {
  count = 0
  #buffer: Buffer
  #used = 0
  readonly #most: number

  constructor(most: number) {
    this.#most = most
    this.#buffer = Buffer.allocUnsafe(Math.min(most, 64 * 1024))
  }

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#used)
  }

  /** False, with nothing kept, when it does not fit. */
  push(kind: RecordKind, stream: number, offsetUs: number, bytes: Uint8Array): boolean {
    const needed = this.#used + recordHead + bytes.byteLength
    if (needed > this.#most) return false
    if (needed > this.#buffer.length) this.#grow(needed)
    const buffer = this.#buffer
    let at = this.#used
    buffer[at] = recordKinds.indexOf(kind)
    buffer[at + 1] = 0
    at = buffer.writeUInt16LE(stream, at + 2)
    at = buffer.writeUInt32LE(Math.min(mostOffsetUs, Math.max(0, Math.round(offsetUs))), at)
    at = buffer.writeUInt32LE(bytes.byteLength, at)
    buffer.set(bytes, at)
    this.#used = needed
    this.count++
    return true
  }

  clear(): void {
    this.#used = 0
    this.count = 0
  }

  #grow(needed: number): void {
    const grown = Buffer.allocUnsafe(Math.min(this.#most, Math.max(needed, this.#buffer.length * 2)))
    grown.set(this.bytes)
    this.#buffer = grown
  }
}

/** The records of an unpacked block; undefined when they do not fill it exactly. Bytes are views on `block`. */
export function recordsIn(block: Buffer, count: number): TapeRecord[] | undefined {
  const records: TapeRecord[] = []
  let at = 0
  while (at < block.length) {
    if (block.length - at < recordHead) return undefined
    const kind = recordKinds[block[at]!]
    const length = block.readUInt32LE(at + 8)
    const from = at + recordHead
    if (kind === undefined || from + length > block.length) return undefined
    records.push({
      kind,
      stream: block.readUInt16LE(at + 2),
      offsetUs: block.readUInt32LE(at + 4),
      bytes: block.subarray(from, from + length)
    })
    at = from + length
  }
  return records.length === count ? records : undefined
}
