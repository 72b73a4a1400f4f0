import { describe, expect, it } from 'vitest'
import { venueHealth } from '../../../src-renderer/parts/venue-health'
import type { LinkHealth } from '../../../src-shared/contract/frames'
import { millis } from '../../../src-shared/units'

const link = (leg: string, change: Partial<LinkHealth> = {}): LinkHealth => ({
  venue: 'binance-usdm',
  leg,
  state: 'open',
  since: millis(0),
  reason: '',
  lagMs: 40,
  framesPerSecond: 10,
  instruments: 1,
  attempts: 0,
  weightUsed: NaN,
  ...{ lagP50Ms: 38, lagP99Ms: 90, clockOffsetMs: NaN, gaps: 0, resyncs: 0, checksumsOk: 0, checksumsBad: 0 },
  ...change
})

describe('the health of a venue', () => {
  it('is well when all its links are open, and lags as its slowest', () => {
    expect(venueHealth([link('market'), link('public', { lagMs: 61 })], true)).toMatchObject({
      state: 'ok',
      lagMs: 61,
      framesPerSecond: 20
    })
  })
  it('is that of its worst link', () => {
    const waiting = link('public', { state: 'waiting', reason: 'no such host', nextAttemptAt: millis(9) })
    expect(venueHealth([link('market'), waiting], true)).toMatchObject({
      state: 'waiting',
      word: 'unreachable',
      reason: 'no such host',
      nextAttemptAt: 9
    })
  })
  it('is off when the user switched it off', () => {
    expect(venueHealth([link('market')], false).state).toBe('off')
  })
  it('is unknown without a link', () => {
    expect(venueHealth([], true).state).toBe('unknown')
  })
})
