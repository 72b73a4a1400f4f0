import fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { filesIn } from '../../../../src-main/engine/tape/files'
import { Recorder } from '../../../../src-main/engine/tape/recorder'
import type { TapeRecord } from '../../../../src-main/engine/tape/segment/record'
import { SegmentReader } from '../../../../src-main/engine/tape/segment/reader'
import { FakeClock } from '../../../support/fake-clock'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-tape-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const limits = { bytes: 1e9, days: 7 }
const line = { venue: 'sim', leg: 'market', url: 'sim://market' }
let tapes = 0

/** Records frames, a tenth of a second apart in blocks of `perBlock`, and answers with the one segment's path. */
async function recorded(frames: readonly string[], perBlock: number): Promise<string> {
  const clock = new FakeClock()
  const place = join(folder, String(++tapes))
  const recorder = new Recorder({ files: filesIn(place), clock, limits, onState: () => undefined })
  const stream = recorder.stream(line)
  for (const [n, frame] of frames.entries()) {
    recorder.frame('rx', stream, Buffer.from(frame))
    if (n % perBlock === perBlock - 1) await recorder.flush()
  }
  await recorder.stop()
  const [segment] = await filesIn(place).list()
  return join(place, segment!.name)
}

async function opened(path: string): Promise<SegmentReader> {
  const reader = await SegmentReader.open(path)
  if (!(reader instanceof SegmentReader)) throw new Error(reader.reason)
  return reader
}

async function textsIn(path: string): Promise<{ texts: string[]; torn: number }> {
  const reader = await opened(path)
  const { blocks, torn } = await reader.scan()
  const texts: string[] = []
  for (const place of blocks) {
    const block = await reader.read(place)
    for (const { kind, bytes } of block!.records) if (kind === 'rx') texts.push(Buffer.from(bytes).toString())
  }
  await reader.close()
  return { texts, torn }
}

describe('a segment', () => {
  test('gives back every frame, byte for byte and in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 40 }),
        fc.integer({ min: 1, max: 9 }),
        async (frames, perBlock) => {
          const found = await textsIn(await recorded(frames, perBlock))
          expect(found).toEqual({ texts: frames.map((it) => Buffer.from(it).toString()), torn: 0 })
        }
      ),
      { numRuns: 30 }
    )
  })

  test('cut anywhere, holds exactly the blocks that are whole, and says how many bytes are torn', async () => {
    const frames = Array.from({ length: 12 }, (_, n) => `frame ${n}`)
    const whole = readFileSync(await recorded(frames, 3))
    const path = join(folder, 'cut.tape')
    let most = 0
    for (let length = 8; length < whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      const { texts, torn } = await textsIn(path)
      expect(texts).toEqual(frames.slice(0, texts.length))
      expect(texts.length % 3).toBe(0)
      expect(texts.length).toBeGreaterThanOrEqual(most)
      expect(torn).toBeLessThan(length)
      most = texts.length
    }
    expect(most).toBe(12)
  })

  test('a flipped bit costs its block and is never read as a record', async () => {
    const frames = Array.from({ length: 4 }, (_, n) => `frame ${n}`)
    const whole = readFileSync(await recorded(frames, 2))
    const path = join(folder, 'flipped.tape')
    for (let at = 8; at < whole.length; at++) {
      const bytes = Buffer.from(whole)
      bytes[at]! ^= 0x10
      writeFileSync(path, bytes)
      const reader = await opened(path)
      const { blocks } = await reader.scan()
      const read: TapeRecord[] = []
      for (const place of blocks) read.push(...((await reader.read(place))?.records ?? []))
      await reader.close()
      for (const { kind, bytes: frame } of read)
        if (kind === 'rx') expect(frames).toContain(Buffer.from(frame).toString())
    }
  })

  test('what is no tape, or one of a newer Steelyard, is told in words', async () => {
    const path = join(folder, 'other.tape')
    writeFileSync(path, 'no tape at all')
    expect(await SegmentReader.open(path)).toEqual({ reason: `${path}: no tape of Steelyard` })
    writeFileSync(path, Buffer.from('STEELTP\x02'))
    expect(await SegmentReader.open(path)).toMatchObject({ reason: expect.stringContaining('newer') })
    expect(await SegmentReader.open(join(folder, 'none'))).toMatchObject({
      reason: expect.stringContaining('none')
    })
  })
})
