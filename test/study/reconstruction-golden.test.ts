import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { studyReconstruction } from '../../src-main/study/reconstruction/study'
import { capturePath, haveCapture } from '../support/captures'
import { expectGolden } from '../support/golden'

const golden = (entry: string): unknown =>
  (
    JSON.parse(readFileSync(capturePath('reference/binance_reconstruction.json'), 'utf8')) as Record<
      string,
      unknown
    >
  )[entry]
const captures: readonly (readonly [entry: string, ...files: string[]])[] = [
  ['spot_btcusdt_20240808', 'spot_btcusdt_20240808'],
  ['usdm_btcusdt_20240808', 'usdm_btcusdt_20240808'],
  ['cm_btcusd_perp_20240808', 'cm_btcusd_perp_20240808'],
  ['spot_ethusdt_20240808', 'spot_ethusdt_20240808'],
  ['usdm_btcusdt_20240718+20240719 concatenated', 'usdm_btcusdt_20240718', 'usdm_btcusdt_20240719']
]

describe('the rebuilt book of a real capture is the golden one, and each step is the quote of the venue', () => {
  for (const [entry, ...files] of captures) {
    const paths = files.map((name) => `market/binance/${name}.gz`)
    test.skipIf(!paths.every(haveCapture))(entry, async () => {
      const found = await studyReconstruction({ kind: 'captures', paths: paths.map(capturePath) })
      expect(found).toHaveProperty('ok', true)
      if (found.ok) expectGolden(JSON.parse(JSON.stringify(found.figures)), golden(entry))
    })
  }
})
