import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshMachine } from '../../../src-main/engine/alerts/machine'
import { step } from '../../../src-main/engine/alerts/step'
import type { Span } from './machine-run'
import { limits, run } from './machine-run'

const end = (spans: readonly Span[], changed = {}) => {
  const { said, state } = run(spans, changed)
  return [said, state.phase]
}

describe('an alert machine (ON .6, OFF .35, 3 s on, 5 s to re-arm, 60 s cooldown)', () => {
  test('G1: fires once for a condition that is on for an hour', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 3_600_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@4000', 'FIRING'])
  })

  test('G2: chatter around ON never fires', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 60_100, [0.55, 0.65]]
    ]
    expect(end(spans)).toEqual(['', 'ARMED'])
  })

  test('G4: what is on at the first sample is no event', () => {
    expect(end([[0, 20_100, 0.8]])).toEqual(['ALREADY_ON@0', 'WAIT_RESET'])
  })

  test('G5: and becomes one after it has been below OFF', () => {
    const spans: Span[] = [
      [0, 5_000, 0.8],
      [5_000, 6_000, 0.1],
      [6_000, 20_100, 0.8]
    ]
    expect(end(spans)).toEqual(['ALREADY_ON@0 FIRE@9000', 'FIRING'])
  })

  test('G6: unknown within the three seconds starts them anew', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 3_000, 0.8],
      [3_000, 3_500, null],
      [3_500, 20_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@6500', 'FIRING'])
  })

  test('G8: unknown does not clear; below OFF afterwards does, five seconds later', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 8_000, 0.8],
      [8_000, 18_000, null],
      [18_000, 30_100, 0.1]
    ]
    expect(end(spans)).toEqual(['FIRE@4000 RESOLVED@23000', 'ARMED'])
  })

  test('G9: eight hours of sleep end an episode unknown, and nothing fires for what is on then', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 8_000, 0.8],
      [8_000, 28_808_000, 'none'],
      [28_808_000, 28_813_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@4000 ENDED_UNKNOWN@28808000 ALREADY_ON@28808000', 'WAIT_RESET'])
  })

  test('G10: a dip shorter than the re-arm time is the same episode', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 8_000, 0.8],
      [8_000, 11_000, 0.2],
      [11_000, 30_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@4000', 'FIRING'])
  })

  test('G14: an edge hidden in ten seconds of unknown is an edge', () => {
    const spans: Span[] = [
      [0, 2_000, 0],
      [2_000, 12_000, null],
      [12_000, 30_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@15000', 'FIRING'])
  })

  test('G17: what the cooldown held back is told when it ends, if it is still on', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 8_000, 0.8],
      [8_000, 28_000, 0.1],
      [28_000, 90_100, 0.8]
    ]
    expect(end(spans)).toEqual(['FIRE@4000 RESOLVED@13000 SUPPRESSED@31000 FIRE_DEFERRED@64000(1)', 'FIRING'])
  })

  test('G18: and is not told when it ended before', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 8_000, 0.8],
      [8_000, 28_000, 0.1],
      [28_000, 40_000, 0.8],
      [40_000, 90_100, 0.1]
    ]
    expect(end(spans)).toEqual(['FIRE@4000 RESOLVED@13000 SUPPRESSED@31000 RESOLVED@45000', 'ARMED'])
  })

  test('G25: exactly ON is on, exactly OFF is not below OFF', () => {
    const spans: Span[] = [
      [0, 1_000, 0],
      [1_000, 6_000, 0.6],
      [6_000, 20_100, 0.35]
    ]
    expect(end(spans)).toEqual(['FIRE@4000', 'FIRING'])
  })

  test('G27: samples 1.1 s apart are a gap, 1.0 s apart (G26) are none', () => {
    const spans = (resumes: number): Span[] => [
      [0, 1_000, 0],
      [1_000, 2_100, 0.8],
      [resumes, 10_100, 0.8]
    ]
    expect(run(spans(3_100)).said).toBe('FIRE@6100')
    expect(run(spans(3_000)).said).toBe('FIRE@4000')
  })

  test('the episode lasts from firing to its last fall below OFF, and keeps its peak', () => {
    let state = freshMachine
    let resolved
    for (let t = 0; t < 30_000; t += 100) {
      const value = t < 1_000 ? 0 : t === 6_000 ? 0.95 : t < 10_000 ? 0.8 : 0.1
      const stepped = step(state, value, limits, t)
      state = stepped.state
      resolved ??= stepped.said.find(({ notice }) => notice === 'RESOLVED')
    }
    expect(resolved).toMatchObject({ at: 15_000, since: 1_000, lastedMs: 6_000, peak: 0.95 })
  })

  test('a tick without a sample only makes blind, after more than a second', () => {
    const armed = step(freshMachine, 0, limits, 0).state
    expect(step(armed, undefined, limits, 1_000).state.phase).toBe('ARMED')
    const blind = step(armed, undefined, limits, 1_001)
    expect(blind.state).toMatchObject({ phase: 'BLIND', prior: 'ARMED', blindSince: 0 })
    expect(blind.said).toEqual([])
  })
})

const values = fc.array(
  fc.oneof(fc.constant(NaN), fc.double({ min: -1, max: 1, noNaN: true }), fc.constantFrom(-0.8, 0.1, 0.8)),
  { maxLength: 400 }
)
const quick = { ...limits, minMs: 300, rearmMs: 500, cooldownMs: 2_000 }

describe('any stream of samples', () => {
  test('speaks only on a known sample', () => {
    fc.assert(
      fc.property(values, (stream) => {
        let state = freshMachine
        stream.forEach((value, index) => {
          const stepped = step(state, value, quick, index * 100)
          state = stepped.state
          if (Number.isNaN(value)) expect(stepped.said).toEqual([])
        })
      })
    )
  })

  test('delivers two notices no closer than the cooldown, and every end has its beginning', () => {
    fc.assert(
      fc.property(values, (stream) => {
        let state = freshMachine
        let deliveredAt = -Infinity
        let open = 0
        stream.forEach((value, index) => {
          const stepped = step(state, value, quick, index * 100)
          state = stepped.state
          for (const { notice, at } of stepped.said) {
            if (notice === 'FIRE' || notice === 'FIRE_DEFERRED') {
              expect(at - deliveredAt).toBeGreaterThanOrEqual(quick.cooldownMs)
              deliveredAt = at
            }
            if (notice === 'FIRE' || notice === 'SUPPRESSED') open++
            if (notice === 'RESOLVED' || notice === 'ENDED_UNKNOWN') open--
            expect(open === 0 || open === 1).toBe(true)
          }
        })
      })
    )
  })

  test('leaves the state it was given as it was', () => {
    fc.assert(
      fc.property(values, (stream) => {
        let state = Object.freeze(freshMachine)
        stream.forEach((value, index) => {
          state = Object.freeze(step(state, value, quick, index * 100).state)
        })
      })
    )
  })
})
