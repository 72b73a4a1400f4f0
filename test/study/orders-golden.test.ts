import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { studyOrders } from '../../src-main/study/orders/study'
import { capturePath, haveCapture } from '../support/captures'
import { expectGolden } from '../support/golden'

const file = 'market/bitstamp/orders_2015-05-01.csv.gz'

test.skipIf(!haveCapture(file))('five hours of Bitstamp orders: every golden figure is met', async () => {
  const found = await studyOrders(capturePath(file))
  expect(found).toMatchObject({ ok: true })
  if (!found.ok) return
  const { intervals_95, ...figures } = found.figures
  expect(intervals_95.median_lifetime_ms.filled[0]).toBeLessThan(figures.median_lifetime_ms.filled)
  expectGolden(figures, JSON.parse(readFileSync(capturePath('reference/bitstamp_l3.json'), 'utf8')))
})
