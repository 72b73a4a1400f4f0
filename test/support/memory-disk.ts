import type { FoundFile, TapeFiles } from '../../src-main/engine/tape/files'
import { blockHead, readBlockHead, segmentHead, unpackBlock } from '../../src-main/engine/tape/segment/block'
import { recordsIn } from '../../src-main/engine/tape/segment/record'

/** A disk in memory that can be full. */
export class MemoryDisk implements TapeFiles {
  /** What was appended, piece by piece. */
  readonly files = new Map<string, Buffer[]>()
  isFull = false
  synced = 0

  create(name: string) {
    this.#write(name)
    return Promise.resolve({
      append: async (bytes: Uint8Array) => {
        this.#write(name, bytes)
      },
      sync: async () => {
        this.synced++
      },
      close: async () => undefined
    })
  }
  list(): Promise<FoundFile[]> {
    return Promise.resolve(
      [...this.files].map(([name, pieces]) => ({
        name,
        bytes: pieces.reduce((sum, { length }) => sum + length, 0)
      }))
    )
  }
  async remove(name: string) {
    this.files.delete(name)
  }
  /** Kind and text of every record, segment after segment. */
  get records() {
    return [...this.files.keys()].flatMap((name) => this.recordsOf(name))
  }
  recordsOf(name: string): { kind: string; text: string; at: number }[] {
    const file = Buffer.concat(this.files.get(name)!)
    const found = []
    for (let at = segmentHead; at < file.length;) {
      const head = readBlockHead(file.subarray(at))
      // The trailer of a closed segment.
      if (!head) break
      const block = file.subarray(at, at + blockHead + head.packedLength)
      for (const { kind, bytes, offsetUs } of recordsIn(unpackBlock(block, head)!, head.count)!)
        found.push({
          kind,
          text: Buffer.from(bytes).toString(),
          at: head.wallStart + offsetUs / 1_000
        })
      at += block.length
    }
    return found
  }
  #write(name: string, ...bytes: Uint8Array[]): void {
    if (this.isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    const pieces = this.files.get(name) ?? []
    this.files.set(name, pieces)
    pieces.push(...bytes.map((piece) => Buffer.from(piece)))
  }
}
