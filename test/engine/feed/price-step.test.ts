import { expect, test } from 'vitest'
import { FeedLane } from '../../../src-main/engine/feed/lane'
import { nobody } from '../../../src-main/engine/feed/nobody'
import { hyperliquid } from '../../../src-main/engine/venues/hyperliquid/index'
import { MetricRunner } from '../../../src-main/engine/metrics/runner'
import { spread } from '../../../src-main/engine/metrics/spread'
import { Replay } from '../../../src-main/engine/tape/replay'
import { sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument } from '../../../src-shared/instrument'
import { millis, ticks } from '../../../src-shared/units'
import { FakeClock } from '../../support/fake-clock'
import { bytesOf } from '../../support/recording-sink'

/** Steps of .1, of .5 from 50 on, of 2 from 1,000 on. */
const listed: Instrument = {
  ...hyperliquid.catalogue.guess('X'),
  price: { decimals: 1, step: 1 },
  tickSize: ticks(1),
  tickSteps: [
    { above: 50, step: 0.5 },
    { above: 1_000, step: 2 }
  ]
}

function laneOf(instrument: Instrument) {
  const told: number[] = []
  const listener = {
    ...nobody,
    onInstruments: (list: readonly Instrument[]) => told.push(...list.map(({ tickSize }) => tickSize))
  }
  const lane = new FeedLane(instrument, hyperliquid.sequence, new FakeClock(), listener)
  /** In ticks. */
  const stand = (bid: number, ask: number): number => {
    lane.changes.reset().isSnapshot = true
    lane.changes.bids.push(bid, 1)
    lane.changes.asks.push(ask, 1)
    lane.sync.snapshot(lane.changes)
    lane.keepStep()
    return lane.instrument.tickSize
  }
  return { lane, stand, told }
}

test('the step is that of the price, and is told when it is another', () => {
  const { stand, told } = laneOf(listed)
  expect([stand(101, 102), stand(600, 605), stand(605, 610), stand(20_000, 20_020), stand(103, 104)]).toEqual(
    [1, 5, 5, 20, 1]
  )
  expect(told).toEqual([5, 20, 1])
})

test('a price that wavers where a coarser step begins does not change it again and again', () => {
  const { stand } = laneOf(listed)
  expect(stand(10_000, 10_020), 'at 1,000 not yet').toBe(5)
  expect(stand(10_020, 10_040)).toBe(20)
  expect(stand(10_000, 10_020), 'not beyond it any more').toBe(20)
  expect(stand(9_995, 10_000), 'below it').toBe(5)
})

test('prices between the steps of the rule refute it', () => {
  const { stand } = laneOf(listed)
  expect([stand(601, 605), stand(600, 603), stand(600, 605)]).toEqual([1, 1, 5])
})

test('a finer grid, and a list that comes in late, keep the step in money', () => {
  const { lane, stand } = laneOf({ ...listed, tickSteps: undefined } as unknown as Instrument)
  lane.counters.frames = 1
  expect(stand(600, 605)).toBe(1)
  lane.describe(listed)
  expect(lane.instrument.tickSize).toBe(5)
  lane.refine('price', '60.25')
  expect([lane.instrument.price, lane.instrument.tickSize]).toEqual([{ decimals: 2, step: 5 }, 10])
  expect(stand(100, 102), '5.00 to 5.10').toBe(2)
})

test('a spread of one step on Hyperliquid reads one tick, below and above 10,000', () => {
  const spreads: number[] = []
  let runner: MetricRunner | undefined
  const replay = new Replay(hyperliquid, {
    ...nobody,
    onInstruments: (list) => {
      for (const instrument of list) runner?.describe(instrument)
    },
    onBook: (_id, book, changes, at) => {
      runner ??= new MetricRunner([spread], replay.lanes.get('BTC')!.instrument)
      runner.onBook(book, changes, at)
      spreads.push(runner.sample(at, true)[sampleHeadLength]!)
    }
  })
  for (const [bid, ask] of [
    ['9998.0', '9999.0'],
    ['10500.0', '10501.0']
  ])
    replay.take({
      kind: 'rx',
      ...{ at: millis(spreads.length), second: 0, nanosecond: 0 },
      bytes: bytesOf(
        `{"channel":"l2Book","data":{"coin":"BTC","time":${spreads.length + 1},"levels":[[{"px":"${bid}","sz":"1","n":1}],[{"px":"${ask}","sz":"1","n":1}]]}}`
      )
    })
  expect(spreads).toEqual([10, 1])
})
