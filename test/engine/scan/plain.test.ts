import { expect, test } from 'vitest'
import { plainNumber, plainWhole } from '../../../src-main/engine/scan/plain'

const into = new Float64Array(1)
const cents = { decimals: 2, step: 1 }
const bytesOf = (text: string) => new TextEncoder().encode(text)

test.each(['1', '12', '123456789', '1234567890', '123456789012345', '1234567890123456', ''])(
  'a whole number that the bytes end in, %s, is none, and nobody looks for its end for ever',
  (digits) => {
    expect(plainWhole(bytesOf(digits), 0, into, 0)).toBe(-1)
  }
)

test.each(['1', '123456789', '1234567890', '12.', '12.3', '12.34', '12.340', '"12', '"12.34'])(
  'a decimal that the bytes end in, %s, is none',
  (text) => {
    expect(plainNumber(bytesOf(text), 0, cents, into, 0)).toBe(-1)
  }
)

test('fifteen digits are read to the last, sixteen are left to the slower reader', () => {
  expect(plainWhole(bytesOf('123456789012345,'), 0, into, 0)).toBe(15)
  expect(into[0]).toBe(123_456_789_012_345)
  expect(plainWhole(bytesOf('1234567890123456,'), 0, into, 0)).toBe(-1)
})
