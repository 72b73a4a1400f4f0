import fc from 'fast-check'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OrderEvent } from '../../src-main/study/orders/events'
import { reportOrders } from '../../src-main/study/orders/report'
import { Resting } from '../../src-main/study/orders/resting'
import { figuresOf, studyOrders } from '../../src-main/study/orders/study'

const coin = 1e8
const bid = (id: number, at: number, action: OrderEvent['action'], price: number, volume: number) =>
  ({ id, at, action, side: 'bid', price: price * coin, volume: volume * coin }) as const
const ask = (id: number, at: number, action: OrderEvent['action'], price: number, volume: number) =>
  ({ id, at, action, side: 'ask', price: price * coin, volume: volume * coin }) as const

const day: readonly OrderEvent[] = [
  bid(9, 0, 'deleted', 90, 0), // nobody saw it begin
  bid(1, 1000, 'created', 100, 3),
  ask(2, 1000, 'created', 101, 5),
  bid(1, 1200, 'changed', 100, 2), // 1 filled
  bid(1, 1300, 'deleted', 100, 0), // the other 2 filled, after 300 ms
  ask(2, 2000, 'changed', 102, 4), // moved: less, but nothing filled
  ask(2, 9000, 'deleted', 102, 4), // taken back after 8 s
  bid(3, 9100, 'created', 99.5, 0.25)
]

test('a day of eight events is what a reader finds by hand', () => {
  expect(figuresOf(day)).toMatchObject({
    rows: 8,
    unique_ids: 4,
    counts: { 'created/bid': 2, 'created/ask': 1, 'deleted/bid': 2 },
    events_for_unknown_ids: 1,
    filled_volume_btc: { bid: 3, ask: 0 },
    n_deleted_volume0: 1,
    n_deleted_remaining: 1,
    median_lifetime_ms: { filled: 300, cancelled: 8000 },
    rows_with_crossed_book: 0,
    final_live_orders: 1,
    final_best_bid: 99.5,
    final_best_ask: NaN,
    final_top5_bids: [[99.5, 0.25]],
    final_top5_asks: []
  })
})

test('events are taken in the order of their times, and the file is said not to be', () => {
  const [first, ...later] = day
  const { file_sorted_by_timestamp: wasSorted, ...figures } = figuresOf([...later, first!])
  expect(wasSorted).toBe(false)
  expect(figures).toMatchObject({ events_for_unknown_ids: 1, t_first_ms: 0, n_deleted_volume0: 1 })
  expect(reportOrders({ ...figures, file_sorted_by_timestamp: wasSorted })).toContain('it was sorted')
})

test('a bid above an ask is counted as long as it stands', () => {
  const crossed = [
    ask(1, 1, 'created', 100, 1),
    bid(2, 2, 'created', 100, 1),
    bid(3, 3, 'created', 90, 1),
    ask(1, 4, 'deleted', 100, 0)
  ]
  expect(figuresOf(crossed).rows_with_crossed_book).toBe(2)
})

test('whatever comes and goes, the best resting price is the best that is left', () => {
  const order = fc.record({ price: fc.integer({ min: 1, max: 20 }), volume: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(fc.array(fc.tuple(order, fc.boolean())), (orders) => {
      const resting = new Resting('ask')
      for (const [it] of orders) resting.add(it)
      for (const [it, leaves] of orders) if (leaves) resting.remove(it)
      const left = orders.filter(([, leaves]) => !leaves).map(([it]) => it)
      const best = Math.min(...left.map((it) => it.price))
      const there = left.filter((it) => it.price === best).reduce((sum, it) => sum + it.volume, 0)
      expect(resting.top(1)).toEqual(left.length === 0 ? [] : [[best, there]])
    })
  )
})

const head = 'id,timestamp,exchange.timestamp,price,volume,action,direction'
const good = '1,1000,1000,236.47,200000000,created,bid'
const path = join(mkdtempSync(join(tmpdir(), 'study-')), 'orders.csv')
const reasonOf = async (...lines: string[]) => {
  writeFileSync(path, lines.join('\n') + '\n')
  const found = await studyOrders(path)
  return found.ok ? undefined : found.reason.replace(`${path}: `, '')
}

test('a bad file is told by line and by what is wrong', async () => {
  expect(await reasonOf(head, good)).toBeUndefined()
  expect(await reasonOf(good)).toBe(`line 1: the columns must be ${head}`)
  expect(await reasonOf(head)).toBe('no order in it')
  expect(await reasonOf(head, good, '2,1000,1000,cheap,1,created,bid')).toBe(
    'line 3: column 4, price, is no number: "cheap"'
  )
  expect(await reasonOf(head, good.replace('created', 'moved'))).toBe(
    'line 2: action "moved" is none of created, changed, deleted'
  )
  expect(await reasonOf(head, good.replace('200000000', '1.5'))).toBe(
    'line 2: volume 1.5 is no whole number of 1e-8 from 0 on'
  )
  expect(await reasonOf(head, '1,1000,1000')).toMatch(/^line 2: 3 columns instead of 7/)
})

test.each([
  ['2,1000,1000,-5,1,created,bid', 'price -5 is no price above 0'],
  ['2,1000,1000,0,1,changed,ask', 'price 0 is no price above 0'],
  ['0,1000,1000,5,1,created,bid', 'id 0 is no whole number from 1 on'],
  ['2.5,1000,1000,5,1,created,bid', 'id 2.5 is no whole number from 1 on'],
  ['2,-1000,1000,5,1,created,bid', 'timestamp -1000 is no whole number of ms since 1970'],
  ['2,1000.5,1000,5,1,created,bid', 'timestamp 1000.5 is no whole number of ms since 1970'],
  // Microseconds.
  [
    '2,1430438404518000,1000,5,1,created,bid',
    'timestamp 1430438404518000 is no whole number of ms since 1970'
  ],
  ['2,1000,0,5,1,created,bid', 'exchange.timestamp 0 is no whole number of ms since 1970']
])('an order that cannot be is refused by its line: %s', async (line, wrong) => {
  expect(await reasonOf(head, good, line)).toBe(`line 3: ${wrong}`)
})
