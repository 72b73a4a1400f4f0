import { expect, test } from 'vitest'
import { named } from '../../../src-main/engine/alert-desk/named'
import { metrics } from '../../../src-main/engine/metrics'
import type { EngineReport } from '../../../src-shared/contract/control'
import { anAlert } from '../../support/an-alert'
import { perpetual } from '../../support/fake-desk.svelte'

const specs = metrics.map(({ spec }) => spec)
const instrument = perpetual('binance-usdm', 'BTCUSDT')
const naming = { metrics: specs, instrument: () => instrument }
const figureOf = (report: EngineReport) => ('alert' in report ? report.alert.figure : undefined)
const told = (metric: string, field: string, value: number, threshold: number) =>
  figureOf(named({ kind: 'alert', alert: anAlert({ metric, field, value, threshold }) }, naming))

test('an alert that leaves the engine names its figure as the window does, in the figure’s own unit', () => {
  expect(told('imbalance', 'bps10', -0.72, -0.6)).toBe('Imbalance within 10 bps −0.72 (level −0.60)')
  expect(told('spread', 'bps', 12.5, 10)).toBe('Spread 12.50 bps (level 10.00 bps)')
  // 617,001 ticks of 0.1.
  expect(told('vwap', 'session', 617_001, NaN)).toBe('Session VWAP 61,700.10 USDT')
  expect(told('forecast', 's1-up', 0.61, 0.6)).toBe('Forecast 1 s, chance of up 61 % (level 60 %)')
})

test('it is named whichever way it is told, and an alert without a figure has none', () => {
  const escalation = named({ kind: 'escalation', alert: anAlert(), channels: [] }, naming)
  expect(figureOf(escalation)).toContain('Imbalance within 10 bps')
  expect(told('', '', NaN, NaN)).toBeUndefined()
  expect(told('gone', 'away', 1, 1)).toBeUndefined()
  // Without a figure there is no unit to tell it from the spread in bps.
  expect(told('spread', 'ticks', NaN, NaN)).toBe('Spread in ticks –')
})
