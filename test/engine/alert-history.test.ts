import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { open as openFile, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { AlertHistory } from '../../src-main/engine/alert-history/history'
import { decode, encode } from '../../src-main/engine/alert-history/record'
import { outcomeOf } from '../../src-main/engine/alerts/outcome'
import { scoreOf, wilson } from '../../src-main/engine/alerts/score'
import type { AlertEntry } from '../../src-shared/alerts/record'
import type { HistoryWish } from '../../src-shared/alerts/state'
import { millis } from '../../src-shared/units'
import { anAlert } from '../support/an-alert'

let folder: string
let faults: string[]
const now = Date.UTC(2026, 10, 25)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'steelyard-alerts-'))
  faults = []
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

async function opened(limits?: { entries: number; ageMs: number; bytes: number }): Promise<AlertHistory> {
  const history = new AlertHistory({
    ...{ folder, now: () => now, tell: (words) => faults.push(words), onChange: () => undefined },
    ...(limits && { limits })
  })
  await history.open()
  return history
}
const fired = (n: number, other = {}) => {
  const episode = `r|sim:A|bid|${n}`
  return anAlert({ episode, id: `${episode}|FIRE`, at: millis(now + n), channels: ['desktop'], ...other })
}
const book = (levels: number, noise = 0) => Float64Array.from({ length: 2 * levels }, (_, it) => it + noise)
const seen = (rows = 600) => ({
  ...{ figures: { 'imbalance.bps10': 0.7 }, bids: book(25), asks: book(20, 0.5) },
  before: Float32Array.from({ length: 8 * rows }, () => Math.random())
})
const ids = (entries: readonly AlertEntry[]) => entries.map(({ alert }) => alert.episode)

describe('the history of alerts', () => {
  test('gives back after a restart what was put in: entry, evidence, what became of it', async () => {
    const first = await opened()
    const evidence = seen()
    await first.fired(fired(1, { percentile: NaN }), evidence)
    await first.told(fired(1))
    first.delivered({ alert: fired(1).id, channel: 'desktop', at: millis(now), outcome: 'shown', detail: '' })
    first.note({ k: 'tag', id: fired(1).episode, tag: 'useful' })
    first.note({ k: 'note', id: fired(1).episode, text: 'a real one' })
    first.note({ k: 'ack', id: fired(1).episode, at: now, by: 'feed' })
    first.note({ k: 'ended', id: fired(1).episode, peak: 0.9, lastedMs: 4_000, unknown: false })
    await first.close()
    const next = await opened()
    const entry = next.entry(fired(1).episode)!
    expect(entry).toMatchObject({ tag: 'useful', note: 'a real one', peak: 0.9, lastedMs: 4_000 })
    expect(entry.alert.percentile).toBeNaN()
    expect(entry.deliveries.map(({ outcome }) => outcome)).toEqual(['shown'])
    const { figures, bids, asks, before, after } = (await next.evidence(fired(1).episode))!
    expect({ figures, bids, asks, before }).toEqual(evidence)
    expect(after).toHaveLength(0)
    expect(next.toldAt(fired(1).ruleHash, fired(1).instrument, fired(1).side)).toBe(now)
    await next.close()
  })

  test('what was told and never heard of again is lost, and says so', async () => {
    const first = await opened()
    await first.fired(fired(1), undefined)
    await first.told(fired(1))
    await first.fired(fired(2, { channels: [] }), undefined)
    await first.close()
    const next = await opened()
    const outcomes = next
      .list({}, 9)
      .entries.map(({ deliveries }) => deliveries.map(({ outcome }) => outcome))
    expect(outcomes).toEqual([[], ['lost']])
    await next.close()
    const third = await opened()
    expect(third.entry(fired(1).episode)!.deliveries).toHaveLength(1)
    await third.close()
  })

  test('an alert and the intent to tell it need one flush of the disk, not one after the other', async () => {
    const history = await opened()
    const file = await openFile(join(folder, 'other'), 'w')
    const flush = vi.spyOn(Object.getPrototypeOf(file) as FileHandle, 'datasync')
    onTestFinished(async () => {
      flush.mockRestore()
      await file.close()
    })
    await Promise.all([history.fired(fired(1), undefined), history.told(fired(1))])
    expect(flush).toHaveBeenCalledTimes(1)
    await history.close()
  })

  test('cut at any byte it yields exactly the records before the cut, and goes on from there', async () => {
    const first = await opened()
    for (let n = 0; n < 4; n++) await first.fired(fired(n), undefined)
    await first.close()
    const path = join(folder, '000001.seg')
    const whole = readFileSync(path)
    const ends = [0]
    for (let found = decode(whole, 0); found; found = decode(whole, ends.at(-1)!))
      ends.push(ends.at(-1)! + found.bytes)
    expect(ends).toHaveLength(5)
    for (let cut = 0; cut <= whole.length; cut += 7) {
      const part = whole.subarray(0, cut)
      let read = 0
      let records = 0
      for (let found = decode(part, read); found; found = decode(part, read)) {
        read += found.bytes
        records++
      }
      expect(read).toBe(Math.max(...ends.filter((end) => end <= cut)))
      expect(records).toBe(ends.filter((end) => end <= cut).length - 1)
    }
    truncateSync(path, ends[3]! + 5)
    const next = await opened()
    expect(faults[0]).toContain('5 bytes')
    await next.fired(fired(9), undefined)
    await next.close()
    const third = await opened()
    expect(ids(third.list({}, 9).entries)).toEqual([9, 2, 1, 0].map((n) => fired(n).episode))
    await third.close()
  })

  test('pages go on where the last one ended, in any order; what is not known comes last either way', async () => {
    const history = await opened()
    const net = (bps: number) => ({
      ...{ bps: [0, 0, 0, bps, 0], netBps: [0, 0, 0, bps, 0] },
      ...{ favourableBps: 0, adverseBps: 0, halfSpreadBps: 0 }
    })
    for (const [n, bps] of [2, -1, NaN, 5].entries()) {
      await history.fired(fired(n), undefined)
      if (!Number.isNaN(bps)) history.note({ k: 'outcome', id: fired(n).episode, outcome: net(bps) })
    }
    await history.close()
    const paged = (wish: HistoryWish) => {
      const found: string[] = []
      for (let more = true; more;) {
        const before = found.at(-1)
        const page = history.list({ ...wish, ...(before !== undefined && { before }) }, 3)
        found.push(...ids(page.entries))
        more = page.more
      }
      return found.map((id) => Number(id.at(-1)))
    }
    expect(paged({})).toEqual([3, 2, 1, 0])
    expect(paged({ rising: true })).toEqual([0, 1, 2, 3])
    expect(paged({ by: 'net' })).toEqual([3, 0, 1, 2])
    expect(paged({ by: 'net', rising: true })).toEqual([1, 0, 3, 2])
    expect(ids(history.list({ episode: fired(1).episode }, 9).entries)).toEqual([fired(1).episode])
  })

  test('a flipped bit is no record', () => {
    const bytes = encode({ k: 'note', id: 'r', text: 'x'.repeat(2_000) })
    for (let bit = 0; bit < bytes.length * 8; bit += 13) {
      const wrong = Buffer.from(bytes)
      wrong[bit >> 3]! ^= 1 << (bit & 7)
      expect(decode(wrong, 0)).toBeUndefined()
    }
  })

  test('keeps to its limits: whole segments go, the oldest first, and their entries', async () => {
    const limits = { entries: 300, ageMs: 1e12, bytes: 1e12 }
    const first = await opened(limits)
    for (let n = 0; n < 700; n++) await first.fired(fired(n), n % 2 === 0 ? seen(1_200) : undefined)
    // A segment holds a few hundred.
    expect(first.size).toBeLessThanOrEqual(600)
    expect(first.size).toBeGreaterThan(50)
    const { size } = first
    await first.close()
    const files = readdirSync(folder)
    expect(files.filter((name) => name.endsWith('.idx')).length).toBe(
      files.filter((name) => name.endsWith('.seg')).length - 1
    )
    const next = await opened(limits)
    expect(next.size).toBe(size)
    expect(await next.evidence(fired(698).episode)).toBeDefined()
    await next.close()
    // A wrong index is not believed: the segment itself is read.
    const index = files.find((name) => name.endsWith('.idx'))!
    writeFileSync(join(folder, index), `1\n${'x'.repeat(statSync(join(folder, index)).size)}`)
    const third = await opened(limits)
    expect(third.size).toBe(size)
    await third.close()
  })

  test('finds by rule, instrument, tag, time and words, newest first, page by page', async () => {
    const history = await opened()
    for (let n = 0; n < 5; n++)
      await history.fired(fired(n, n % 2 ? { ruleId: 'other', ruleName: 'Other' } : {}), undefined)
    history.note({ k: 'note', id: fired(3).episode, text: 'Look here' })
    await history.fired(fired(9), undefined)
    const found = (wish: Parameters<AlertHistory['list']>[0]) =>
      history.list(wish, 9).entries.map(({ alert }) => alert.at - now)
    expect(found({ rule: 'other' })).toEqual([3, 1])
    expect(found({ text: 'look' })).toEqual([3])
    expect(found({ from: now + 1, to: now + 3 })).toEqual([3, 2, 1])
    expect(found({ before: fired(2).episode })).toEqual([1, 0])
    expect(history.list({}, 2)).toMatchObject({ more: true, entries: { length: 2 } })
    await history.close()
  })

  test('a folder that cannot be written is told once, and alerts go on', async () => {
    const history = await opened()
    await history.fired(fired(1), undefined)
    await history.close()
    rmSync(folder, { recursive: true })
    await history.fired(fired(2), undefined)
    await history.fired(fired(3), undefined)
    expect(faults).toHaveLength(1)
    expect(history.fault).not.toBe('')
    expect(history.size).toBe(3)
  })
})

describe('how good a rule was', () => {
  const trail = (mids: readonly number[]) => ({
    ...{ length: mids.length, at: (row: number) => row * 1_000 },
    mid: (row: number) => mids[row]!
  })

  test('the mid after an alert, with its side, net of half the spread', () => {
    // 10,000, a basis point up each second for ten seconds, then down to five below.
    const mids = Array.from(
      { length: 301 },
      (_, second) => 10_000 + (second <= 10 ? second : Math.max(-5, 20 - second))
    )
    const up = outcomeOf(trail(mids), { at: 0, mid: 10_000, halfSpreadBps: 0.5, sign: 1 })
    expect(up.bps).toEqual([1, 5, -5, -5, -5])
    expect(up.netBps[0]).toBe(0.5)
    expect([up.favourableBps, up.adverseBps]).toEqual([10, 5])
    const down = outcomeOf(trail(mids), { at: 0, mid: 10_000, halfSpreadBps: 0.5, sign: -1 })
    expect(down.bps).toEqual([-1, -5, 5, 5, 5])
    expect([down.favourableBps, down.adverseBps]).toEqual([5, 10])
  })

  test('is unknown where the mid was', () => {
    const mids = Array.from({ length: 301 }, (_, second) => (second > 3 && second < 40 ? NaN : 10_001))
    const { bps } = outcomeOf(trail(mids), { at: 0, mid: 10_000, halfSpreadBps: 0, sign: 1 })
    expect(bps).toEqual([1, NaN, NaN, 1, 1])
  })

  test('hits with Wilson’s interval: 8 of 10 is 49 % to 94 %', () => {
    const [low, high] = wilson(8, 10)
    expect([low, high].map((it) => Number(it.toFixed(4)))).toEqual([0.4902, 0.9433])
    const outcome = (move: number) => ({
      ...{ bps: [0, 0, 0, move, 0], netBps: [0, 0, 0, move - 1, 0] },
      ...{ favourableBps: 0, adverseBps: 0, halfSpreadBps: 1 }
    })
    const fires = [3, 2, -1, NaN].map((move) => ({ outcome: outcome(move), tag: 'useful' as const }))
    expect(scoreOf('r', [...fires, { tag: 'noise' }], 2)).toMatchObject({
      ...{ fires: 5, firesPerHour: 2.5, n: 3, hits: 2, useful: 4, noise: 1 },
      meanNetBps: (2 + 1 - 2) / 3
    })
  })
})
