import { describe, expect, it } from 'vitest'
import { visibleGaps } from '../../../src-renderer/charts/spans'
import { edgesOf, isFollowing, panned, shortestMs, zoomed } from '../../../src-renderer/charts/time-view'

describe('visible gaps', () => {
  it('are cut to the edges and keep their whole length', () => {
    expect(visibleGaps([[50, 150]], 100, 200, 1_000)).toEqual([
      { from: 100, to: 150, began: 50, lengthMs: 100, open: false }
    ])
  })
  it('last until now while they are open', () => {
    expect(visibleGaps([[150, Infinity]], 100, 200, 180)).toEqual([
      { from: 150, to: 180, began: 150, lengthMs: 30, open: true }
    ])
  })
  it('leave out what ended before or begins after', () => {
    const gaps = [
      [0, 100],
      [200, 300]
    ] as const
    expect(visibleGaps(gaps, 100, 200, 1_000)).toEqual([])
  })
})

describe('the time view', () => {
  const live = { spanMs: 60_000, end: undefined }

  it('follows the present until it is moved', () => {
    expect(edgesOf(live, 100_000)).toEqual([40_000, 100_000])
    const back = panned(live, -10_000, 100_000, 0)
    expect(edgesOf(back, 100_000)).toEqual([30_000, 90_000])
    expect(edgesOf(back, 105_000)).toEqual([30_000, 90_000])
  })
  it('follows again when it reaches the present', () => {
    expect(isFollowing(panned({ spanMs: 60_000, end: 90_000 }, 10_000, 100_000, 0))).toBe(true)
  })
  it('keeps a quarter of what is known in sight', () => {
    expect(panned(live, -1e9, 100_000, 20_000).end).toBe(35_000)
  })
  it('zooms around a moment, which stays where it is', () => {
    const view = zoomed({ spanMs: 60_000, end: 90_000 }, 0.5, 60_000, 100_000)
    expect(view).toEqual({ spanMs: 30_000, end: 75_000 })
  })
  it('has a shortest span', () => {
    expect(zoomed(live, 1e-9, 0, 100_000).spanMs).toBe(shortestMs)
  })
})
