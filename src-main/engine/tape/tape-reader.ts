import { join } from 'node:path'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import { filesIn } from './files'
import { readInstrument } from './keyframe'
import type { RecordKind, TapeRecord } from './segment/record'
import { blockHead, segmentHead } from './segment/block'
import type { BlockPlace, ReadBlock } from './segment/reader'
import { SegmentReader } from './segment/reader'
import type { StreamSpec } from './segment/segment-file'
import { startOf } from './segment-name'

/** One record of a tape. */
export interface TapeEntry {
  readonly kind: RecordKind
  /** Wall ms at which it was recorded, by the recorder's clock. */
  readonly at: Millis
  /** What it belongs to; undefined for what belongs to no line. */
  readonly stream: StreamSpec | undefined
  /** Numbers lines and request streams over the whole tape, from 1 on; 0 for none. */
  readonly socket: number
  readonly bytes: Uint8Array
}

/** What one file of a tape holds. */
export interface SegmentInfo {
  readonly name: string
  readonly bytes: number
  /** Wall ms of its first record and of its last (of its last block, while it is being written). */
  readonly from: number
  readonly to: number
  /** NaN where that would take reading all of it. */
  readonly frames: number
  readonly dropped: number
  readonly instruments: readonly string[]
  /** False while it is being written, and after a recorder was killed. */
  readonly isClosed: boolean
  /** Bytes at its end that are no whole block. */
  readonly torn: number
  /** Offsets and wall ms of blocks that begin with the state of all books. */
  readonly keyframes: readonly { readonly offset: number; readonly at: number }[]
  /** Where its blocks end. */
  readonly end: number
}

/** A folder of segments, read in time order from the last keyframe before any moment. */
export class TapeReader {
  readonly segments: readonly SegmentInfo[]
  readonly #folder: string
  /** What is in the folder and could not be read as a segment, in words. */
  readonly troubles: readonly string[]

  private constructor(folder: string, segments: readonly SegmentInfo[], troubles: readonly string[]) {
    this.#folder = folder
    this.segments = segments
    this.troubles = troubles
  }

  /** Throws what the disk says of the folder; a folder that is not there is an empty tape. */
  static async open(folder: string): Promise<TapeReader> {
    const found = await filesIn(folder).list()
    const segments: SegmentInfo[] = []
    const troubles: string[] = []
    const names = found.map(({ name }) => name).filter((name) => startOf(name) !== undefined)
    for (const name of names.sort()) {
      const reader = await SegmentReader.open(join(folder, name))
      if ('reason' in reader) {
        troubles.push(reader.reason)
        continue
      }
      const info = await lookAt(name, reader)
      await reader.close()
      if (Number.isFinite(info.from)) segments.push(info)
    }
    return new TapeReader(folder, segments, troubles)
  }

  get from(): Millis {
    return millis(Math.min(...this.segments.map(({ from }) => from)))
  }

  get to(): Millis {
    return millis(Math.max(...this.segments.map(({ to }) => to)))
  }

  get instruments(): readonly string[] {
    return [...new Set(this.segments.flatMap(({ instruments }) => instruments))].sort()
  }

  /**
   * Blocks of entries from the latest keyframe at or before `from` (or, where there is none, from the first record of the segment that reaches it) up to `to`,
   * wall ms. In the place of a damaged block, or of a file that cannot be read any more, stands a record `dropped`, as what it held is not known; `damaged` is told.
   */
  async *blocks(
    from: number,
    to: number,
    damaged: (words: string) => void = () => undefined
  ): AsyncGenerator<readonly TapeEntry[]> {
    const sockets = new Map<string, number>()
    const start = this.#start(from)
    for (const [place, segment] of this.segments.entries()) {
      if (place < start.segment || segment.from > to) continue
      const reader = await SegmentReader.open(join(this.#folder, segment.name))
      if ('reason' in reader) {
        // Trimmed since it was looked at.
        damaged(reader.reason)
        yield [missingFrom(segment.from)]
        continue
      }
      try {
        const offset = place === start.segment ? start.offset : segmentHead
        yield* blocksOf(reader, { offset, end: segment.end, to, sockets, damaged, name: segment.name })
      } finally {
        await reader.close()
      }
    }
  }

  #start(from: number): { readonly segment: number; readonly offset: number } {
    let found: { segment: number; offset: number } | undefined
    for (const [segment, { keyframes }] of this.segments.entries())
      for (const { offset, at } of keyframes) if (at <= from) found = { segment, offset }
    if (found) return found
    const reaches = this.segments.findIndex(({ to }) => to >= from)
    return { segment: Math.max(0, reaches), offset: segmentHead }
  }
}

interface Stretch {
  readonly offset: number
  readonly end: number
  readonly to: number
  readonly sockets: Map<string, number>
  readonly damaged: (words: string) => void
  readonly name: string
}

async function* blocksOf(reader: SegmentReader, stretch: Stretch): AsyncGenerator<readonly TapeEntry[]> {
  const { end, to, sockets, damaged, name } = stretch
  const streams = new Map<number, StreamSpec>()
  let { offset } = stretch
  for (let place = await reader.blockAt(offset, end); place; place = await reader.blockAt(offset, end)) {
    if (place.wallStart > to) return
    offset += blockHead + place.packedLength
    const block = await reader.read(place)
    if (block) {
      yield entriesOf(block, streams, sockets)
      continue
    }
    damaged(`${name}: the block at ${place.offset} is damaged`)
    yield [missingFrom(place.wallStart)]
  }
}

const missingFrom = (at: number): TapeEntry => ({
  ...{ kind: 'dropped', at: millis(at), stream: undefined, socket: 0, bytes: new Uint8Array(0) }
})

function entriesOf(
  { head, records }: ReadBlock,
  streams: Map<number, StreamSpec>,
  sockets: Map<string, number>
): readonly TapeEntry[] {
  const entries: TapeEntry[] = []
  for (const { kind, stream: number, offsetUs, bytes } of records) {
    if (kind === 'stream') {
      const spec = specIn(bytes)
      if (spec) streams.set(number, spec)
      continue
    }
    const stream = streams.get(number)
    const at = millis(head.wallStart + offsetUs / 1_000)
    entries.push({ kind, at, stream, socket: stream ? socketOf(stream, sockets) : 0, bytes })
  }
  return entries
}

function socketOf(stream: StreamSpec, sockets: Map<string, number>): number {
  const key = `${stream.venue} ${stream.leg} ${stream.url}`
  const known = sockets.get(key)
  if (known !== undefined) return known
  sockets.set(key, sockets.size + 1)
  return sockets.size
}

function specIn(bytes: Uint8Array): StreamSpec | undefined {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8')) as StreamSpec
  } catch {
    // Its frames belong to no known line then and are read by nobody.
    return undefined
  }
}

/** From its index, or from the heads of its blocks and the keyframes where it was not closed. */
async function lookAt(name: string, reader: SegmentReader): Promise<SegmentInfo> {
  const closed = await reader.index()
  if (closed) {
    const { from, to, frames, dropped, instruments, keyframes } = closed.index
    const rest = { isClosed: true, torn: 0, keyframes, end: closed.offset }
    return { ...{ name, bytes: reader.size, from, to, frames, dropped, instruments }, ...rest }
  }
  const { blocks, end, torn } = await reader.scan()
  const counted = blocks.filter(({ firstRecord }) => !Number.isNaN(firstRecord))
  const keyframes = counted.filter(({ isKeyframe }) => isKeyframe)
  return {
    ...{ name, bytes: reader.size, frames: NaN, dropped: NaN, isClosed: false, torn, end },
    from: counted[0]?.wallStart ?? NaN,
    to: counted.at(-1)?.wallStart ?? NaN,
    instruments: await instrumentsIn(reader, [...counted.slice(0, 20), ...keyframes]),
    keyframes: keyframes.map(({ offset, wallStart }) => ({ offset, at: wallStart }))
  }
}

async function instrumentsIn(
  reader: SegmentReader,
  places: readonly BlockPlace[]
): Promise<readonly string[]> {
  const found = new Set<string>()
  const isOne = ({ kind }: TapeRecord) => kind === 'instrument'
  for (const place of places)
    for (const { bytes } of (await reader.read(place))?.records.filter(isOne) ?? [])
      found.add(readInstrument(bytes)?.id ?? '')
  found.delete('')
  return [...found].sort()
}
