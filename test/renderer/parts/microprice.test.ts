import { describe, expect, test } from 'vitest'
import { keepStandIns, micropriceNow, offsetText } from '../../../src-renderer/parts/microprice'
import { fakeDesk, live, start } from '../../support/fake-desk.svelte'

const id = 'sim:BTCUSDT'

/** A mid of 1,000 ticks, the weighted mid a quarter of a tick above. */
function told(figures: Readonly<Record<string, number>>, large?: number) {
  const desk = fakeDesk(id)
  if (large !== undefined) desk.saveSettings({ ...desk.settings, metrics: { microprice: { large } } })
  desk.market.sample(id, start, { 'price.mid': 1_000, 'price.microprice': 1_000.25, ...figures })
  return { desk, now: micropriceNow(desk, id) }
}
const fitted = {
  ...{ 'microprice.best': 1_000.1, 'microprice.large': 0.94, 'microprice.trust': 0.8, 'spread.ticks': 1 }
}

describe('what stands for the microprice', () => {
  test('is the fitted one of a large tick, with the spread and the weight of the fit', () => {
    const { now } = told(fitted)
    expect(now).toMatchObject({ kind: 'fitted', short: 'fitted, spread 1 tick' })
    expect(now.words).toContain('weight 80 %: the spread is one tick in 94 % of the time, a large tick')
    expect([now.offset, now.offsetBps]).toEqual([expect.closeTo(0.1, 9), expect.closeTo(1, 9)])
  })

  test('is the mid of a small tick, from the share of time that the user set', () => {
    const small = { ...fitted, 'microprice.best': 1_000, 'microprice.large': 0.49 }
    expect(told(small).now).toMatchObject({ kind: 'mid', short: 'mid, small tick', offset: 0 })
    expect(told(small, 0.3).now.kind).toBe('fitted')
    expect(told(fitted, 0.95).now.kind).toBe('mid')
  })

  test('is the mid where the spread is wider than what was fitted, or crossed', () => {
    const wide = { ...fitted, 'microprice.best': 1_000, 'microprice.trust': NaN, 'spread.ticks': 4 }
    expect(told(wide).now).toMatchObject({ kind: 'mid', short: 'mid, spread 4 ticks', offset: 0 })
    expect(told({ ...wide, 'spread.ticks': -1 }).now.kind).toBe('mid')
  })

  test('is the mid where the spread is no whole ticks: no fit will ever have seen such a one', () => {
    const between = { ...fitted, 'microprice.best': 1_000, 'microprice.trust': NaN, 'spread.ticks': 1.5 }
    const { now } = told(between)
    expect(now).toMatchObject({ kind: 'mid', short: 'mid, spread 1.5 ticks', offset: 0 })
    expect(now.words).toContain('but 1.5 now, and no microprice is fitted to such a one')
    expect(told({ ...between, 'spread.ticks': 0.25 }).now.short).toBe('mid, spread 0.25 ticks')
  })

  test('is mostly the weighted mid at one tick, and the mid at two, while the fit is young', () => {
    const young = { ...fitted, 'microprice.best': 1_000.24, 'microprice.trust': 0.1 }
    expect(told(young).now).toMatchObject({ kind: 'weighted', short: 'weighted mid, fit young' })
    expect(told(young).now.words).toContain('counts 10 %')
    expect(told({ ...young, 'microprice.trust': NaN }).now.words).toContain('counts 0 %')
    expect(told({ ...young, 'spread.ticks': 2 }).now).toMatchObject({ kind: 'mid', short: 'mid, fit young' })
  })

  test('is the weighted mid before the metric was asked for, and nothing of a book that is not live', () => {
    const { desk, now } = told({})
    expect(now).toMatchObject({ kind: 'weighted', offset: 0.25, short: 'weighted mid, tick not known' })
    desk.market.setStatus(id, { ...live, state: 'gap', reason: '3 messages lost' })
    expect(micropriceNow(desk, id)).toMatchObject({ kind: 'none', offset: NaN, offsetBps: NaN, short: '' })
  })

  test('has no bps where the mid is not above 0', () => {
    expect(told({ 'price.mid': 0, 'price.microprice': 0.25 }).now).toMatchObject({
      offset: 0.25,
      offsetBps: NaN
    })
  })
})

test('an offset of a part of a tick of a large price does not read as nothing', () => {
  // 0.3 ticks of 0.01 at 61,700.
  expect(offsetText((0.003 / 61_700) * 1e4)).toBe('+0.00049')
  expect(offsetText(-0.000019)).toBe(offsetText(0))
  expect(offsetText(-0.0081)).toBe('−0.008')
  expect([0.04, 0.5, 0, NaN].map(offsetText)).toEqual(['+0.040', '+0.50', '0.00', '–'])
})

test('what stands in is drawn only where the microprice is not known', () => {
  const lines = { at: [1, 2, 3], values: [[null, 7, null], [5, 6, null]] } // prettier-ignore
  keepStandIns(lines, 0, 1)
  expect(lines.values).toEqual([
    [null, 7, null],
    [5, null, null]
  ])
})
