import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { rate } from '../../../src-main/engine/metrics/rate'
import { millis } from '../../../src-shared/units'
import { changesOf, handBook } from '../../support/hand-book'
import { figuresOf, startOn } from './figures'

const book = handBook([[99, 1]], [[101, 1]])
const message = changesOf([], [], { isSnapshot: false })

function trade(): Trades {
  const trades = new Trades()
  trades.push(100, 1, 1, 0, 1)
  return trades
}

describe('rate', () => {
  test('is messages and trades a second over five seconds', () => {
    const run = startOn(rate, book)
    for (let at = 0; at < 5_000; at += 100) run.onBook?.(message, millis(at))
    for (let at = 0; at < 5_000; at += 500) run.onTrades?.(trade(), millis(at))
    expect(figuresOf(rate, run, 4_999)).toEqual({ book: NaN, trades: NaN })
    const { book: messages, trades } = figuresOf(rate, run, 5_000)
    // The oldest hundredth of the window has left: one message and one trade with it.
    expect(messages).toBeCloseTo(49 / 5)
    expect(trades).toBeCloseTo(9 / 5)
  })

  test('is unknown after a gap until it has been watched for five seconds', () => {
    const run = startOn(rate, book)
    run.onBook?.(message, millis(0))
    run.onGap?.(millis(6_000))
    run.onBook?.(message, millis(7_000))
    expect(figuresOf(rate, run, 11_999).book).toBeNaN()
    expect(figuresOf(rate, run, 12_000).book).toBeCloseTo(0, 5)
  })
})
