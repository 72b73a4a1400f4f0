import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { flow } from '../../../src-main/engine/metrics/flow'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook, inverseInstrument } from '../../support/hand-book'
import { figuresOf, startOn } from './figures'

const book = handBook([[99, 1]], [[101, 1]])
const message = changesOf([], [], { isSnapshot: false })

function trade(price: number, size: number, aggressor: 1 | -1): Trades {
  const trades = new Trades()
  trades.push(price, size, aggressor, 0, 1)
  return trades
}

describe('flow', () => {
  test('is quote money by the side that took, 300 bought against 100 sold', () => {
    const run = startOn(flow, book)
    run.onBook?.(message, millis(0))
    run.onTrades?.(trade(100, 3, 1), millis(500))
    run.onTrades?.(trade(100, 1, -1), millis(600))
    expect(figuresOf(flow, run, 1_000)).toMatchObject({ buy1: 300, sell1: 100, net1: 0.5 })
  })

  test('counts inverse contracts at what they are worth whatever the price', () => {
    const run = startOn(flow, book, inverseInstrument)
    run.onBook?.(message, millis(0))
    run.onTrades?.(trade(100, 3, 1), millis(500))
    expect(figuresOf(flow, run, 1_000).buy1).toBe(300)
  })

  test('lets a trade go when its window has passed', () => {
    const run = startOn(flow, book)
    run.onBook?.(message, millis(0))
    run.onTrades?.(trade(100, 3, 1), millis(500))
    expect(figuresOf(flow, run, 10_000)).toMatchObject({ buy1: 0, buy10: 300 })
    expect(figuresOf(flow, run, 10_600).buy10).toBe(0)
  })

  test('is unknown until its window has been watched, and again after a gap', () => {
    const run = startOn(flow, book)
    run.onBook?.(message, millis(0))
    run.onTrades?.(trade(100, 3, 1), millis(500))
    expect(figuresOf(flow, run, 999).buy1).toBeNaN()
    expect(figuresOf(flow, run, 9_999).buy10).toBeNaN()
    run.onGap?.(millis(10_000))
    expect(figuresOf(flow, run, 20_000).buy10).toBeNaN()
    run.onBook?.(message, millis(20_000))
    expect(figuresOf(flow, run, 20_999).buy1).toBeNaN()
    expect(figuresOf(flow, run, 21_000)).toMatchObject({ buy1: 0, sell1: 0, net1: NaN })
  })

  test('nets within [-1, 1], and turns round when every aggressor does', () => {
    const tape = fc.array(fc.tuple(fc.integer({ min: 1, max: 999 }), fc.boolean()), { minLength: 1 })
    fc.assert(
      fc.property(tape, (trades) => {
        const [run, mirrored] = [startOn(flow, book), startOn(flow, book)]
        for (const each of [run, mirrored]) each.onBook?.(message, millis(0))
        for (const [size, isBuy] of trades) {
          run.onTrades?.(trade(100, size, isBuy ? 1 : -1), millis(500))
          mirrored.onTrades?.(trade(100, size, isBuy ? -1 : 1), millis(500))
        }
        const net = figuresOf(flow, run, 1_000).net1!
        expect(Math.abs(net)).toBeLessThanOrEqual(1)
        expect(figuresOf(flow, mirrored, 1_000).net1! + net).toBeCloseTo(0, 12)
      })
    )
  })
})
