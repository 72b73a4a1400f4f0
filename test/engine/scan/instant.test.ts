import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { readInstant } from '../../../src-main/engine/scan/instant'
import { Scanner } from '../../../src-main/engine/scan/scanner'
import { bytesOf } from '../../support/recording-sink'

function read(text: string) {
  const scan = new Scanner().load(bytesOf(text))
  return { at: readInstant(scan), failed: scan.failed() }
}

it('a time equals what Date makes of it', () => {
  const date = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  fc.assert(
    fc.property(date, (at) => {
      expect(read(`"${at.toISOString()}"`)).toEqual({ at: at.getTime(), failed: false })
    })
  )
})

test.each([
  ['"1970-01-01T00:00:01Z"', 1_000],
  ['"1970-01-01T00:00:00.5Z"', 500],
  ['"2024-02-29T12:00:00.123456Z"', 1_709_208_000_123.456],
  ['"0001-01-01T00:00:00.000000Z"', NaN]
])('%s is %d ms', (text, at) => {
  const is = read(text)
  expect(is.failed).toBe(false)
  if (Number.isNaN(at)) expect(is.at).toBeNaN()
  else expect(is.at).toBeCloseTo(at, 3)
})

test.each([
  '"2024-13-01T00:00:00Z"',
  '"2024-01-01 00:00:00Z"',
  '"2024-01-01T00:00:00"',
  '"2024-01-01T00:00:00+01:00"',
  '""',
  '1700000000000,'
])('%s is refused', (text) => {
  expect(read(text)).toEqual({ at: NaN, failed: true })
})
