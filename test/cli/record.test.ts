import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { record } from '../../src-main/cli/record'
import type { RecordParts } from '../../src-main/cli/record-feed'
import { recordFeed } from '../../src-main/cli/record-feed'
import { systemClock } from '../../src-main/engine/feed/clock'
import { httpGet } from '../../src-main/engine/feed/http-get'
import { SimulatedTransport } from '../../src-main/engine/feed/simulated-transport'
import { webSocketTransport } from '../../src-main/engine/feed/web-socket-transport'
import { replayPath } from '../../src-main/cli/tape/replay-folder'
import { readTape } from '../../src-main/engine/tape/reader'
import { Replay } from '../../src-main/engine/tape/replay'
import { TapeReader } from '../../src-main/engine/tape/tape-reader'
import { venues } from '../../src-main/engine/venues/index'
import { defaultSettings } from '../../src-shared/settings'
import { LoopbackBinance } from '../support/loopback/loopback-binance'
import { nobody } from '../../src-main/engine/feed/nobody'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-record-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})
afterEach(() => {
  vi.restoreAllMocks()
})

const simulated = () => new SimulatedTransport(systemClock, () => ({ seed: 7, episodes: 'none' }))

/** Records until the books were told of so often. */
async function recorded(books: number, parts: Pick<RecordParts, 'ids' | 'path'> & Partial<RecordParts>) {
  let told = 0
  let enough: () => void = () => undefined
  const until = new Promise<void>((resolve) => {
    enough = resolve
  })
  return recordFeed({
    settings: defaultSettings,
    transports: [webSocketTransport, simulated()],
    http: httpGet,
    clock: systemClock,
    chance: () => 0.01,
    say: () => undefined,
    until,
    ...parts,
    onBook: () => {
      if (++told === books) enough()
    }
  })
}

async function replayed(path: string, venue: string) {
  const tape = new Replay(
    venues.find((it) => it.spec.id === venue)!,
    nobody
  )
  const end = await readTape(path, (frame) => {
    tape.take(frame)
  })
  expect(end).toMatchObject({ ok: true })
  return tape.summary()
}

test('what was recorded of the simulated market replays to the summary of the live books', async () => {
  const path = join(folder, 'sim.jsonl')
  const end = await recorded(30, { ids: ['sim:BTC-PERP', 'sim:ETH-USDT'], path })
  if (!end.ok) throw new Error(end.reason)
  expect(end.summary.instruments.map(({ applied }) => applied > 0)).toEqual([true, true])
  expect(await replayed(path, 'sim')).toEqual(end.summary)
})

test.each([
  ['binance-spot', 'spot', 'BTCUSDT'],
  ['binance-usdm', 'usdm', 'BTCUSDT']
] as const)(
  'what was recorded over real sockets from %s replays to the same',
  async (id, product, symbol) => {
    const venue = await LoopbackBinance.start()
    try {
      const path = join(folder, `${id}.jsonl.gz`)
      const settings = {
        ...defaultSettings,
        venues: { [id]: { enabled: true, endpoints: venue.endpoints(product) } }
      }
      const end = await recorded(20, { ids: [`${id}:${symbol}`], path, settings })
      if (!end.ok) throw new Error(end.reason)
      const [instrument] = end.summary.instruments
      expect(instrument).toMatchObject({ gaps: 0, crossed: 0 })
      expect(await replayed(path, id)).toEqual(end.summary)

      const lines = gunzipSync(readFileSync(path)).toString().trim().split('\n')
      const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
      expect(new Set(entries.map(({ k }) => k))).toEqual(new Set(['http', 'open', 'tx', 'rx']))
      for (const { t } of entries) expect(t).toMatch(/^\d{10}\.\d{6}$/)
      const sockets = new Set(entries.filter(({ k }) => k === 'open').map(({ c }) => c))
      expect(sockets.size).toBe(id === 'binance-usdm' ? 2 : 1)
    } finally {
      await venue.stop()
    }
  }
)

test('a file that is there is never written over', async () => {
  const path = join(folder, 'there.jsonl')
  writeFileSync(path, 'precious')
  const end = await recorded(1, { ids: ['sim:BTC-PERP'], path })
  expect(end).toEqual({ ok: false, reason: `${path}: there is already such a file` })
  expect(readFileSync(path, 'utf8')).toBe('precious')
})

test('a folder that is not there is told in words', async () => {
  const path = join(folder, 'nowhere', 'tape.jsonl')
  expect(await recorded(1, { ids: ['sim:BTC-PERP'], path })).toEqual({
    ok: false,
    reason: `${path}: there is no such folder`
  })
})

test('Ctrl+C ends a recording with a whole file and its summary', async () => {
  const said: string[] = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    if (String(text).includes('sim:BTC-PERP live')) process.emit('SIGINT')
    return true
  })
  const path = join(folder, 'interrupted.jsonl.gz')
  expect(await record(['sim:BTC-PERP', '--out', path])).toBe(0)
  expect(JSON.parse(said.join(''))).toMatchObject({ venue: 'sim', rejected: { count: 0 } })
  expect((await replayed(path, 'sim')).instruments).toHaveLength(1)
})

test('a tape is recorded as the app does it, gone on with the next time, and replays to the live books', async () => {
  const tape = join(folder, 'tape')
  const summaries: string[] = []
  for (let run = 0; run < 2; run++) {
    const said: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0)
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      if (String(text).includes('sim:ETH-USDT live')) process.emit('SIGINT')
      return true
    })
    expect(await record(['sim:BTC-PERP', 'sim:ETH-USDT', '--tape', tape])).toBe(0)
    summaries.push(said.join(''))
  }
  const reader = await TapeReader.open(tape)
  expect(reader.instruments).toEqual(['sim:BTC-PERP', 'sim:ETH-USDT'])
  expect(reader.segments.map(({ isClosed }) => isClosed)).toEqual([true, true])
  const replay = new Replay(
    venues.find(({ spec }) => spec.id === 'sim')!,
    nobody
  )
  const end = await replayPath(tape, 'sim', replay, (frame) => {
    replay.take(frame)
  })
  expect(end.ok).toBe(true)
  // The books of the second run are those that stand at the end of the tape.
  const touches = (text: string) =>
    (JSON.parse(text) as ReturnType<Replay['summary']>).instruments.map(({ bestBid, bestAsk }) => [
      bestBid,
      bestAsk
    ])
  expect(touches(JSON.stringify(replay.summary()))).toEqual(touches(summaries[1]!))
})

test('where no tape can be written is told in words', async () => {
  const path = join(folder, 'a file')
  writeFileSync(path, 'precious')
  let complained = ''
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    complained += String(text)
    if (String(text).includes('sim:BTC-PERP live')) process.emit('SIGINT')
    return true
  })
  expect(await record(['sim:BTC-PERP', '--tape', path])).toBe(1)
  expect(complained).toContain('where the tape should be is something else')
  expect(readFileSync(path, 'utf8')).toBe('precious')
})

test.each([
  [[], 'which instruments?'],
  [['sim:BTC-PERP'], 'which file?'],
  [['nowhere:X', '--out', 'f'], 'at no venue we speak'],
  [['sim', '--out', 'f'], 'is no instrument'],
  [['sim:BTC-PERP', 'binance-spot:BTCUSDT', '--out', 'f'], 'one venue a capture'],
  [['sim:BTC-PERP', '--out', 'f', '--tape', 'd'], '--out and --tape are two things'],
  [['sim:BTC-PERP', '--out', 'f', '--for', '0'], '--for wants seconds'],
  [['sim:BTC-PERP', '--into', 'f'], "Unknown option '--into'"]
])('%j is asked wrongly', async (args, reason) => {
  let complained = ''
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => ((complained += String(text)), true))
  expect(await record(args)).toBe(2)
  expect(complained).toContain(reason)
})
