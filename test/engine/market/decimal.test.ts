import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decimal } from '../../../src-main/engine/market/decimal'

test.each([
  [618002, 1, '61800.2'],
  [10120, 5, '0.10120'],
  [5, 5, '0.00005'],
  [0, 3, '0.000'],
  [1000, 3, '1.000'],
  [42, 0, '42']
])('%d steps with %d decimals are %s', (whole, decimals, text) => {
  expect(decimal(whole, decimals)).toBe(text)
})

test('the text without its point is the number again', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), fc.nat(8), (whole, decimals) => {
      const text = decimal(whole, decimals)
      expect(Number(text.replace('.', ''))).toBe(whole)
      expect(text.split('.')[1]?.length ?? 0).toBe(decimals)
    })
  )
})
