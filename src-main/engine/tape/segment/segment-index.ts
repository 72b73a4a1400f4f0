import * as v from 'valibot'
import { packBlock, readBlockHead, unpackBlock, blockHead } from './block'
import { RecordBuffer, recordsIn } from './record'

/** A place in a segment where reading may begin: a block that begins with the state of all books and lines. */
export interface KeyframePlace {
  /** Bytes from the start of the file. */
  readonly offset: number
  /** Wall ms of the block's start. */
  readonly at: number
}

/** What a closed segment says of itself, so that nobody has to walk it. */
export interface SegmentIndex {
  /** Wall ms of its first and last record. */
  readonly from: number
  readonly to: number
  readonly records: number
  readonly frames: number
  readonly dropped: number
  readonly instruments: readonly string[]
  readonly keyframes: readonly KeyframePlace[]
}

/** A block that is ready for the disk, and what the index must know of it. */
export interface SealedBlock {
  readonly bytes: Buffer
  readonly wallStart: number
  readonly wallEnd: number
  readonly count: number
  readonly frames: number
  /** Frames that were lost before it. */
  readonly dropped: number
  readonly isKeyframe: boolean
}

const trailerMagic = 0x5844_4954
/** Magic, then the offset of the index block as a double. */
export const trailerLength = 12

/** Gathers the index of one segment while it is written. */
export class IndexBuilder {
  readonly #keyframes: KeyframePlace[] = []
  readonly #instruments = new Set<string>()
  #from = NaN
  #to = NaN
  #records = 0
  #frames = 0
  #dropped = 0

  add(block: Omit<SealedBlock, 'bytes'>, offset: number): void {
    const { wallStart, wallEnd, count, frames, dropped, isKeyframe } = block
    if (Number.isNaN(this.#from)) this.#from = wallStart
    this.#to = wallEnd
    this.#records += count
    this.#frames += frames
    this.#dropped += dropped
    if (isKeyframe) this.#keyframes.push({ offset, at: wallStart })
  }

  name(instrument: string): void {
    this.#instruments.add(instrument)
  }

  get index(): SegmentIndex {
    return {
      ...{ from: this.#from, to: this.#to, records: this.#records, frames: this.#frames },
      ...{ dropped: this.#dropped, instruments: [...this.#instruments].sort(), keyframes: this.#keyframes }
    }
  }
}

/** The last bytes of a closed segment: a block with the index, and where it lies. */
export function packIndex({ keyframes, ...index }: SegmentIndex, offset: number): Buffer {
  const pairs = keyframes.map((keyframe) => [keyframe.offset, keyframe.at])
  const text = Buffer.from(JSON.stringify({ ...index, keyframes: pairs }))
  const records = new RecordBuffer(text.length + 64)
  records.push('index', 0, 0, text)
  const times = { monoStart: NaN, wallStart: NaN, firstRecord: NaN, isKeyframe: false }
  const trailer = Buffer.alloc(trailerLength)
  trailer.writeUInt32LE(trailerMagic, 0)
  trailer.writeDoubleLE(offset, 4)
  return Buffer.concat([packBlock(records.bytes, { count: 1, ...times }), trailer])
}

/** Where the index block begins, from the last bytes of a file of `size`; undefined when they are no trailer. */
export function indexOffset(trailer: Buffer, size: number): number | undefined {
  if (trailer.length < trailerLength || trailer.readUInt32LE(0) !== trailerMagic) return undefined
  const offset = trailer.readDoubleLE(4)
  return Number.isInteger(offset) && offset >= 8 && offset < size - trailerLength ? offset : undefined
}

const whole = v.pipe(v.number(), v.minValue(0))
const indexSchema = v.object({
  from: v.nullable(v.number()),
  to: v.nullable(v.number()),
  records: whole,
  frames: whole,
  dropped: whole,
  instruments: v.array(v.string()),
  keyframes: v.array(v.strictTuple([whole, v.number()]))
})

/** The index in the bytes of its block; undefined when it is damaged or none. */
export function readIndex(block: Buffer): SegmentIndex | undefined {
  const head = readBlockHead(block)
  if (head?.count !== 1) return undefined
  const raw = unpackBlock(block.subarray(0, blockHead + head.packedLength), head)
  const record = raw && recordsIn(raw, 1)?.[0]
  if (record?.kind !== 'index') return undefined
  try {
    const found = v.safeParse(indexSchema, JSON.parse(Buffer.from(record.bytes).toString('utf8')))
    if (!found.success) return undefined
    const { from, to, keyframes, ...counts } = found.output
    return {
      ...{ ...counts, from: from ?? NaN, to: to ?? NaN },
      keyframes: keyframes.map(([offset, at]) => ({ offset, at }))
    }
  } catch {
    // The checksum was right and the text is no JSON: not written by us. The caller walks the segment instead.
    return undefined
  }
}
