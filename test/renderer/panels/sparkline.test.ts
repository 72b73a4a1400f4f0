import { describe, expect, test } from 'vitest'
import { Sparklines, sparkOf, sparkSpanMs } from '../../../src-renderer/panels/watchlist/sparkline'
import { fakeDesk, start, type FakeDesk } from '../../support/fake-desk.svelte'

const id = 'sim:BTC-PERP'
const now = start + sparkSpanMs
const slotMs = sparkSpanMs / 60

/** A mid in the middle of a slot of ten seconds, counted from the oldest. */
const mid = (desk: FakeDesk, slot: number, value: number): void => {
  desk.market.sample(id, start + (slot + 0.5) * slotMs, { 'price.mid': value })
}

describe('a sparkline', () => {
  test('puts the highest mid on top, the lowest at the bottom, each in the middle of its slot', () => {
    const desk = fakeDesk(id)
    mid(desk, 0, 100)
    mid(desk, 1, 110)
    mid(desk, 2, 105)
    expect(sparkOf(desk.market, id, now)).toBe('M0.5 13.0h0L1.5 1.0L2.5 7.0')
  })

  test('takes the last mid of a slot', () => {
    const desk = fakeDesk(id)
    desk.market.sample(id, start + 1_000, { 'price.mid': 90 })
    mid(desk, 0, 100)
    mid(desk, 1, 110)
    expect(sparkOf(desk.market, id, now)).toBe('M0.5 13.0h0L1.5 1.0')
  })

  test('has a hole where nothing was known', () => {
    const desk = fakeDesk(id)
    mid(desk, 0, 100)
    mid(desk, 1, NaN)
    mid(desk, 2, 110)
    mid(desk, 4, 100)
    expect(sparkOf(desk.market, id, now)).toBe('M0.5 13.0h0M2.5 1.0h0M4.5 13.0h0')
  })

  test('forgets what is older than ten minutes, and lies half way up when the mid never moved', () => {
    const desk = fakeDesk(id)
    mid(desk, 0, 500)
    mid(desk, 1, 100)
    expect(sparkOf(desk.market, id, now + slotMs)).toBe('M0.5 7.0h0')
  })

  test('is empty when nothing is known', () => {
    expect(sparkOf(fakeDesk(id).market, id, now)).toBe('')
  })
})

test('a table draws its sparklines anew every five seconds', () => {
  const desk = fakeDesk(id)
  const sparklines = new Sparklines()
  const turn = Math.ceil(now / 5_000) * 5_000
  mid(desk, 58, 100)
  const before = sparklines.of(desk.market, id, turn)
  mid(desk, 59, 110)
  expect(sparklines.of(desk.market, id, turn + 4_999)).toBe(before)
  expect(sparklines.of(desk.market, id, turn + 5_000)).not.toBe(before)
})
