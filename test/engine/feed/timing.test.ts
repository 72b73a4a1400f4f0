import { expect, test } from 'vitest'
import { Timing } from '../../../src-main/engine/feed/timing'

test('a venue whose clock is 6 ms ahead is told so: half of the shortest way there and back, less the shortest lag', () => {
  const timing = new Timing()
  // One way takes at least 20 ms, and the venue's clock shows 6 ms more than ours.
  for (const lag of [34, 14, 90]) timing.hear(lag)
  timing.answered(60)
  timing.answered(40)
  timing.answered(55)
  expect(timing.figures().clockOffsetMs).toBe(6)
})

test('the clock offset is not known before a message and an answer', () => {
  const timing = new Timing()
  expect(timing.figures().clockOffsetMs).toBeNaN()
  timing.hear(20)
  expect(timing.figures().clockOffsetMs).toBeNaN()
})

test('quantiles are those of the last 512 messages', () => {
  const timing = new Timing()
  for (let i = 0; i < 512; i++) timing.hear(1_000_000)
  for (let i = 1; i <= 512; i++) timing.hear(i)
  expect(timing.figures()).toMatchObject({ p50: 256, p99: 507 })
})

test('a new line starts with nothing known', () => {
  const timing = new Timing()
  timing.hear(20)
  timing.answered(10)
  timing.forget()
  expect(timing.lagMs).toBeNaN()
  expect(timing.figures().p50).toBeNaN()
})
