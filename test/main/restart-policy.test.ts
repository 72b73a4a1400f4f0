import { expect, test } from 'vitest'
import { waitAfter } from '../../src-main/restart-policy'
import { millis } from '../../src-shared/units'

const crashes = (...at: number[]) => at.map(millis)

test('waits grow with every crash of the last minute: 1, 2, 5, 10, 30 s', () => {
  const at = [0, 1_000, 3_000, 8_000, 18_000]
  const waits = at.map((now, index) => waitAfter(crashes(...at.slice(0, index + 1)), millis(now)))
  expect(waits).toEqual([1_000, 2_000, 5_000, 10_000, 30_000])
})

test('the sixth crash within a minute is the last', () => {
  expect(waitAfter(crashes(0, 1, 2, 3, 4, 5), millis(5))).toBeUndefined()
})

test('crashes older than a minute are forgotten', () => {
  expect(waitAfter(crashes(0, 60_000), millis(60_000))).toBe(1_000)
})
