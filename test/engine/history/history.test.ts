import { describe, expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { History } from '../../../src-main/engine/history'
import { millis } from '../../../src-shared/units'

const row = (at: number, mid: number) => Float64Array.of(at, mid)

function tradesAt(...times: number[]): Trades {
  const trades = new Trades()
  for (const at of times) trades.push(100, 5, -1, at, at)
  return trades
}

describe('history', () => {
  test('answers with what is not older than asked, oldest first', () => {
    const history = new History(2, [1])
    for (const at of [100, 200, 300]) history.keepSample(row(at, at))
    history.keepTrades(tradesAt(150, 250))
    const { rows, trades } = history.answer('sim:A', 200)
    expect([...rows]).toEqual([200, 200, 300, 300])
    expect([...trades]).toEqual([250, 100, 5, -1, 250, 0])
  })

  test('holds ten minutes of rows and 2,000 trades, and lets the oldest go', () => {
    const history = new History(2, [1])
    for (let at = 0; at < 6_001; at++) history.keepSample(row(at, 1))
    for (let at = 0; at < 2_001; at++) history.keepTrades(tradesAt(at))
    const { rows, trades } = history.answer('sim:A', 0)
    expect([rows.length / 2, rows[0]]).toEqual([6_000, 1])
    expect([trades.length / 6, trades[0]]).toEqual([2_000, 1])
  })

  test('joins the statuses of one outage to one gap, open until the book is live', () => {
    const history = new History(2, [1])
    history.lose(millis(100))
    history.lose(millis(150))
    expect([...history.answer('sim:A', 0).gaps]).toEqual([100, Infinity])
    history.regain(millis(200))
    history.regain(millis(250))
    history.lose(millis(900))
    expect([...history.answer('sim:A', 0).gaps]).toEqual([100, 200, 900, Infinity])
    expect([...history.answer('sim:A', 500).gaps]).toEqual([900, Infinity])
  })

  test('counts in the finer steps once the grid is refined', () => {
    const history = new History(2, [1])
    history.keepSample(row(100, 7))
    history.keepTrades(tradesAt(100))
    history.rescale(10, 2)
    const { rows, trades } = history.answer('sim:A', 0)
    expect([...rows]).toEqual([100, 70])
    expect([...trades].slice(1, 3)).toEqual([1_000, 10])
  })
})
