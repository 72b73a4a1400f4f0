import { describe, expect, test } from 'vitest'
import { tradeFlag } from '../../../../src-main/engine/book/changes'
import { flowReading } from '../../../../src-main/engine/metrics/flow-reading'
import { kinds } from '../../../../src-main/engine/metrics/flow-reading/kinds'
import { Layers } from '../../../../src-main/engine/metrics/flow-reading/layers'
import { Sweeps } from '../../../../src-main/engine/metrics/flow-reading/sweeps'
import { FollowUp } from '../../../../src-main/engine/metrics/follow-up'
import { Streamed } from '../streamed'
import { base, plainScales, told } from './plain-scales'

describe('sweeps', () => {
  /** `mid` as the book has it a quarter of a second after the order. */
  const order = (prices: readonly number[], size: number, mid = prices.at(-1)!) => {
    const { list, tell } = told()
    const sweeps = new Sweeps(plainScales(), tell)
    for (const price of prices) sweeps.add(70_000, 5, 1, price, size / prices.length, base)
    sweeps.pass(70_001, base)
    sweeps.look(70_200, 20_000)
    expect(list).toEqual([])
    sweeps.look(70_250, mid)
    return list
  }
  const far = [10_000, 10_001, 10_002, 10_003, 10_004]

  test('are one order through five prices, larger and farther than 999 of 1,000, that moved the price to stay', () => {
    const [sweep] = order(far, 50)
    expect(sweep).toMatchObject({ kind: 'sweep', side: 'ask', sign: 1, price: 10_004 })
    expect(sweep!.evidence[2]).toEqual({ title: 'Span', value: 4, unit: 'bps' })
  })

  test('a large order at one price, or a small one through many, sweeps nothing', () => {
    expect(order([10_000], 50)).toEqual([])
    expect(order(far, 0.5)).toEqual([])
  })

  test('an order that was filled up again at once was met, not swept', () => {
    expect(order(far, 50, 10_001)).toEqual([])
    expect(order(far, 50, 10_001.7)).toHaveLength(1)
  })
})

describe('layers', () => {
  const shown = (forMs: number, isTraded = false) => {
    const { list, tell } = told()
    const layers = new Layers(true, plainScales(), tell)
    const prices = [9_999, 9_998.5, 9_998]
    const all = (at: number, before: number, size: number) => {
      for (const price of prices) layers.changed(at, price, size - before, base)
    }
    all(70_000, 0, 9)
    if (isTraded) for (const price of prices) layers.hit(70_000 + forMs, price, 8)
    all(70_000 + forMs, 9, 0)
    layers.pass(90_000)
    return list
  }

  test('three that come together and go together untraded are suspected, one that traded is not', () => {
    expect(shown(2_000)).toMatchObject([{ kind: 'layering', side: 'bid', sign: -1, confidence: 0.5 }])
    expect(shown(2_000, true)).toEqual([])
    expect(shown(9_000)).toEqual([])
    expect(shown(200)).toEqual([])
  })

  const flickers = (isCoarse: boolean) => {
    const { list, tell } = told()
    const layers = new Layers(false, plainScales(), tell, () => isCoarse)
    for (let i = 0; i < 4; i++) {
      layers.changed(70_000 + i * 2_000, 10_001, 9, base)
      layers.changed(71_000 + i * 2_000, 10_001, -9, base)
      layers.pass(71_900 + i * 2_000)
    }
    return list
  }

  test('one price that comes and goes four times flickers, where there are prices enough', () => {
    expect(flickers(false)).toMatchObject([{ kind: 'flicker', side: 'ask', price: 10_001, sign: 1 }])
    expect(flickers(true)).toEqual([])
  })
})

test('what followed is counted after ten seconds: half of two, 1 bps on average', () => {
  const followUp = new FollowUp(['sweep', 'wall'])
  followUp.add('sweep', 0, 1, 10_000)
  followUp.pass(9_999, 10_010)
  expect(followUp.of('sweep')).toBeUndefined()
  followUp.pass(10_000, 10_004)
  followUp.add('sweep', 20_000, -1, 10_000)
  followUp.pass(30_000, 10_002)
  const { n, share, meanBps } = followUp.of('sweep')!
  expect([n, share]).toEqual([2, 0.5])
  expect(meanBps).toBeCloseTo(1, 9)
  const next = new FollowUp(['sweep', 'wall'])
  expect(next.restore(followUp.save())).toBe(true)
  expect(next.of('sweep')).toEqual(followUp.of('sweep'))
  expect(next.restore([1, 2, 0, 0, 0, 0])).toBe(false)
})

test('a run of ordinary prints through the book is a sweep, one of RPI prints met nothing of it', () => {
  const learned = [0, 0, ...new FollowUp(kinds.map(({ id }) => id)).save(), ...plainScales().save()]
  const seenWith = (flags: number): number => {
    const streamed = new Streamed(flowReading)
    expect(streamed.run.restore!(learned)).toBe(true)
    for (let at = 0; at <= 500_000; at += 100_000) streamed.snapshot(at, [[9_999, 1]], [[10_001, 1]])
    streamed.change(500_001, [[9_999, 2]], [])
    for (let price = 10_001; price <= 10_100; price++) streamed.trade(500_002, price, 10, flags)
    const eaten = [
      [10_001, 0],
      [10_101, 1]
    ] as const
    for (const at of [500_003, 500_400, 501_000])
      streamed.change(at, [[10_099, at % 7]], at === 500_003 ? eaten : [])
    return streamed.figures(600_500)['seen']!
  }
  expect(seenWith(0)).toBe(1)
  expect(seenWith(tradeFlag.liquidation)).toBe(1)
  expect(seenWith(tradeFlag.rpi)).toBe(0)
})
