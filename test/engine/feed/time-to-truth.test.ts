import { describe, expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { gapTrials, quantile } from './gap-trials'

const isLong = process.env['STEELYARD_LONG'] !== undefined
const GAPS = isLong ? 200 : 4

/** Venues that let nobody prove a loss have no gap to heal. */
const proving = dialects.filter(({ proven }) => proven > 0)
const seconds = (ms: number) => (ms / 1_000).toFixed(2)

/** reliability.md R3, with 100 ms there and back. */
describe.each([
  { restErrors: 0, mostMs: 1_500 },
  { restErrors: 0.05, mostMs: 3_000 }
])('with $restErrors of all requests failing', ({ restErrors, mostMs }) => {
  // Where snapshots come in the stream no request can fail.
  test.each(proving.filter(({ venue }) => restErrors === 0 || venue.snapshot.kind === 'rest'))(
    `$venue.spec.id is true again ${mostMs} ms after a gap, 99 times of 100`,
    async (dialect) => {
      const { times, lies, dark } = await gapTrials({ dialect, seed: 1, gaps: GAPS, restErrors })
      const [p50, p99, most] = [0.5, 0.99, 1].map((share) => quantile(times, share)) as [
        number,
        number,
        number
      ]
      if (isLong)
        process.stdout.write(
          `${dialect.venue.spec.id.padEnd(18)} ${restErrors} ${times.length} outages p50 ${seconds(p50)} p99 ${seconds(p99)} max ${seconds(most)}\n`
        )
      expect([lies, dark]).toEqual([0, []])
      expect(p99 <= mostMs || times.length === 0, `p99 ${seconds(p99)} s of ${times.length}`).toBe(true)
    },
    600_000
  )
})
