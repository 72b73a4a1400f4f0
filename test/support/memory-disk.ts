import type { FoundFile, TapeFiles } from '../../src-main/engine/tape/files'
import { blockHead, readBlockHead, segmentHead, unpackBlock } from '../../src-main/engine/tape/segment/block'
import { recordsIn } from '../../src-main/engine/tape/segment/record'

/** A disk in memory that can be full. */
export class MemoryDisk implements TapeFiles {
  readonly files = new Map<string, Buffer>()
  isFull = false
  synced = 0

  create(name: string) {
    this.#write(name, Buffer.alloc(0))
    return Promise.resolve({
      append: async (bytes: Uint8Array) => {
        this.#write(name, Buffer.concat([this.files.get(name)!, bytes]))
      },
      sync: async () => {
        this.synced++
      },
      close: async () => undefined
    })
  }
  list(): Promise<FoundFile[]> {
    return Promise.resolve([...this.files].map(([name, { length }]) => ({ name, bytes: length })))
  }
  async remove(name: string) {
    this.files.delete(name)
  }
  /** Kind and text of every record, segment after segment. */
  get records() {
    return [...this.files.keys()].flatMap((name) => this.recordsOf(name))
  }
  recordsOf(name: string): { kind: string; text: string; at: number }[] {
    const file = this.files.get(name)!
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
  #write(name: string, bytes: Buffer): void {
    if (this.isFull) throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    this.files.set(name, bytes)
  }
}
