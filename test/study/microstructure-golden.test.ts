import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { studyMicrostructure } from '../../src-main/study/microstructure/study'
import { capturePath, haveCapture } from '../support/captures'
import { expectGolden } from '../support/golden'

const captures = [
  'spot_btcusdt_20240808',
  'usdm_btcusdt_20240808',
  'cm_btcusd_perp_20240808',
  'usdm_btcusdt_20240719'
]
const goldens = (): Readonly<Record<string, { hawkes_exp_unique_ms_trade_times: { loglik_max: number } }>> =>
  JSON.parse(readFileSync(capturePath('reference/binance_microstructure.json'), 'utf8')) as never

/** Fitted parameters are where an optimiser stopped; all else is arithmetic. */
const tolerance = (path: string): number => {
  if (/\.(mle_\w+|branching_ratio)$/.test(path)) return 1e-3
  return path.endsWith('.loglik_max') ? 1e-6 : 1e-9
}

describe('every figure of a real capture is the golden one', () => {
  for (const name of captures) {
    const path = `market/binance/${name}.gz`
    test.skipIf(!haveCapture(path))(name, async () => {
      const found = await studyMicrostructure({ kind: 'captures', paths: [capturePath(path)] })
      expect(found).toHaveProperty('ok', true)
      if (!found.ok) return
      const golden = goldens()[name]!
      const { intervals_95, ...figures } = found.figures
      expectGolden(JSON.parse(JSON.stringify(figures)), golden, tolerance)
      const { rows_auc } = found.figures.queue_imbalance
      expect(intervals_95.rows_auc[0]).toBeLessThan(rows_auc)
      expect(intervals_95.rows_auc[1]).toBeGreaterThan(rows_auc)
      const { loglik_max } = golden.hawkes_exp_unique_ms_trade_times
      expect(found.figures.hawkes_exp_unique_ms_trade_times!.loglik_max).toBeGreaterThanOrEqual(
        loglik_max - 1e-4
      )
    })
  }
})
