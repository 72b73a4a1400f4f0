import { describe, expect, test } from 'vitest'
import type { RecordingState } from '../../../src-shared/contract/recording'
import { Recorder } from '../../../src-main/engine/tape/recorder'
import { tooMany } from '../../../src-main/engine/tape/retention'
import { segmentName } from '../../../src-main/engine/tape/segment-name'
import { FakeClock } from '../../support/fake-clock'
import { MemoryDisk } from '../../support/memory-disk'

const limits = { bytes: 1_000, days: 7 }

function stage(mostQueued?: number) {
  const disk = new MemoryDisk()
  const clock = new FakeClock()
  const states: RecordingState[] = []
  const recorder = new Recorder({
    ...{ files: disk, clock, limits },
    ...(mostQueued === undefined ? {} : { mostQueued }),
    onState: (state) => states.push(state)
  })
  const stream = recorder.stream({ venue: 'sim', leg: 'market', url: 'sim://market' })
  const say = (text: string) => {
    recorder.frame('rx', stream, Buffer.from(text))
  }
  return { disk, clock, states, recorder, say }
}

const texts = (disk: MemoryDisk) => disk.records.filter(({ kind }) => kind === 'rx').map(({ text }) => text)

describe('the recorder', () => {
  test('a full disk is told, loses nothing while it is short, and recording resumes by itself', async () => {
    const { disk, clock, states, recorder, say } = stage()
    say('before')
    await recorder.flush()
    disk.isFull = true
    say('meanwhile')
    await recorder.flush()
    expect(states.at(-1)).toMatchObject({
      state: 'trouble',
      reason: 'the disk is full',
      nextAttemptAt: clock.now() + 5_000
    })
    disk.isFull = false
    clock.freeze(5_000)
    await recorder.flush()
    expect(states.at(-1)).toMatchObject({ state: 'recording', reason: '', dropped: 0 })
    expect(texts(disk)).toEqual(['before', 'meanwhile'])
    await recorder.stop()
  })

  test('what a disk does not take for long is dropped, and the tape says how much is missing', async () => {
    const { disk, clock, recorder, say } = stage(200)
    disk.isFull = true
    for (const text of ['kept 1', 'kept 2', 'kept 3', 'lost 1', 'lost 2']) {
      say(text)
      await recorder.flush()
      if (text === 'kept 3') expect(recorder.state.dropped).toBe(0)
    }
    expect(recorder.state.dropped).toBe(2)
    disk.isFull = false
    clock.freeze(6_000)
    await recorder.flush()
    say('after')
    await recorder.stop()
    expect(texts(disk)).toEqual(['kept 1', 'kept 2', 'kept 3', 'after'])
    const told = disk.records.find(({ kind }) => kind === 'dropped')
    expect(JSON.parse(told!.text)).toMatchObject({ count: 2 })
  })

  test('a set clock begins a new block: times after it count from the new time, and the jump is told', async () => {
    const { disk, clock, recorder, say } = stage()
    const before = clock.now()
    say('one')
    clock.setWall(3_600_000)
    say('two')
    await recorder.stop()
    const found = disk.records.filter(({ kind }) => kind === 'rx' || kind === 'clock')
    expect(found.map(({ kind }) => kind)).toEqual(['rx', 'clock', 'rx'])
    expect(found.map(({ at }) => Math.round(at - before))).toEqual([0, 3_600_000, 3_600_000])
    expect(JSON.parse(found[1]!.text)).toMatchObject({ byMs: 3_600_000 })
  })

  test('every segment names the streams of its frames', async () => {
    const { disk, clock, recorder, say } = stage()
    say('first hour')
    await recorder.flush()
    clock.freeze(3_700_000)
    say('second hour')
    await recorder.stop()
    expect(disk.files.size).toBe(2)
    for (const name of disk.files.keys()) {
      const kinds = disk.recordsOf(name).map(({ kind }) => kind)
      expect(kinds.indexOf('stream')).toBeLessThan(kinds.indexOf('rx'))
      expect(kinds).toContain('stream')
    }
  })

  test('is safe from a power cut within a second', async () => {
    const { disk, clock, recorder, say } = stage()
    say('one')
    clock.freeze(1_000)
    await recorder.flush()
    const { synced } = disk
    say('two')
    clock.freeze(1_100)
    await recorder.flush()
    expect(disk.synced).toBeGreaterThan(synced)
    await recorder.stop()
  })
})

describe('what is kept', () => {
  const day = 86_400_000
  const segment = (startedAt: number, bytes: number) => ({ name: segmentName(startedAt, 1), bytes })
  const now = 1_700_000_000_000

  test('what ended more than the given days ago goes', () => {
    const found = [segment(now - 9 * day, 1), segment(now - 8 * day, 1), segment(now - day, 1)]
    // The middle one may hold records until the last one began.
    expect(tooMany(found, limits, now)).toEqual([found[0]!.name])
  })

  test('what was imported stays, however old and large, and takes nobody’s room', () => {
    const recorded = segment(now - 1, 600)
    const name = `${String(now - 3_000 * 86_400_000).padStart(13, '0')}-0001-imported.tape`
    expect(tooMany([{ name, bytes: 1e12 }, recorded], limits, now)).toEqual([])
  })

  test('the oldest go until the rest fits, never the one being written, never a file that is no segment', () => {
    const found = [segment(now - 3, 600), segment(now - 2, 600), segment(now - 1, 600)]
    const foreign = { name: 'notes.txt', bytes: 5_000 }
    expect(tooMany([...found, foreign], limits, now)).toEqual([found[0]!.name, found[1]!.name])
    expect(tooMany(found, { bytes: 1, days: 7 }, now, found[2]!.name)).toEqual(
      found.slice(0, 2).map(({ name }) => name)
    )
  })
})
