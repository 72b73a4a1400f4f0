import type { GrowingFile, TapeFiles } from '../files'
import { formatVersion, packBlock, segmentMagic } from './block'
import { RecordBuffer } from './record'
import type { SealedBlock } from './segment-index'
import { IndexBuilder, packIndex } from './segment-index'

/** What a stream of frames is: a line to a venue, or its requests. */
export interface StreamSpec {
  readonly venue: string
  readonly leg: string
  readonly url: string
}

export interface SegmentStart {
  readonly name: string
  readonly streams: readonly StreamSpec[]
  readonly instruments: Iterable<string>
  readonly mono: number
  readonly wall: number
}

const mostNames = 4 * 2 ** 20

/** One segment that is being written. Every method throws what the disk says; after that the segment is given up. */
export class SegmentFile {
  readonly name: string
  readonly startedAt: number
  readonly index = new IndexBuilder()
  bytes = 0
  readonly #file: GrowingFile

  private constructor({ name, mono }: SegmentStart, file: GrowingFile) {
    this.name = name
    this.startedAt = mono
    this.#file = file
  }

  /** Begins with the names of all streams, so that it can be read without the segment before it. */
  static async create(files: TapeFiles, start: SegmentStart): Promise<SegmentFile> {
    const { streams, mono: monoStart, wall: wallStart } = start
    const names = new RecordBuffer(mostNames)
    for (const [place, spec] of streams.entries())
      names.push('stream', place + 1, 0, Buffer.from(JSON.stringify(spec)))
    // Names are nobody's record and are not counted.
    const { bytes, count } = names
    const times = { monoStart, wallStart }
    const head = { ...times, count, firstRecord: NaN, isKeyframe: false }
    const first = count > 0 ? [packBlock(bytes, head)] : []
    const segment = new SegmentFile(start, await files.create(start.name))
    for (const id of start.instruments) segment.index.name(id)
    await segment.#append(Buffer.concat([segmentMagic, Buffer.of(formatVersion), ...first]))
    return segment
  }

  async append(block: SealedBlock): Promise<void> {
    const offset = this.bytes
    await this.#append(block.bytes)
    this.index.add(block, offset)
  }

  sync(): Promise<void> {
    return this.#file.sync()
  }

  /** Writes the index: from now on nobody has to walk it. */
  async close(): Promise<void> {
    await this.#append(packIndex(this.index.index, this.bytes))
    await this.#file.sync()
    await this.#file.close()
  }

  /** It failed already: what closing says of it helps nobody. */
  async giveUp(): Promise<void> {
    await this.#file.close().catch(() => undefined)
  }

  async #append(bytes: Buffer): Promise<void> {
    await this.#file.append(bytes)
    this.bytes += bytes.length
  }
}
