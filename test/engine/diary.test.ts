import { expect, test } from 'vitest'
import { Diary } from '../../src-main/engine/diary'
import type { BookState } from '../../src-shared/status'
import { millis } from '../../src-shared/units'

const entry = (at: number, state: BookState, reason = '', instrument = 'sim:A') => ({
  at: millis(at),
  instrument,
  state,
  reason
})

test('another attempt with the same outcome is no news', () => {
  const diary = new Diary()
  diary.note(entry(1, 'connecting', 'no such host: x'))
  diary.note(entry(2, 'connecting', 'no such host: x, trying again'))
  diary.note(entry(3, 'connecting', 'no such host: x'))
  expect(diary.entries).toEqual([entry(1, 'connecting', 'no such host: x')])
})

test('the same state of another book is news', () => {
  const diary = new Diary()
  diary.note(entry(1, 'live'))
  diary.note(entry(2, 'live', '', 'sim:B'))
  expect(diary.entries).toHaveLength(2)
})

test('what was told is not told again, and the oldest makes room after 600', () => {
  const diary = new Diary()
  for (let at = 0; at < 601; at++) diary.note(entry(at, at % 2 ? 'gap' : 'live'))
  expect(diary.takeUntold()).toHaveLength(600)
  expect(diary.takeUntold()).toEqual([])
  expect(diary.entries[0]?.at).toBe(1)
})
