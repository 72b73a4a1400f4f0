import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { filesIn } from './files'
import { startOf } from './segment-name'
import { SegmentReader } from './segment/reader'
import { IndexBuilder, packIndex } from './segment/segment-index'

export interface Recovered {
  readonly name: string
  /** Bytes of a last block that was not whole and were cut off. */
  readonly torn: number
}

/** Makes whole what a killed recorder left in a folder: cuts torn tails off and writes the missing indexes. Call it before anything is recorded there. */
export async function recoverTape(folder: string): Promise<readonly Recovered[]> {
  const found = await filesIn(folder).list()
  const recovered: Recovered[] = []
  for (const { name } of found) {
    if (startOf(name) === undefined) continue
    const torn = await recoverSegment(join(folder, name))
    if (torn !== undefined) recovered.push({ name, torn })
  }
  return recovered
}

/** The bytes that were cut off; undefined when there was nothing to do, or the file is none of ours. Throws what the disk says. */
async function recoverSegment(path: string): Promise<number | undefined> {
  const reader = await SegmentReader.open(path)
  if (!(reader instanceof SegmentReader)) return undefined
  try {
    if (await reader.index()) return undefined
    const { end, torn } = await reader.scan()
    const { index } = await indexOf(reader)
    const file = await open(path, 'r+')
    try {
      await file.truncate(end)
      await file.write(packIndex(index.index, end), undefined, undefined, end)
      await file.datasync()
    } finally {
      await file.close()
    }
    return torn
  } finally {
    await reader.close()
  }
}

/** The index of a segment as it would have been written at its close, from its records; and how many blocks could not be read. */
export async function indexOf(
  reader: SegmentReader
): Promise<{ readonly index: IndexBuilder; readonly damaged: number }> {
  const index = new IndexBuilder()
  let damaged = 0
  const { blocks } = await reader.scan()
  for (const place of blocks) {
    const block = await reader.read(place)
    if (!block) damaged++
    // Names repeated at the start are nobody's record.
    else if (!Number.isNaN(place.firstRecord)) {
      const { records, head } = block
      const kinds = records.map(({ kind }) => kind)
      const dropped = records.filter(({ kind }) => kind === 'dropped').map(({ bytes }) => droppedIn(bytes))
      for (const { kind, bytes } of records) if (kind === 'instrument') index.name(idIn(bytes))
      const frames = kinds.filter((kind) => kind === 'rx' || kind === 'tx' || kind === 'http').length
      const wallEnd = head.wallStart + (records.at(-1)?.offsetUs ?? 0) / 1_000
      const { wallStart, count, isKeyframe } = head
      const sum = dropped.reduce((total, it) => total + it, 0)
      index.add({ wallStart, wallEnd, count, frames, dropped: sum, isKeyframe }, place.offset)
    }
  }
  return { index, damaged }
}

const textOf = (bytes: Uint8Array): unknown => JSON.parse(Buffer.from(bytes).toString('utf8'))
const idIn = (bytes: Uint8Array): string => (textOf(bytes) as { readonly id: string }).id
const droppedIn = (bytes: Uint8Array): number => (textOf(bytes) as { readonly count: number }).count
