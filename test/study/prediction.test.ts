import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { study } from '../../src-main/cli/study'
import {
  accuracy,
  brier,
  calibrationError,
  logLoss,
  reliability
} from '../../src-main/engine/math/probability-scores'
import { fitRidgeLogistic, sigmoid } from '../../src-main/engine/math/ridge-logistic'
import { expectGolden } from '../support/golden'
import { heldTerminal } from '../support/terminal'

const shared = new URL('../../../shared/data/', import.meta.url).pathname
const capture = (day: string) => `${shared}market/binance/usdm_btcusdt_${day}.gz`
const reference = `${shared}reference/binance_prediction.json`

const terminal = heldTerminal()

describe.skipIf(!existsSync(reference))('on the captures of two days', () => {
  test('every reference figure is met', { timeout: 60_000 }, async () => {
    expect(await study(['prediction', capture('20240719'), capture('20240808'), '--json'])).toBe(0)
    const { definition, ...golden } = JSON.parse(readFileSync(reference, 'utf8')) as Record<string, unknown>
    expect(definition).toBeTypeOf('string')
    expectGolden(JSON.parse(terminal.said), golden)
    terminal.forget()
    expect(await study(['prediction', capture('20240719'), capture('20240808')])).toBe(0)
    expect(terminal.said).toContain('worse than knowing nothing')
    expect(terminal.said).not.toContain('NaN')
  })
})

describe('scores of probabilities', () => {
  const p = [0.9, 0.6, 0.2]
  const ups = [1, 0, 0]

  test('log-loss, Brier and accuracy by hand', () => {
    expect(logLoss(p, ups)).toBeCloseTo(-(Math.log(0.9) + Math.log(0.4) + Math.log(0.8)) / 3, 12)
    expect(brier(p, ups)).toBeCloseTo((0.01 + 0.36 + 0.04) / 3, 12)
    expect(accuracy(p, ups)).toBeCloseTo(2 / 3, 12)
  })

  test('a sure forecast that fails costs what the clip allows, not infinity', () => {
    expect(logLoss([1], [0])).toBeCloseTo(-Math.log(1e-12), 4)
  })

  test('calibration is the distance between what was said and what came', () => {
    const bins = reliability([0.25, 0.25, 1], [1, 0, 1])
    expect(bins).toEqual([
      { bin: 2, n: 2, meanP: 0.25, shareUp: 0.5 },
      { bin: 9, n: 1, meanP: 1, shareUp: 1 }
    ])
    expect(calibrationError(bins)).toBeCloseTo((2 * 0.25) / 3, 12)
  })

  test('of nothing, nothing is known', () => {
    expect([logLoss([], []), brier([], []), accuracy([], []), calibrationError([])]).toEqual(
      Array(4).fill(NaN)
    )
  })
})

describe('the penalised logistic fit', () => {
  test('without slopes to learn the intercept is the log odds', () => {
    const [intercept, slope] = fitRidgeLogistic([[0], [0], [0], [0]], [1, 1, 1, 0], 1)
    expect(sigmoid(intercept!)).toBeCloseTo(0.75, 12)
    expect(slope).toBe(0)
  })

  test('the slope stands where penalty and likelihood pull alike', () => {
    const rows = [[-1], [-1], [1], [1], [1]]
    const ups = [0, 1, 1, 1, 0]
    const [intercept, slope] = fitRidgeLogistic(rows, ups, 0.5) as [number, number]
    const pull = rows.reduce((sum, [x], i) => sum + (ups[i]! - sigmoid(intercept + slope * x!)) * x!, 0)
    expect(pull).toBeCloseTo(0.5 * slope, 10)
  })

  test('labels that a free intercept separates have no fit', () => {
    expect(fitRidgeLogistic([[1], [2]], [1, 1], 1)).toEqual([NaN, NaN])
  })
})

test('the wrong number of files is told, exit code 2', async () => {
  expect(await study(['prediction', 'one'])).toBe(2)
  expect(terminal.complained).toContain('<train> <test>')
})
