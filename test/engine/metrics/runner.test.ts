import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { metrics } from '../../../src-main/engine/metrics'
import { Coverage } from '../../../src-main/engine/metrics/coverage'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { columnsOf } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook, plainInstrument } from '../../support/hand-book'

const mid = sampleHeadLength

describe('the runner of metrics', () => {
  test('is silent before the first message, after a gap, and where the status is not live', () => {
    const book = handBook([[99, 1]], [[101, 1]])
    const runner = new MetricRunner(metrics, plainInstrument)
    expect(runner.sample(millis(0), true)[mid]).toBeNaN()
    runner.onBook(book, changesOf([], []), millis(100))
    expect(runner.sample(millis(100), true)[mid]).toBe(100)
    expect(runner.sample(millis(100), false)[mid]).toBeNaN()
    runner.onGap(millis(200))
    expect(runner.sample(millis(200), true)[mid]).toBeNaN()
  })

  test('tells when the book was last heard, which an equal quote confirms and another does not', () => {
    const book = handBook([[99, 1]], [[101, 1]])
    const runner = new MetricRunner(metrics, plainInstrument)
    runner.onBook(book, changesOf([], [], { last: 90 }), millis(100))
    const equal = { bid: 99, bidSize: 1, ask: 101, askSize: 1, sequence: 90 }
    runner.onQuote({ ...equal, bid: 98 }, 95, millis(200))
    expect(runner.sample(millis(300), true)[sampleHead.heardAt]).toBe(100)
    runner.onQuote(equal, 195, millis(200))
    const row = runner.sample(millis(300), true)
    expect([row[sampleHead.heardAt], row[sampleHead.venueAt]]).toEqual([200, 195])
  })

  test('trusts trades again from the first one after a loss, and fills its windows anew', () => {
    const runner = new MetricRunner(metrics, plainInstrument)
    const bought =
      mid +
      columnsOf(metrics.map(({ spec }) => spec)).findIndex(
        (it) => it.metric === 'flow' && it.field === 'buy1'
      )
    runner.onBook(handBook([[99, 1]], [[101, 1]]), changesOf([], []), millis(0))
    expect(runner.sample(millis(1_000), true)[bought]).toBe(0)
    runner.onTradesLost(millis(1_000))
    expect(runner.sample(millis(5_000), true)[bought]).toBeNaN()
    const trades = new Trades()
    trades.push(101, 2, 1, 0, 1)
    runner.onTrades(trades, millis(5_000))
    expect(runner.sample(millis(5_900), true)[bought]).toBeNaN()
    expect(runner.sample(millis(6_000), true)[bought]).toBe(0)
  })
})

describe('coverage', () => {
  test('is the share of the last minute that was watched', () => {
    const coverage = new Coverage()
    expect(coverage.share(millis(0))).toBe(0)
    coverage.resume(millis(60_000))
    expect(coverage.share(millis(90_000))).toBe(0.5)
    expect(coverage.share(millis(120_000))).toBe(1)
    coverage.lose(millis(120_000))
    coverage.resume(millis(135_000))
    expect(coverage.share(millis(150_000))).toBe(0.75)
    expect(coverage.share(millis(200_000))).toBe(1)
  })

  test('counts a minute of flapping links as no more than was watched', () => {
    const coverage = new Coverage()
    coverage.resume(millis(0))
    for (let at = 0; at < 60_000; at += 200) {
      coverage.lose(millis(at))
      coverage.resume(millis(at + 100))
    }
    expect(coverage.share(millis(60_000))).toBeLessThanOrEqual(0.5)
  })
})
