import { beforeAll, describe, expect, test } from 'vitest'
import { presets } from '../../../src-main/engine/market/presets'
import { capturePath, haveCapture } from '../../support/captures'
import { readCapture } from '../../support/facts/capture'
import type { FigureName } from '../../support/facts/figures'
import { figures, isNear } from '../../support/facts/figures'
import { median } from '../../support/facts/statistics'
import type { Tape } from '../../support/facts/tape'
import { record } from '../../support/facts/tape'

/** Not those the model was tuned on (1 to 5). */
const SEEDS = [201, 202, 203]

interface Pair {
  readonly symbol: string
  readonly capture: string
  /** The published figures of the capture, in the order of `figures`. */
  readonly published: string
  /** Where the model is known to differ, and why. */
  readonly gaps: Partial<Record<FigureName, string>>
}

const burstsOnly =
  'an exponential fit of unique milliseconds finds .30 to .40 in the model, .47 to .50 in life'

const pairs: readonly Pair[] = [
  {
    symbol: 'BTC-PERP',
    capture: 'market/binance/usdm_btcusdt_20240808.gz',
    published: '62.0 192 61.9 15.8 2.68 1.24 0.47 0.78 0.39 0.20 0.47 1.52 0.97',
    gaps: { 'branching of trades': burstsOnly }
  },
  {
    symbol: 'BTC-USDT',
    capture: 'market/binance/spot_btcusdt_20240808.gz',
    published: '16.0 81.1 28.2 9.37 1.20 1.19 0.60 0.85 0.30 0.36 0.48 1.98 0.97',
    gaps: {
      'branching of trades': burstsOnly,
      'R2 of order flow over 1 s': 'too high on the spot book'
    }
  },
  {
    symbol: 'BTC-INV',
    capture: 'market/binance/cm_btcusd_perp_20240808.gz',
    published: '36.0 55.7 6.65 2.08 997 1.18 0.67 0.83 0.49 0.57 0.50 1.40 1.00',
    gaps: {
      'branching of trades': burstsOnly,
      'R2 of order flow over 1 s': 'published as too low on the inverse book; one run says .36, the next .62'
    }
  }
]

const isAnyThere = pairs.some((it) => haveCapture(it.capture))
const simulated = new Map<string, number[][]>()
const figuresOf = (tape: Tape) => figures.map((it) => it.of(tape))

beforeAll(() => {
  if (!isAnyThere) return
  for (const seed of SEEDS) {
    const symbols = pairs.map((it) => it.symbol)
    for (const [symbol, tape] of record({ seed, seconds: 345, symbols, regime: 'active' }))
      simulated.set(symbol, [...(simulated.get(symbol) ?? []), figuresOf(tape)])
  }
}, 60_000)

describe.each(pairs)('$symbol', ({ symbol, capture, published, gaps }) => {
  const told = published.split(' ')
  let real: number[] = []
  const typical = (i: number) => median(simulated.get(symbol)!.map((run) => run[i]!))

  beforeAll(async () => {
    if (!haveCapture(capture)) return
    real = figuresOf(
      await readCapture(
        capturePath(capture),
        presets.find((it) => it.symbol === symbol)!
      )
    )
    if (process.env['STEELYARD_FACTS']) process.stdout.write(table())
  }, 60_000)

  test.skipIf(!haveCapture(capture)).each(figures.map(({ name }, i) => [name, i] as const))(
    'its capture has the published %s',
    (_name, i) => {
      expect(Math.abs(real[i]! - Number(told[i]))).toBeLessThanOrEqual(halfAUnit(told[i]!))
    }
  )

  const held = figures.flatMap((it, i) => (it.name in gaps ? [] : [[it.name, it.allowed, i] as const]))
  test.skipIf(!haveCapture(capture)).each(held)('its %s is near that of the capture', (_name, allowed, i) => {
    const [model, life] = [typical(i), real[i]!]
    expect({ model, life, isNear: isNear(model, life, allowed) }).toEqual({ model, life, isNear: true })
  })

  function table(): string {
    const rows = figures.map(({ name }, i) => {
      const gap = (gaps as Readonly<Record<string, string>>)[name]
      const numbers = [real[i]!, typical(i)].map((it) => it.toPrecision(3).padStart(10)).join('')
      return `${name.padEnd(30)}${numbers}${gap === undefined ? '' : `   known gap: ${gap}`}\n`
    })
    return `\n${symbol.padEnd(30)}      real simulated\n${rows.join('')}`
  }
})

/** Half a unit of the last place told, and a hair for a figure that stands on the edge. */
function halfAUnit(told: string): number {
  const decimals = told.split('.')[1]?.length ?? 0
  return 0.501 * 10 ** -decimals
}
