import type { FileHandle } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import type { BlockHead } from './block'
import { blockHead, formatVersion, readBlockHead, segmentHead, segmentMagic, unpackBlock } from './block'
import type { TapeRecord } from './record'
import { recordsIn } from './record'

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

/** A segment that is open for reading. Nothing in it is believed before its checksum was found right. */
export class SegmentReader {
  readonly #file: FileHandle
  readonly size: number

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

  /** Walks the heads from `from` on, checking the last block whole: a torn tail ends in the middle of one. */
  async scan(from = segmentHead): Promise<SegmentScan> {
    const blocks: BlockPlace[] = []
    let offset = from
    for (;;) {
      const head = await this.#headAt(offset)
      if (!head || offset + blockHead + head.packedLength > this.size) break
      blocks.push({ ...head, offset })
      offset += blockHead + head.packedLength
    }
    while (blocks.length > 0 && !(await this.read(blocks.at(-1)!))) offset = blocks.pop()!.offset
    return { blocks, end: offset, torn: this.size - offset }
  }

  /** A block's records; undefined when it is damaged. */
  async read({
    offset,
    packedLength,
    rawLength,
    count,
    ...times
  }: BlockPlace): Promise<ReadBlock | undefined> {
    const block = Buffer.allocUnsafe(blockHead + packedLength)
    const { bytesRead } = await this.#file.read(block, 0, block.length, offset)
    if (bytesRead < block.length) return undefined
    const head = { packedLength, rawLength, count, ...times }
    const raw = unpackBlock(block, head)
    const records = raw && recordsIn(raw, count)
    return records && { head, records }
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  async #headAt(offset: number): Promise<BlockHead | undefined> {
    if (offset + blockHead > this.size) return undefined
    const bytes = Buffer.allocUnsafe(blockHead)
    await this.#file.read(bytes, 0, blockHead, offset)
    return readBlockHead(bytes)
  }
}
