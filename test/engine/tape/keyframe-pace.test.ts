import { expect, test } from 'vitest'
import { KeyframePace } from '../../../src-main/engine/tape/keyframe-pace'

/** Seconds of the keyframes of three minutes, of which each second brings so much. */
function seconds(second: { frames: number; bytes: number }, cost: number): number[] {
  const pace = new KeyframePace(0)
  const found: number[] = []
  for (let n = 1; n <= 180; n++) {
    const recorded = { frames: n * second.frames, frameBytes: n * second.bytes }
    if (!pace.isDue(n * 1_000, recorded)) continue
    pace.wrote(n * 1_000, recorded, cost)
    found.push(n)
  }
  return found
}

test('a busy market has a keyframe every five seconds, one with thousands of frames every second', () => {
  expect(seconds({ frames: 500, bytes: 90_000 }, 30_000).slice(0, 4)).toEqual([5, 10, 15, 20])
  expect(seconds({ frames: 5_000, bytes: 900_000 }, 30_000).slice(0, 4)).toEqual([5, 6, 7, 8])
})

test('a quiet market with deep books has one a minute', () => {
  expect(seconds({ frames: 10, bytes: 2_000 }, 400_000)).toEqual([5, 65, 125])
})

test('between the two they are a tenth of what is recorded', () => {
  const found = seconds({ frames: 100, bytes: 50_000 }, 100_000)
  expect(found.slice(0, 3)).toEqual([5, 25, 45])
})
