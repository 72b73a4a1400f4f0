import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { defaultRecording, defaultSettings } from '../../../src-shared/settings'
import { Feed } from '../../../src-main/engine/feed/hub'
import { SimulatedTransport } from '../../../src-main/engine/feed/simulated-transport'
import { Recording } from '../../../src-main/engine/tape/recording'
import { venues } from '../../../src-main/engine/venues/index'
import { FakeClock } from '../../support/fake-clock'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { MemoryDisk } from '../../support/memory-disk'

let clock: FakeClock
let disk: MemoryDisk
let recording: Recording
let feed: Feed
const id = 'sim:BTC-PERP'

beforeEach(() => {
  clock = new FakeClock()
  disk = new MemoryDisk()
  recording = new Recording({ folder: 'none', files: disk, clock })
  recording.configure(defaultRecording)
  const simulated = new SimulatedTransport(clock, () => ({ seed: 3, episodes: 'none' }))
  feed = new Feed({
    ...{ venues, clock, settings: defaultSettings, bans: [], transports: [simulated] },
    http: () => simulated.get(),
    chance: () => 0.5,
    listener: recording.listener(nobody),
    tap: (venue, lines) => recording.tap(venue, lines),
    onBan: () => undefined
  })
  recording.follow(() => feed.lanes())
  feed.watch(new Set([id]))
})
afterEach(async () => {
  feed.stop()
  await recording.stop()
})

/** Segments that began so many days ago. */
const daysAgo = (...days: readonly number[]): readonly string[] =>
  days.map((ago) => {
    const name = `${String(clock.now() - ago * 86_400_000)}-0001.tape`
    disk.files.set(name, [Buffer.from('x')])
    return name
  })
const kinds = () => disk.records.map(({ kind }) => kind)

describe('what is watched', () => {
  test('is on the tape by itself: its instrument, its line, its frames, and its book every few seconds', async () => {
    await clock.pass(21_000)
    feed.stop()
    await recording.stop()
    const found = new Set(kinds())
    for (const kind of ['start', 'instrument', 'open', 'tx', 'rx', 'socket', 'book', 'closed', 'stop'])
      expect(found).toContain(kind)
    expect(kinds().filter((kind) => kind === 'book')).toHaveLength(4)
    const told = disk.records.find(({ kind }) => kind === 'instrument')
    expect(JSON.parse(told!.text)).toMatchObject({ id })
  })

  test('says where its book was lost', async () => {
    await clock.pass(3_000)
    feed.suspend()
    await clock.pass(200)
    const told = disk.records.find(({ kind }) => kind === 'gap')
    expect(JSON.parse(told!.text)).toMatchObject({ instrument: id, reason: 'the computer sleeps' })
  })

  test('stays live while nothing can be kept, and is kept again when the disk has room', async () => {
    await clock.pass(2_000)
    disk.isFull = true
    await clock.pass(2_000)
    expect(recording.state).toMatchObject({ state: 'trouble', reason: 'the disk is full' })
    expect(feed.lane(id)!.isLive).toBe(true)
    disk.isFull = false
    await clock.pass(6_000)
    expect(recording.state).toMatchObject({ state: 'recording', dropped: 0 })
  })

  test('is kept by the limits configured last, also those that come while recording begins', async () => {
    await recording.stop()
    const [old] = daysAgo(10, 9)
    const again = new Recording({ folder: 'none', files: disk, clock })
    again.configure({ ...defaultRecording, days: 2 })
    again.configure({ ...defaultRecording, days: 30 })
    again.follow(() => feed.lanes())
    await clock.pass(21_000)
    await again.stop()
    expect(disk.files.has(old!)).toBe(true)
  })

  test('goes on being recorded while something old cannot be removed, which is told', async () => {
    daysAgo(400, 399)
    disk.remove = () => Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }))
    await clock.pass(21_000)
    expect(recording.state).toMatchObject({
      state: 'trouble',
      reason: 'old parts of the tape cannot be removed: the folder may not be written to'
    })
    expect(disk.files.size).toBe(3)
    expect(kinds().filter((kind) => kind === 'book').length).toBeGreaterThan(2)
  })

  test('is no longer recorded once that is switched off', async () => {
    await clock.pass(1_000)
    recording.configure({ ...defaultRecording, enabled: false })
    await clock.pass(200)
    const before = disk.records.length
    await clock.pass(2_000)
    expect(disk.records).toHaveLength(before)
    expect(recording.state.state).toBe('off')
    expect(kinds().at(-1)).toBe('index')
  })
})
