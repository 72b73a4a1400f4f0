import { describe, expect, it } from 'vitest'
import { Outcomes } from '../../../src-main/engine/replay/outcomes'
import type { Alert } from '../../../src-shared/alert'
import { millis } from '../../../src-shared/units'
import { anAlert } from '../../support/an-alert'

const minute = 60_000
/** The mid rises a basis point of 10,000 each second. */
const midAt = (at: number): number => 10_000 + Math.floor(at / 1_000)
const fireAt = (at: number, id: string): Alert => anAlert({ id, at: millis(at), mid: midAt(at), side: 'bid' })

/** Samples each 100 ms, with fires at the given times. */
function played(outcomes: Outcomes, fires: readonly Alert[], from: number, to: number): void {
  for (let at = from; at <= to; at += 100) {
    outcomes.sample(at, midAt(at))
    for (const fire of fires) if (fire.at === at) outcomes.begin(fire, 0.5)
  }
}

describe('what the market did after fires of a back-test', () => {
  it('is what it did within five minutes, however long the tape goes on', () => {
    const outcomes = new Outcomes()
    const fires = [fireAt(0, 'first'), fireAt(20 * minute, 'later')]
    played(outcomes, fires, 0, 40 * minute)
    const of = (mid: number) => [1, 5, 30, 60, 300].map((seconds) => (seconds / mid) * 10_000)
    for (const [place, mid] of [10_000, 11_200].entries()) {
      const { bps, netBps, adverseBps } = outcomes.of(fires[place]!)!
      bps.forEach((move, at) => {
        expect(move).toBeCloseTo(of(mid)[at]!, 9)
      })
      expect(netBps[0]).toBeCloseTo(of(mid)[0]! - 0.5, 9)
      expect(adverseBps).toBe(0)
    }
  })

  it('is known as far as the tape went', () => {
    const outcomes = new Outcomes()
    const fire = fireAt(0, 'cut')
    played(outcomes, [fire], 0, 6_000)
    expect(outcomes.of(fire)!.bps).toEqual([1, 5, NaN, NaN, NaN])
  })

  it('is the same where the venue counts in finer ticks meanwhile', () => {
    const outcomes = new Outcomes()
    const fire = fireAt(0, 'rescaled')
    played(outcomes, [fire], 0, 2_000)
    outcomes.rescale(10)
    for (let at = 2_100; at <= 5_000; at += 100) outcomes.sample(at, 10 * midAt(at))
    expect(outcomes.of(fire)!.bps.slice(0, 2)).toEqual([1, 5])
  })
})
