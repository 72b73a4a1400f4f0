import { expect, test } from 'vitest'
import { Trades } from '../../src-main/engine/book/changes'
import { DerivativeNews } from '../../src-main/engine/derivative-news'
import { noReference } from '../../src-main/engine/venues/venue'
import type { ReferenceView } from '../../src-shared/contract/frames'
import { millis } from '../../src-shared/units'

const told = (mark: number): ReferenceView => ({
  ...noReference(),
  ...{ instrument: 'sim:A', at: millis(1), lapsed: '', mark }
})

function liquidation(price: number): Trades {
  const trades = new Trades()
  trades.push(price, 5, -1, 1, 1)
  return trades
}

test('reference figures are told when they change, at most once a second', () => {
  const news = new DerivativeNews()
  news.watch(['sim:A'])
  const first = told(100)
  expect(news.take(0, () => first)).toEqual([{ kind: 'references', list: [first] }])
  expect(news.take(500, () => told(101))).toEqual([])
  expect(news.take(1_000, () => first)).toEqual([])
  expect(news.take(2_000, () => told(101))).toHaveLength(1)
})

test('orders closed by force wait for the second, and count in the finer grid when it gets finer', () => {
  const news = new DerivativeNews()
  news.watch(['sim:A'])
  news.onLiquidations('sim:A', liquidation(100))
  news.rescale('sim:A', 10, 1)
  const [frame] = news.take(0, () => undefined)
  if (frame?.kind !== 'liquidations') throw new Error('no liquidations')
  expect([...frame.rows.subarray(1, 4)]).toEqual([1_000, 5, -1])
  expect(news.take(1_000, () => undefined)).toEqual([])
})

test('nothing is kept of what no window watches', () => {
  const news = new DerivativeNews()
  news.watch(['sim:A'])
  news.onLiquidations('sim:B', liquidation(1))
  expect(news.take(0, () => undefined)).toEqual([])
})
