import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { SortedBook } from '../../../src-main/engine/book/sorted-book'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import { paramsOf } from '../../../src-main/engine/metrics/params'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { tradeFrequency } from '../../../src-main/engine/metrics/trade-frequency'
import { vpin } from '../../../src-main/engine/metrics/vpin'
import { DailyVolume } from '../../../src-main/engine/metrics/vpin/daily-volume'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { changesOf, plainInstrument } from '../../support/hand-book'

const hour = 3_600
/** A half hour of the UTC day begins; seconds. */
const start = 500_000 * hour

/** One metric on an instrument whose book speaks in regular steps, and whose trades have a line of their own. Times in s after `start`. */
class Watched {
  readonly #metric: Metric
  readonly #runner: MetricRunner
  readonly #book = new SortedBook()

  readonly #step: number

  /** @param step seconds between messages */
  constructor(metric: Metric, step = 1) {
    this.#metric = metric
    this.#step = step
    this.#runner = new MetricRunner([metric], plainInstrument, {
      params: ({ spec }) => paramsOf(spec, {}),
      ...{ recall: () => undefined, keep: () => undefined, tell: () => undefined, refused: () => undefined }
    })
    this.#runner.onBook(this.#book, this.#committed(true), at(0))
  }

  /** A message of the book each step of [from, to), and after it that many trades of 2 lots. */
  play(from: number, to: number, tradesOf: (second: number) => number = () => 0): this {
    for (let second = from; second < to; second += this.#step) {
      this.#runner.onBook(this.#book, this.#committed(false), at(second))
      const trades = new Trades()
      for (let n = tradesOf(second); n > 0; n--) trades.push(101, 2, 1, NaN, NaN)
      if (trades.count > 0) this.#runner.onTrades(trades, at(second + 0.5))
      if (second % 60 === 0) this.#runner.sample(at(second + 0.6), true)
    }
    return this
  }

  /** The line was last heard at `from`. */
  lose(from: number): this {
    this.#runner.onTradesLost(at(from))
    return this
  }

  figure(second: number, field: string): number {
    const place = this.#metric.spec.fields.findIndex(({ id }) => id === field)
    return this.#runner.sample(at(second), true)[sampleHeadLength + place]!
  }

  rows(second: number): readonly number[] {
    return [...(this.#runner.table(this.#metric.spec.id, at(second)) ?? [])]
  }

  #committed(isSnapshot: boolean) {
    const changes = changesOf([[99, 5]], [[101, 4]], { isSnapshot })
    this.#book.commit(changes)
    return changes
  }
}
const at = (second: number) => millis((start + second) * 1_000)
const one = () => 1

describe('an hour without the line of trades', () => {
  test('is not an hour without trades: the bucket of VPIN is still a fiftieth of a day of 2 lots each 4 s', () => {
    const watched = new Watched(vpin, 4)
      .play(0, hour, one)
      .lose(hour)
      .play(hour, 2 * hour)
    expect(watched.figure(2 * hour, 'bucket')).toBeNaN()
    watched.play(2 * hour, 2.5 * hour, one)
    // The running bucket keeps the size it was opened with, which was the volume as known then.
    expect(watched.figure(2.5 * hour, 'bucket') / ((24 * hour * 2) / 4 / 50)).toBeCloseTo(1, 2)
  })

  test('teaches no half hour of the day that nothing trades in it', () => {
    const watched = new Watched(tradeFrequency, 4)
      .play(0, hour, one)
      .lose(hour)
      .play(hour, 2 * hour)
    watched.play(2 * hour, 2.5 * hour + 4, one)
    const rows = watched.rows(2.5 * hour + 4)
    const days = (half: number) => {
      const from = (start + half * (hour / 2)) % (24 * hour)
      return Array.from({ length: rows.length / 4 }, (_, row) => rows.slice(4 * row, 4 * row + 4)).find(
        ([of]) => of === from
      )
    }
    for (const half of [0, 1, 4]) expect(days(half)![1]).toBeCloseTo(0.25, 2)
    for (const half of [2, 3]) expect(days(half)).toBeUndefined()
  })

  test('makes no burst of an ordinary second', () => {
    const three = (second: number) => (second % 2 ? 3 : 1)
    const watched = new Watched(tradeFrequency).play(0, 300, three)
    // Seconds of 1 and 3 lie one standard deviation off.
    expect(watched.figure(300.7, 'burst')).toBeCloseTo(1, 1)
    watched.lose(300).play(300, 390).play(390, 396, three)
    expect(watched.figure(396.1, 'burst')).toBeCloseTo(1, 1)
  })

  test('noticed late takes back the seconds after the last trade', () => {
    const three = (second: number) => (second % 2 ? 3 : 1)
    const watched = new Watched(tradeFrequency).play(0, 300, three).play(300, 330)
    watched.lose(300).play(330, 390).play(390, 396, three)
    expect(watched.figure(396.1, 'burst')).toBeCloseTo(1, 1)
  })
})

test('a gap takes back what the volume of a day counted as watched after the last trade, over the turn of an hour too', () => {
  const daily = new DailyVolume()
  const ms = (second: number) => (start + second) * 1_000
  for (let second = 0; second <= 3_000; second++) daily.add(ms(second), second === 0 ? 0 : 1)
  for (let second = 3_001; second <= 4_200; second++) daily.add(ms(second), 0)
  expect(daily.volume).toBeCloseTo((3_000 / 4_200) * 24 * hour, 6)
  daily.gap()
  expect(daily.volume).toBeCloseTo(24 * hour, 6)
  daily.gap()
  expect(daily.volume).toBeCloseTo(24 * hour, 6)
})
