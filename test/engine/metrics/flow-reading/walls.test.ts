import { describe, expect, test } from 'vitest'
import { SortedBook } from '../../../../src-main/engine/book/sorted-book'
import { flowReading } from '../../../../src-main/engine/metrics/flow-reading'
import { kinds } from '../../../../src-main/engine/metrics/flow-reading/kinds'
import { Walls } from '../../../../src-main/engine/metrics/flow-reading/walls'
import { paramsOf } from '../../../../src-main/engine/metrics/params'
import { MetricRunner } from '../../../../src-main/engine/metrics/runner'
import { millis } from '../../../../src-shared/units'
import { changesOf, handBook, plainInstrument } from '../../../support/hand-book'
import { base, plainScales, told } from './plain-scales'

describe('walls', () => {
  const stood = (isEaten: boolean) => {
    const { list, tell } = told()
    const ends = { pulled: 3, eaten: 1, doubtful: 0 }
    const walls = new Walls(true, plainScales(), ends, tell)
    walls.changed(0, 9_999, 0, 10, true, base)
    walls.pass(11_000, base)
    expect(list).toEqual([])
    walls.pass(12_000, base)
    walls.pass(30_000, base)
    expect(walls.price).toBe(9_999)
    if (isEaten) walls.hit(9_999, 9)
    walls.changed(40_000, 9_999, 10, 1, true, base)
    walls.pass(41_000, base)
    return { list, ends, walls }
  }

  test('are told when they have stood for 12 s while nothing is learned of their like, age at 30 s, and are pulled when nothing traded', () => {
    const { list, ends, walls } = stood(false)
    expect(list.map((it) => [it.kind, it.sign])).toEqual([
      ['wall', 1],
      ['wall-aged', 1],
      ['wall-pulled', -1]
    ])
    expect(ends).toEqual({ pulled: 4, eaten: 1, doubtful: 1 })
    expect(walls.price).toBeNaN()
    const evidence = Object.fromEntries(list[2]!.evidence.map((it) => [it.title, it.value]))
    expect(evidence).toMatchObject({
      Age: 40,
      'Walls here that were pulled': 0.8,
      'Walls here that ended': 5
    })
  })

  /** A wall that was told, watched by the runner, goes at 40 s; the line of trades is silent from `lostAt` on, which is noticed at `noticedAt`. */
  const lostWhile = (lostAt: number, noticedAt: number) => {
    const seen: string[] = []
    let kept: readonly number[] = []
    const runner = new MetricRunner([flowReading], plainInstrument, {
      params: ({ spec }) => paramsOf(spec, {}),
      recall: () => [3, 1, ...Array<number>(3 * kinds.length).fill(0), ...plainScales().save()],
      keep: (_metric, values) => (kept = values),
      tell: (_metric, { kind }) => seen.push(kind),
      refused: () => undefined
    })
    const book = new SortedBook()
    const say = (at: number, size: number, isSnapshot = false): void => {
      if (at >= noticedAt) runner.onTradesLost(millis(lostAt))
      const bids = [[9_999, 1] as const, [9_998, size] as const]
      const changes = changesOf(bids, [[10_001, 1]], { isSnapshot })
      book.commit(changes)
      runner.onBook(book, changes, millis(at))
      runner.sample(millis(at), true)
    }
    say(0, 1, true)
    for (let at = 1_000; at < 45_000; at += 1_000) say(at, at < 40_000 ? 10 : 0)
    const why = runner.unready(new Set(['flow-reading']), millis(45_000))[0]?.why
    runner.save()
    return { seen, pulled: kept[0], eaten: kept[1], why }
  }

  test('are not said to be pulled where trades may be missing, nor counted as that', () => {
    const pulled = ['wall', 'wall-aged', 'wall-pulled']
    expect(lostWhile(Infinity, Infinity)).toMatchObject({ seen: pulled, pulled: 4, eaten: 1 })
    const lost = lostWhile(38_000, 39_000)
    expect(lost).toMatchObject({ seen: ['wall', 'wall-aged'], pulled: 3, eaten: 1 })
    expect(lost.why).toContain('Trades may have been missed')
    // What was told before anybody could know is not counted, at least.
    expect(lostWhile(39_000, 43_000)).toMatchObject({ seen: pulled, pulled: 3, eaten: 1 })
  })

  test('are eaten when half of what went was executed', () => {
    expect(stood(true).list.at(-1)!.kind).toBe('wall-eaten')
  })

  test('are no walls when they grow bit by bit, or stand far away', () => {
    const { list, tell } = told()
    const walls = new Walls(true, plainScales(), { pulled: 0, eaten: 0, doubtful: 0 }, tell)
    for (let size = 5; size < 20; size++) walls.changed(size, 9_999, size - 1, size, true, base)
    walls.changed(30, 9_900, 0, 10, false, base)
    walls.pass(20_000, base)
    expect(list).toEqual([])
  })

  test('are no walls beside a far larger level', () => {
    const { list, tell } = told()
    const scales = plainScales()
    const { bids, asks } = handBook([[9_998, 20]], [[10_001, 1]])
    scales.look(60_000, [bids, asks], 10_000, 1, 0.1)
    const walls = new Walls(true, scales, { pulled: 0, eaten: 0, doubtful: 0 }, tell)
    walls.changed(60_000, 9_999, 0, 10, true, base)
    walls.pass(80_000, base)
    expect(list).toEqual([])
  })

  test('must outlast 99 of 100 of their like once that is learned, within 12 to 20 s', () => {
    const standAfter = (ms: number): number => {
      const scales = plainScales()
      for (let i = 0; i < 300; i++) scales.stood(59_000 + i, i < 290 ? 100 : ms)
      scales.look(61_000, [], 10_000, 1, 0.1)
      return scales.standMs
    }
    expect(standAfter(100)).toBe(12_000)
    expect(standAfter(16_000)).toBeGreaterThan(15_000)
    expect(standAfter(16_000)).toBeLessThan(17_000)
    expect(standAfter(600_000)).toBe(20_000)
  })
})
