import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { studyLobster } from '../../src-main/study/lobster/study'
import { capturePath, haveCapture } from '../support/captures'
import { expectGolden } from '../support/golden'

const day = 'market/lobster/@_2012-06-21_34200000_57600000'

test.skipIf(!haveCapture('market/lobster')).each([
  ['AMZN', 1],
  ['AMZN', 5],
  ['AAPL', 1]
])(
  '%s with %d levels: every golden figure is met',
  async (symbol, levels) => {
    const path = (kind: string) => capturePath(`${day.replace('@', symbol)}_${kind}_${levels}.csv.gz`)
    const found = await studyLobster(path('message'), path('orderbook'))
    expect(found).toMatchObject({ ok: true })
    if (!found.ok) return
    const golden: unknown = JSON.parse(
      readFileSync(capturePath(`reference/lobster_${symbol}_L${levels}.json`), 'utf8')
    )
    const { intervals_95, ...figures } = found.figures
    expectGolden(figures, golden)
    const beta = figures.ofi['10s'].beta
    expect(intervals_95.ofi['10s']![0]).toBeLessThan(beta)
    expect(intervals_95.ofi['10s']![1]).toBeGreaterThan(beta)
  },
  120_000
)
