import { expect, test } from 'vitest'
import { Trades } from '../../../src-main/engine/book/changes'
import { ToldTrades } from '../../../src-main/engine/feed/told-trades'

/** Ids of one message's trades, a time each, and those that were news. */
function teller(told = new ToldTrades()) {
  return (ids: readonly number[], { at = 0, catching = false } = {}) => {
    const trades = new Trades()
    for (const [row, id] of ids.entries()) trades.push(100 + row, 1, 1, at, id)
    told.keepNews(trades, catching ? 1 : NaN)
    return Array.from({ length: trades.count }, (_, row) => [trades.id[row], trades.price[row]! - 100])
  }
}

test('of trades that come again only the new ones stay, each with its own figures', () => {
  const news = teller()
  expect(news([1, 2, 3])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2]
  ])
  expect(news([2, 4, 3, 5])).toEqual([
    [4, 1],
    [5, 3]
  ])
})

test('ids that are hashes are no order: one that is lower and was not told is news', () => {
  const news = teller()
  news([917, 754])
  expect(news([754, 801, 12], { catching: true })).toEqual([
    [801, 1],
    [12, 2]
  ])
  expect(news([12])).toEqual([])
})

test('what has no id is news, unless a line takes over and its time was told', () => {
  const news = teller()
  expect(news([NaN, NaN], { at: 5 })).toHaveLength(2)
  expect(news([NaN], { at: 5 })).toHaveLength(1)
  expect(news([NaN], { at: 5, catching: true })).toEqual([])
  expect(news([NaN], { at: 6, catching: true })).toHaveLength(1)
})

test('thousands are remembered, and of a line that takes over what is older than all of them is none', () => {
  const news = teller()
  for (let id = 1; id <= 5_000; id++) news([id])
  expect(news([1_000], { catching: true })).toEqual([])
  expect(news([904, 5_000])).toEqual([[904, 0]])
})

test('rows of one message under one id are parts of one trade: all of it is told, once', () => {
  const told = new ToldTrades()
  const rows = (...parts: readonly (readonly [id: number, size: number, flags: number])[]) => {
    const trades = new Trades()
    for (const [id, size, flags] of parts) trades.push(100, size, 1, 0, id, flags)
    told.keepNews(trades, NaN)
    return Array.from({ length: trades.count }, (_, row) => [trades.id[row], trades.size[row]])
  }
  const both = [
    [7, 3, 0],
    [7, 2, 1]
  ] as const
  expect(rows(...both)).toEqual([
    [7, 3],
    [7, 2]
  ])
  expect(rows(...both)).toEqual([])
  // The venue repeats a row or a whole trade, and goes on.
  expect(rows([8, 1, 0], [8, 1, 0], [9, 3, 0], [9, 2, 1], [9, 3, 0], [7, 3, 0], [10, 1, 0])).toEqual([
    [8, 1],
    [9, 3],
    [9, 2],
    [10, 1]
  ])
  // Not next to one another: another message of the same trade, as its id was told.
  expect(rows([11, 1, 0], [12, 1, 0], [11, 1, 0])).toEqual([
    [11, 1],
    [12, 1]
  ])
})

test('of trades without ids of the latest time told, a line that takes over repeats as many as were told, and the rest is news', () => {
  const news = teller()
  news([NaN], { at: 4 })
  news([NaN, NaN], { at: 5 })
  expect(news([NaN], { at: 4, catching: true })).toEqual([])
  expect(news([NaN], { at: 5, catching: true })).toEqual([])
  expect(news([NaN, NaN, NaN], { at: 5, catching: true })).toEqual([
    [NaN, 1],
    [NaN, 2]
  ])
  expect(news([NaN], { at: 6, catching: true })).toHaveLength(1)
})
