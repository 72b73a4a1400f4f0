import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { BlockHead } from './block'
import { blockHead, formatVersion, readBlockHead, segmentHead, segmentMagic, unpackBlock } from './block'
import type { TapeRecord } from './record'
import { recordsIn } from './record'
import type { SegmentIndex } from './segment-index'
import { indexOffset, readIndex, trailerLength } from './segment-index'

/** Where a block lies, without its records. */
export interface BlockPlace extends BlockHead {
  /** Bytes from the start of the file. */
  readonly offset: number
}

export interface ReadBlock {
  readonly head: BlockHead
  readonly records: readonly TapeRecord[]
}

/** What a segment holds: whole blocks up to `end`, and `torn` bytes behind them that are no whole block. */
export interface SegmentScan {
  readonly blocks: readonly BlockPlace[]
  readonly end: number
  readonly torn: number
}

const windowBytes = 2 ** 20

/** A segment that is open for reading. Nothing in it is believed before its checksum was found right. */
export class SegmentReader {
  readonly #file: FileHandle
  readonly size: number
  /** The stretch of the file that was read last. */
  #window: Buffer = Buffer.alloc(0)
  #windowAt = 0

  private constructor(file: FileHandle, size: number) {
    this.#file = file
    this.size = size
  }

  /** The reader, or in words why the file is no segment. Never throws for what is wrong with the file. */
  static async open(path: string): Promise<SegmentReader | { readonly reason: string }> {
    let file: FileHandle
    try {
      file = await open(path, 'r')
    } catch (error) {
      return { reason: `${path}: ${error instanceof Error ? error.message : String(error)}` }
    }
    const head = Buffer.alloc(segmentHead)
    const { bytesRead } = await file.read(head, 0, segmentHead, 0)
    const version = head[segmentHead - 1]!
    const isOurs = bytesRead === segmentHead && head.subarray(0, segmentMagic.length).equals(segmentMagic)
    if (isOurs && version === formatVersion) return new SegmentReader(file, (await file.stat()).size)
    await file.close()
    if (!isOurs) return { reason: `${path}: no tape of Steelyard` }
    return {
      reason: `${path}: format ${version}, written by a newer Steelyard; this one reads ${formatVersion}`
    }
  }

  /** What the segment says of itself; undefined for one that was not closed. */
  async index(): Promise<{ readonly index: SegmentIndex; readonly offset: number } | undefined> {
    if (this.size < segmentHead + trailerLength) return undefined
    const trailer = Buffer.alloc(trailerLength)
    await this.#file.read(trailer, 0, trailerLength, this.size - trailerLength)
    const offset = indexOffset(trailer, this.size)
    if (offset === undefined) return undefined
    const block = Buffer.alloc(this.size - trailerLength - offset)
    await this.#file.read(block, 0, block.length, offset)
    const index = readIndex(block)
    return index && { index, offset }
  }

  /** Walks the heads, checking the last block whole: a torn tail ends in the middle of one. The index is no block of records and is left out. */
  async scan(from = segmentHead): Promise<SegmentScan> {
    const closed = await this.index()
    const end = closed?.offset ?? this.size
    const blocks: BlockPlace[] = []
    let offset = from
    for (let block = await this.blockAt(offset, end); block; block = await this.blockAt(offset, end)) {
      blocks.push(block)
      offset += blockHead + block.packedLength
    }
    while (blocks.length > 0 && !(await this.read(blocks.at(-1)!))) offset = blocks.pop()!.offset
    return { blocks, end: offset, torn: end - offset }
  }

  /** The head of the block at an offset; undefined where there is no whole block before `end`. Its checksum is not looked at. */
  async blockAt(offset: number, end: number): Promise<BlockPlace | undefined> {
    if (offset + blockHead > end) return undefined
    const bytes = await this.#bytes(offset, blockHead)
    const head = bytes && readBlockHead(bytes)
    if (!head || offset + blockHead + head.packedLength > end) return undefined
    return { ...head, offset }
  }

  /** A block's records; undefined when it is damaged. */
  async read({
    offset,
    packedLength,
    rawLength,
    count,
    ...times
  }: BlockPlace): Promise<ReadBlock | undefined> {
    const block = await this.#bytes(offset, blockHead + packedLength)
    if (!block) return undefined
    const head = { packedLength, rawLength, count, ...times }
    const raw = unpackBlock(block, head)
    const records = raw && recordsIn(raw, count)
    return records && { head, records }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  /** Reads ahead: blocks are small and follow one another. Valid until the next call. */
  async #bytes(offset: number, length: number): Promise<Buffer | undefined> {
    if (offset < this.#windowAt || offset + length > this.#windowAt + this.#window.length) {
      const window = Buffer.allocUnsafe(Math.max(length, Math.min(windowBytes, this.size - offset)))
      const { bytesRead } = await this.#file.read(window, 0, window.length, offset)
      this.#window = window.subarray(0, bytesRead)
      this.#windowAt = offset
    }
    const from = offset - this.#windowAt
    const bytes = this.#window.subarray(from, from + length)
    return bytes.length === length ? bytes : undefined
  }
}
