import { describe, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import { reportWalk } from '../../src-main/study/predict/report'
import type { Walk } from '../../src-main/study/predict/study'
import { capturePath, haveCapture } from '../support/captures'
import { heldTerminal } from '../support/terminal'

const terminal = heldTerminal()

const usdm = 'market/binance/usdm_btcusdt_20240808.gz'

describe.skipIf(!haveCapture(usdm))('the app’s own model, walking over USD-M BTCUSDT of 2024-08-08', () => {
  test(
    'over a second beats base rate, reference model and raw imbalance, and earns nothing after fees',
    { timeout: 120_000 },
    async () => {
      expect(await study(['predict', capturePath(usdm), '--json'])).toBe(0)
      const walk = JSON.parse(terminal.said) as Walk
      expect(walk.instrument).toBe('binance-usdm:BTCUSDT')
      const second = walk.horizons.find(({ horizon }) => horizon === 's1')!
      expect(second.n).toBe(1_730)
      // The reference model's log-loss is 0.5893 (on a grid 2 s later), the queue's AUC 0.7811.
      expect(second.logLoss).toBeLessThan(0.57)
      expect(second.baselines.baseRateLogLoss).toBeGreaterThan(0.69)
      expect(second.gain.low).toBeGreaterThan(0)
      expect(second.auc).toBeGreaterThan(second.baselines.imbalanceAuc)
      expect(second.ece).toBeLessThan(second.eceByChance)
      const { takingBps, placingBps } = second.money
      for (const net of [...takingBps, placingBps]) expect(net).toBeLessThan(-1)
      for (const { murphy, brier } of walk.horizons)
        expect(murphy.reliability - murphy.resolution + murphy.uncertainty).toBeCloseTo(brier, 1)
      // Before costs the surest tenth is right, and it is told in words beside what it costs.
      expect(second.money.grossBps).toBeGreaterThan(0.5)
      const report = reportWalk(walk)
      expect(report).toMatch(/1 s: .*n = 1,730 in 11 stretches/)
      expect(report).toMatch(/queue imbalance alone 0\.7811/)
      expect(report).toMatch(/taking, net −9\.\d\d after 50 ms/)
      expect(report).not.toContain('NaN')
    }
  )
})

test('what cannot be walked is told, exit code 2', async () => {
  expect(await study(['predict'])).toBe(2)
  expect(terminal.complained).toContain('study predict <file...>')
  terminal.forget()
  expect(await study(['predict', 'there-is-none.gz'])).toBe(2)
  expect(terminal.complained).toContain('there-is-none.gz')
  terminal.forget()
  expect(await study(['predict', 'x.gz', '--taker', 'much'])).toBe(2)
  expect(terminal.complained).toContain('fees in bps')
})
