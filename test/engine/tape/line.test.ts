import { expect, test } from 'vitest'
import { readLine } from '../../../src-main/engine/tape/line'

test.each([
  ['1700000000123456789 {}', 1_700_000_000, 123_456_789],
  ['{"t":"1700000000.000000001","k":"rx","raw":"{}"}', 1_700_000_000, 1],
  ['{"t":"1700000000.5","k":"rx","raw":"{}"}', 1_700_000_000, 500_000_000],
  ['{"t":"1700000000","k":"rx","raw":"{}"}', 1_700_000_000, 0]
])('the time of %s is kept to the nanosecond', (line, second, nanosecond) => {
  expect(readLine(Buffer.from(line))).toMatchObject({ second, nanosecond })
})
