import { expect, test } from 'vitest'
import { holdQuote } from '../../../src-main/engine/feed/continuity'
import { FeedLane } from '../../../src-main/engine/feed/lane'
import { binanceSpot } from '../../../src-main/engine/venues/binance-spot/index'
import { FakeClock } from '../../support/fake-clock'
import { nobody } from '../../../src-main/engine/feed/nobody'

/** A book of 10 bid, 12 asked. */
function standing(): FeedLane {
  const lane = new FeedLane(
    binanceSpot.catalogue.guess('BTCUSDT'),
    binanceSpot.sequence,
    new FakeClock(),
    nobody
  )
  lane.changes.reset().isSnapshot = true
  lane.changes.bids.push(10, 1)
  lane.changes.asks.push(12, 1)
  lane.sync.snapshot(lane.changes)
  return lane
}
const quoted = (lane: FeedLane, bid: number, ask: number, mono: number) => {
  Object.assign(lane.quote, { bid, ask })
  return holdQuote(lane, mono)
}

test('ten quotes over ten seconds that the book never meets prove it wrong', () => {
  const lane = standing()
  const answers = Array.from({ length: 11 }, (_, second) => quoted(lane, 9, 12, second * 1_000))
  expect(answers).toEqual([...new Array<boolean>(10).fill(false), true])
})

test('a quote that the book meets before the next one comes breaks the row', () => {
  const lane = standing()
  for (let second = 0; second < 10; second++) quoted(lane, 9, 12, second * 1_000)
  lane.touchCheck.moved({ bid: 9, bidSize: 1, ask: 12, askSize: 1 })
  expect(quoted(lane, 8, 12, 20_000)).toBe(false)
})

test('many quotes in a moment, and a void book, prove nothing', () => {
  const lane = standing()
  for (let n = 0; n < 100; n++) expect(quoted(lane, 9, 12, n)).toBe(false)
  lane.sync.void()
  expect(quoted(lane, 9, 12, 60_000)).toBe(false)
})
