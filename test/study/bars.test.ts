import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fitGarch, garchPath } from '../../src-main/engine/math/garch'
import { varianceRatio } from '../../src-main/engine/math/variance-ratio'
import { reportBars } from '../../src-main/study/bars/report'
import { studyBars } from '../../src-main/study/bars/study'
import { adx, efficiency } from '../../src-main/study/bars/trend'
import { capturePath, haveCapture } from '../support/captures'
import { expectGolden } from '../support/golden'

const capture = 'market/bars/btc-perp-1m_2021-12-31_part1.csv.gz'
const reference = 'reference/bars_btc_perp_1m.json'

/** Fitted parameters, and what follows from them, are where an optimiser stopped; all else is arithmetic. */
const tolerance = (path: string): number =>
  /garch11.*\.(mle_\w+|persistence|last_sigma2|next_sigma2)$/.test(path)
    ? 1e-3
    : path.endsWith('.loglik')
      ? 1e-6
      : 1e-9

describe.skipIf(!haveCapture(capture) || !haveCapture(reference))('on a month of a perpetual', () => {
  test('every reference figure is met', { timeout: 30_000 }, async () => {
    const found = await studyBars(capturePath(capture))
    if (!found.ok) throw new Error(found.reason)
    const { definition, ...golden } = JSON.parse(readFileSync(capturePath(reference), 'utf8')) as Record<
      string,
      unknown
    >
    expect(definition).toBeTypeOf('object')
    const { intervals_95, ...figures } = found.figures
    expectGolden(JSON.parse(JSON.stringify(figures)), golden, tolerance)
    for (const [name, value] of Object.entries(figures.annualised_vol_365)) {
      const [low, high] = intervals_95.annualised_vol_365[name]!
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
    }
    const wanted = golden['garch11_hourly_pct_returns'] as { loglik: number }
    expect(found.figures.garch11_hourly_pct_returns.loglik).toBeGreaterThanOrEqual(wanted.loglik - 1e-4)
    expect(reportBars(found.figures)).not.toContain('NaN')
  })
})

describe('bars by hand', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bars-'))
  })
  afterEach(() => {
    rmSync(folder, { recursive: true })
  })
  const head = 'timestamp,open,high,low,close,volume\n'
  const study = (text: string) => {
    const path = join(folder, 'bars.csv')
    writeFileSync(path, text)
    return studyBars(path)
  }

  test('two minutes give their average price by volume, and know no volatility', async () => {
    const found = await study(`${head}2022-01-01 00:00:00,3,3,3,3,1\n2022-01-01 00:01:00,6,6,6,6,2\n`)
    if (!found.ok) throw new Error(found.reason)
    expect(found.figures.vwap.rolling60_last).toEqual({ vwap: 5, sigma: Math.SQRT2, n: 2 })
    expect(found.figures.annualised_vol_365['parkinson']).toBeNaN()
    expect(reportBars(found.figures)).not.toContain('NaN')
  })

  test.each([
    ['no such columns\n', 'line 1: the columns must be'],
    [`${head}yesterday,1,1,1,1,1\n`, 'line 2: "yesterday'],
    [`${head}2022-01-01 00:00:00,1,1,1,x,1\n`, 'line 2: column 4, close, is no number'],
    [`${head}2022-01-01 00:00:00,5,4,3,3,1\n`, 'line 2: low 3 and high 4 do not hold open 5'],
    [
      `${head}2022-01-01 00:01:00,1,1,1,1,1\n2022-01-01 00:01:00,1,1,1,1,1\n`,
      'line 3: its time is not after'
    ],
    [head, 'no bar in it']
  ])('a file that is none is told with its line', async (text, reason) => {
    const found = await study(text)
    expect(found.ok ? '' : found.reason).toContain(reason)
  })

  test('GARCH finds the parameters it was made with', () => {
    const planted = { omega: 0.05, alpha: 0.15, beta: 0.75 }
    let [seed, variance] = [7, 0.5]
    const uniform = () => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647
    const returns = Array.from({ length: 20_000 }, () => {
      const x = Math.sqrt(variance) * Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform())
      variance = planted.omega + planted.alpha * x ** 2 + planted.beta * variance
      return x
    })
    const found = fitGarch(returns, 0.5)
    expect(found.alpha).toBeCloseTo(planted.alpha, 1)
    expect(found.beta).toBeCloseTo(planted.beta, 1)
    const more = garchPath(returns, found, 0.5).logLikelihood - garchPath(returns, planted, 0.5).logLikelihood
    expect(more).toBeGreaterThan(0)
    expect(more).toBeLessThan(10)
  })

  test('moves that are taken back have a variance ratio below 1, those that go on above', () => {
    const flips = Array.from({ length: 400 }, (_, i) => (i % 2 === 0 ? 1 : -1) + (i % 7) / 100)
    const runs = Array.from({ length: 400 }, (_, i) => (i % 40 < 20 ? 1 : -1))
    expect(varianceRatio(flips, 2).ratio).toBeLessThan(0.1)
    expect(varianceRatio(runs, 2).ratio).toBeGreaterThan(1.5)
    expect(varianceRatio([1, 2], 5).ratio).toBeNaN()
  })

  test('a straight line is all trend', () => {
    const line = Array.from({ length: 60 }, (_, i) => ({
      at: i,
      open: i,
      high: i + 1,
      low: i,
      close: i + 1,
      volume: 1
    }))
    expect(adx(line).last_adx).toBe(100)
    expect(efficiency(line.map(({ close }) => close)).last).toBe(1)
  })
})
