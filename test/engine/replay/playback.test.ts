import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EngineFrame } from '../../../src-shared/contract/frames'
import type { ReplayState } from '../../../src-shared/contract/replay'
import { defaultSettings } from '../../../src-shared/settings'
import { defaultRules } from '../../../src-shared/default-rules'
import { millis } from '../../../src-shared/units'
import { defaultWatchlists } from '../../../src-shared/watchlist'
import { metrics } from '../../../src-main/engine/metrics/index'
import type { Configuration } from '../../../src-main/engine/replay/tape-engine'
import type { PlaybackParts } from '../../../src-main/engine/replay/playback'
import { Playback } from '../../../src-main/engine/replay/playback'
import { TapeImport } from '../../../src-main/engine/tape/exchange/tape-import'
import { TapeReader } from '../../../src-main/engine/tape/tape-reader'
import { venues } from '../../../src-main/engine/venues/index'
import { simulated } from '../../../src-main/engine/venues/simulated/index'
import { Replay } from '../../../src-main/engine/tape/replay'
import { replayPath } from '../../../src-main/cli/tape/replay-folder'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { FakeClock } from '../../support/fake-clock'
import type { SimulatedTape } from '../../support/simulated-tape'
import { recordSimulated } from '../../support/simulated-tape'
import { uniformId, uniformMarket, uniformStart } from '../../support/uniform-market'

const id = 'sim:BTC-PERP'
let tape: SimulatedTape
/** Best prices of the live book, second after second. */
const live: { bid: number; ask: number; sequence: number }[] = []

beforeAll(async () => {
  tape = await recordSimulated([id])
  for (let second = 0; second < 80; second++) {
    await tape.clock.pass(1_000)
    const { touch, sequence } = tape.feed.lane(id)!.book
    live.push({ bid: touch.bid, ask: touch.ask, sequence })
  }
  await tape.stop()
}, 30_000)
afterAll(() => {
  rmSync(tape.folder, { recursive: true })
})

const configuration: Configuration = {
  kind: 'configure',
  ...{ settings: defaultSettings, bans: [], watchlists: defaultWatchlists, rules: defaultRules }
}
const watch = { kind: 'watch', instruments: [{ id, levels: 10, trades: true, metrics: ['ofi', 'vpin'] }] }

function player(at = 0, past?: PlaybackParts['past'], to = 79_000) {
  const frames: EngineFrame[] = []
  const states: ReplayState[] = []
  const clock = new FakeClock()
  const playback: Playback = new Playback(
    {
      ...{ folder: tape.folder, clock, venues, metrics, configuration, past },
      port: {
        post: (frame) => {
          frames.push(frame)
          if (frame.kind === 'market') playback.command({ kind: 'ack', number: frame.number })
        }
      },
      onState: (state) => states.push(state)
    },
    { from: tape.startedAt, to: tape.startedAt + to, at: tape.startedAt + at }
  )
  return { playback, frames, states, clock }
}

/** Frames as text, numbers to the last digit. */
const textOf = (frames: readonly EngineFrame[]): string =>
  JSON.stringify(frames, (_, value: unknown) =>
    value instanceof Float64Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')
      : value
  )

/** The last book that a window was shown. */
const bookIn = (frames: readonly EngineFrame[]) =>
  frames.flatMap((frame) => (frame.kind === 'market' ? frame.books : [])).at(-1)

describe('a tape', () => {
  test('says what it holds and where reading may begin', async () => {
    const reader = await TapeReader.open(tape.folder)
    expect(reader.instruments).toEqual([id])
    expect(reader.from).toBeGreaterThanOrEqual(tape.startedAt)
    expect(reader.to - tape.startedAt).toBeCloseTo(80_000, -3)
    expect(reader.segments.map(({ keyframes }) => keyframes.length)).toEqual([16])
  })
})

test('in the place of a damaged block stands that something is missing, at its time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-damaged-'))
  cpSync(tape.folder, folder, { recursive: true })
  const whole = await TapeReader.open(folder)
  const [segment] = whole.segments
  const path = join(folder, segment!.name)
  const bytes = readFileSync(path)
  bytes[Math.floor(bytes.length / 2)]! ^= 1
  writeFileSync(path, bytes)
  const told: string[] = []
  const dropped: number[] = []
  const reader = await TapeReader.open(folder)
  for await (const block of reader.blocks(-Infinity, Infinity, (words) => told.push(words)))
    for (const { kind, at } of block) if (kind === 'dropped') dropped.push(at)
  rmSync(folder, { recursive: true })
  expect(told).toHaveLength(1)
  expect(dropped).toHaveLength(1)
  expect(dropped[0]).toBeGreaterThan(tape.startedAt + 10_000)
  expect(dropped[0]).toBeLessThan(tape.startedAt + 70_000)
})

test('a tape in the terminal comes to the book that was live', async () => {
  const replay = new Replay(simulated, nobody)
  const end = await replayPath(tape.folder, 'sim', replay, (frame) => {
    replay.take(frame)
  })
  expect(end.ok).toBe(true)
  expect(replay.lanes.get('BTC-PERP')!.counters).toMatchObject({ gaps: 0, crossed: 0 })
})

describe('a replay', () => {
  test('shows the book that was live at that moment, from a keyframe in the middle as from the start', async () => {
    for (const second of [3, 30, 70]) {
      const { playback, frames, states } = player(second * 1_000 + 20)
      await playback.begin(watch)
      const book = bookIn(frames)
      const truth = live[second - 1]!
      expect([book?.bids[0], book?.asks[0], book?.sequence]).toEqual([truth.bid, truth.ask, truth.sequence])
      expect(states.at(-1)).toMatchObject({ state: 'playing', at: tape.startedAt + second * 1_000 + 20 })
      playback.close()
    }
  })

  test('that is closed while its tape is still being read says nothing any more', async () => {
    const { playback, frames, states } = player()
    const begun = playback.begin(watch)
    playback.close()
    await begun
    expect([frames, states]).toEqual([[], []])
  })

  test('twice is the same twice, to the last bit', async () => {
    const runs: string[] = []
    for (let run = 0; run < 2; run++) {
      const { playback, frames } = player(20_000)
      await playback.begin(watch)
      for (let step = 0; step < 20; step++) playback.step()
      runs.push(textOf(frames))
      playback.close()
    }
    expect(runs[0]!.length).toBeGreaterThan(10_000)
    expect(runs[1]).toBe(runs[0])
  })

  test('begins with the past of its place: some seconds of its own, what was kept of before, and nothing of after', async () => {
    const asked: number[][] = []
    const { playback, frames } = player(50_000, (_, from, to) => {
      asked.push([from - tape.startedAt, to - tape.startedAt])
      return Promise.resolve(undefined)
    })
    await playback.begin(watch)
    const since = tape.startedAt - 550_000
    playback.command({ kind: 'history', instrument: id, since })
    const past = frames.find((frame) => frame.kind === 'history')!
    const [first, last] = [past.rows[0]!, past.rows.at(-past.columns.length)!]
    expect(first - tape.startedAt).toBeLessThan(31_000)
    expect(last - tape.startedAt).toBe(50_000)
    expect(asked).toEqual([[-550_000, first - tape.startedAt]])
    playback.close()
  })

  test('plays at the speed that is set, pauses, steps by a sample, and ends where it should', async () => {
    const { playback, states, clock } = player(76_000)
    await playback.begin(watch)
    playback.pacedBy(2)
    await clock.pass(500)
    expect(states.at(-1)!.at - tape.startedAt).toBeCloseTo(77_000, -2)
    playback.pause()
    const { at } = playback.state
    await clock.pass(500)
    expect(playback.state).toMatchObject({ state: 'paused', at })
    playback.step()
    expect(playback.state.at - at).toBe(100)
    playback.play()
    await clock.pass(2_000)
    expect(states.at(-1)).toMatchObject({ state: 'ended', at: tape.startedAt + 79_000 })
    playback.close()
  })

  test('it ends at the same moment at every speed, where the tape ends before the stretch', async () => {
    const ends = []
    for (const speed of [100, 33, 7]) {
      const { playback, frames, clock } = player(70_000, undefined, 3_600_000)
      await playback.begin(watch)
      playback.pacedBy(speed)
      await clock.pass(3_000)
      expect(playback.state.state).toBe('ended')
      ends.push([playback.state.at, bookIn(frames)!.sequence])
      playback.close()
    }
    expect(ends[1]).toEqual(ends[0])
    expect(ends[2]).toEqual(ends[0])
    expect(ends[0]![0]! - tape.startedAt).toBeLessThan(82_000)
  })

  test('a pane that is opened while it stands still shows what is there, at that very moment', async () => {
    const { playback, frames } = player(60_000)
    await playback.begin({
      kind: 'watch',
      instruments: [{ id, levels: 0, trades: false, metrics: ['delta'] }]
    })
    playback.pause()
    frames.length = 0
    const panes = { levels: 10, trades: false, metrics: ['delta'], tables: ['delta'] }
    playback.command({ kind: 'watch', instruments: [{ id, ...panes }] })
    const { at } = playback.state
    expect(bookIn(frames)!.at).toBeLessThanOrEqual(at)
    const table = frames.find((frame) => frame.kind === 'table')!
    expect([table.metric, table.at, table.rows.length > 0]).toEqual(['delta', at, true])
    frames.length = 0
    playback.command({ kind: 'watch', instruments: [{ id, ...panes }] })
    expect(frames).toEqual([])
    playback.command({ kind: 'watch', instruments: [{ id, ...panes, readiness: true }] })
    expect(frames.map(({ kind }) => kind)).toContain('readiness')
    playback.close()
  })

  test('a place that is asked for while another is being read is come to, and the other is left', async () => {
    const { playback, states } = player()
    await playback.begin(watch)
    playback.pause()
    const places = [70_000, 10_000, 40_000, 25_000]
    await Promise.all(places.map((at) => playback.seek(millis(tape.startedAt + at))))
    expect(playback.state).toMatchObject({ state: 'paused', at: tape.startedAt + 25_000 })
    expect(states.filter(({ state }) => state === 'paused').at(-1)!.at).toBe(tape.startedAt + 25_000)
    playback.close()
  })

  test('says what it is first of all, and that nothing is there where nothing was recorded', async () => {
    const { playback, frames } = player()
    await playback.begin({
      kind: 'watch',
      instruments: [{ id: 'kraken:BTC/USD', levels: 5, trades: false }]
    })
    expect(frames.find(({ kind }) => kind === 'hello')).toMatchObject({ replayed: true })
    expect(frames).toContainEqual(
      expect.objectContaining({
        kind: 'status',
        instrument: 'kraken:BTC/USD',
        status: expect.objectContaining({ state: 'refused' })
      })
    )
    playback.close()
  })
})

test('what was imported replays in a window like what was heard, from its keyframes too', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steelyard-imported-'))
  try {
    const imported = new TapeImport(folder, venues)
    for (const event of uniformMarket(21)) await imported.event(event, 'a test')
    expect(await imported.finish()).toBe('')
    const frames: EngineFrame[] = []
    const playback: Playback = new Playback(
      {
        ...{ folder, clock: new FakeClock(), venues, metrics, configuration },
        port: {
          post: (frame) => {
            frames.push(frame)
            if (frame.kind === 'market') playback.command({ kind: 'ack', number: frame.number })
          }
        },
        onState: () => undefined
      },
      { from: uniformStart, to: uniformStart + 21_000, at: uniformStart + 20_950 }
    )
    await playback.begin({ kind: 'watch', instruments: [{ id: uniformId, levels: 10, trades: true }] })
    playback.close()
    const book = bookIn(frames)!
    // In ticks of 0.5; at 20.9 s, 0.09 of a turn, the first bid holds 1 + round(4 + 4 sin(0.18 pi)) lots.
    expect([...book.bids.slice(0, 2), ...book.asks.slice(0, 2)]).toEqual([200, 7, 201, 5])
    const hello = frames.find((frame) => frame.kind === 'hello')
    expect(hello!.venues.map(({ id }) => id)).toContain('paper')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
