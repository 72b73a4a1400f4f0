import { expect, test } from 'vitest'
import { delta } from '../../../src-main/engine/metrics/delta'
import { flow } from '../../../src-main/engine/metrics/flow'
import { flowVelocity } from '../../../src-main/engine/metrics/flow-velocity'
import type { Metric } from '../../../src-main/engine/metrics/metric'
import type { Overrides } from '../../../src-main/engine/metrics/params'
import { rate } from '../../../src-main/engine/metrics/rate'
import { spreads } from '../../../src-main/engine/metrics/spreads'
import { tfi } from '../../../src-main/engine/metrics/tfi'
import { tradeFrequency } from '../../../src-main/engine/metrics/trade-frequency'
import { vpin } from '../../../src-main/engine/metrics/vpin'
import { vwap } from '../../../src-main/engine/metrics/vwap'
import { tradeFlag } from '../../../src-shared/trade-flag'
import { Streamed } from './streamed'

const { block, combo, liquidation, rpi } = tradeFlag
const midnight = Date.UTC(2026, 10, 26)

/** Those flags with which a trade of 3 lots still counts in this figure as an ordinary one does. */
function countedIn(metric: Metric, field: string, overrides: Overrides = {}): number[] {
  const figureWith = (flags: number): number => {
    const streamed = new Streamed(metric, overrides)
    for (const second of [0, 59, 60])
      streamed.snapshot(midnight + second * 1_000, [[9_999, 50]], [[10_001, 50]])
    return streamed.trade(midnight + 60_100, 10_001, 3, flags).figures(midnight + 60_200)[field]!
  }
  const ordinary = figureWith(0)
  expect(ordinary).toBeGreaterThan(0)
  return [block, combo, liquidation, rpi].filter((flags) => figureWith(flags) === ordinary)
}

test.each<[Metric, string, Overrides?]>([
  [flow, 'buy60'],
  [tfi, 'net60'],
  [vwap, 'session'],
  [vpin, 'filled', { bucket: 30 }],
  [spreads, 'effective', { window: 10 }],
  [tradeFrequency, 'trades60']
])('$spec.id counts liquidations and RPI prints, which somebody took, and no block or leg', (...of) => {
  expect(countedIn(...of)).toEqual([liquidation, rpi])
})

test('volume delta counts liquidations and RPI prints, which somebody took, and no block or leg', () => {
  expect(countedIn(delta, delta.spec.fields[1]!.id)).toEqual([liquidation, rpi])
})

test('the rate of prints counts every print', () => {
  expect(countedIn(rate, rate.spec.fields[1]!.id)).toEqual([block, combo, liquidation, rpi])
})

test('flow velocity counts as executed only what the public book can have lost: no RPI print', () => {
  expect(countedIn(flowVelocity, 'trade-ask-near')).toEqual([liquidation])
})

test('an RPI print explains no decrease: what left beside it was cancelled', () => {
  const cancelledBeside = (flags: number): number => {
    const streamed = new Streamed(flowVelocity).snapshot(0, [[9_999, 50]], [[10_001, 50]])
    streamed.trade(20_000, 10_001, 30, flags).change(20_000, [], [[10_001, 20]])
    return streamed.change(20_401, [], []).figures(20_401)['cancel-ask-near']!
  }
  expect(cancelledBeside(0)).toBe(0)
  expect(cancelledBeside(liquidation)).toBe(0)
  expect(cancelledBeside(rpi)).toBeCloseTo((30 / 5) * Math.exp(-0.401 / 5), 1)
})
