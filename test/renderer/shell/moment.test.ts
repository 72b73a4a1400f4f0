import { expect, test } from 'vitest'
import { momentIn, momentText } from '../../../src-renderer/shell/moment'

test('a moment is read as it is written, seconds may be left out, and anything else is none', () => {
  const at = Date.UTC(2026, 10, 24, 12, 3, 7)
  expect(momentText(at)).toBe('2026-11-24 12:03:07')
  expect(momentIn(momentText(at))).toBe(at)
  expect(momentIn(' 2026-11-24T12:03 ')).toBe(at - 7_000)
  for (const text of ['', 'now', '2026-13-01 00:00:00', '24.11.2026 12:00']) expect(momentIn(text)).toBeNaN()
})
