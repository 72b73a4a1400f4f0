import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { constants, gunzipSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTape } from '../../../src-main/engine/tape/reader'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-tape-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const uniform = (raw: string) => JSON.stringify({ t: '1723161253.937', k: 'rx', raw })
const three = ['{"a":1}', '{"b":"ü"}', '{"c":[]}']

async function read(content: string | Buffer) {
  const path = join(folder, 'tape')
  writeFileSync(path, content)
  const frames: { kind: string; at: number; text: string }[] = []
  const end = await readTape(path, ({ kind, at, bytes }) => {
    frames.push({ kind, at, text: Buffer.from(bytes).toString('utf8') })
  })
  return { frames, end }
}

test('plain and gzip files give the same frames, byte for byte', async () => {
  const text = three.map(uniform).join('\n') + '\n'
  const plain = await read(text)
  expect(plain.frames.map((it) => it.text)).toEqual(three)
  expect(plain.frames[0]!.at).toBeCloseTo(1_723_161_253_937)
  expect(plain.end).toEqual({ ok: true, lines: 3 })
  expect(await read(gzipSync(text))).toEqual(plain)
})

test('lines stamped in nanoseconds are read as heard frames', async () => {
  const { frames } = await read('1723161253937085768 {"stream":"x"}\n')
  expect(frames).toEqual([
    { kind: 'rx', at: expect.closeTo(1_723_161_253_937.085, 2), text: '{"stream":"x"}' }
  ])
})

test('a missing file, a folder, an empty and a foreign file each end with a reason', async () => {
  expect(await readTape(join(folder, 'none'), () => undefined)).toMatchObject({
    ok: false,
    reason: expect.stringContaining('no such file')
  })
  expect(await readTape(folder, () => undefined)).toMatchObject({ ok: false })
  expect((await read('')).end).toMatchObject({ ok: false, reason: expect.stringContaining('empty') })
  expect((await read('time,price\n1,2\n')).end).toMatchObject({
    ok: false,
    reason: expect.stringContaining('line 1 is no capture line')
  })
})

test('every cut of a compressed tape ends with a reason, and never with a frame that was not written', async () => {
  const packed = gzipSync(three.map(uniform).join('\n') + '\n')
  for (let length = 2; length < packed.length; length++) {
    const { frames, end } = await read(packed.subarray(0, length))
    expect(end.ok).toBe(false)
    expect(three.slice(0, frames.length)).toEqual(frames.map((it) => it.text))
  }
})

test('a compressed tape that is cut off or damaged tells after which line', async () => {
  const lines = Array.from({ length: 5_000 }, (_, i) => uniform(`{"n":${(i * 48_271) % 65_537}}`))
  const packed = gzipSync(lines.join('\n') + '\n')
  for (const share of [0.001, 0.3, 0.7, 0.999]) {
    const cut = packed.subarray(0, Math.ceil(packed.length * share))
    const whole = gunzipSync(cut, { finishFlush: constants.Z_SYNC_FLUSH }).toString().split('\n').length - 1
    const { end } = await read(cut)
    const place = whole === 0 ? 'inside line 1' : `after line ${whole}`
    expect(end).toMatchObject({
      reason: expect.stringContaining(`tape: cut off ${place}: the compressed data`)
    })
  }
  const damaged = Buffer.from(packed)
  // The checksum of the whole: what was unpacked with it is not handed over.
  damaged[packed.length - 8]! ^= 1
  const { frames, end } = await read(damaged)
  expect(end).toMatchObject({ reason: expect.stringContaining(`shows after line ${frames.length}`) })
})

test('a line of a capture that is cut short says after what', async () => {
  const [first, second] = three.map(uniform) as [string, string]
  const { end } = await read(`${first}\n${second.slice(0, 40)}\n`)
  expect(end).toMatchObject({
    reason: expect.stringContaining(`line 2: it is cut off after …${second.slice(8, 40)}`)
  })
})

test('a file made to swell is not read to its end', async () => {
  const { end } = await read(gzipSync(uniform('x'.repeat(8 * 2 ** 20)) + '\n'))
  expect(end).toMatchObject({ ok: false, reason: expect.stringContaining('200 times') })
})

test('any bytes at all end well: frames or a reason, never a throw', () =>
  fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const { end } = await read(Buffer.from(bytes))
      expect(typeof end.ok).toBe('boolean')
    }),
    { numRuns: 50 }
  ))
