import { expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { failureOf, storm } from '../../support/sim-venue/storm'

const SEEDS = [1, 2, 3]
const MINUTES = 10

test.each(dialects)(
  '$venue.spec.id says nothing untrue in a storm, and is live soon after',
  async (dialect) => {
    const failures: string[] = []
    for (const seed of SEEDS) {
      const failure = failureOf(await storm({ dialect, seed, minutes: MINUTES }), MINUTES)
      if (failure) failures.push(failure)
    }
    expect(failures).toEqual([])
  },
  60_000
)
