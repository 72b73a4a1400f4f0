import assert from 'node:assert/strict'
import { calm } from './calm'
import { dialects } from './dialects/index'
import { fuzz } from './fuzz'
import type { Scenario } from './scenarios'
import { scenarios } from './scenarios'
import { failureOf, storm } from './storm'

const SEEDS = [1, 2, 3]
const STORM_MINUTES = 10
const FUZZED_FRAMES = 4_000

export const calms: readonly Scenario[] = dialects.map((dialect) => ({
  id: dialect.venue.spec.id,
  promise: 'goes live, and with nothing wrong stays so and equal to the venue',
  run: () => calm(dialect)
}))

export const storms: readonly Scenario[] = dialects.map((dialect) => ({
  id: dialect.venue.spec.id,
  promise: 'says nothing untrue in a storm, and is live soon after',
  run: async () => {
    const failures: string[] = []
    for (const seed of SEEDS) {
      const failure = failureOf(await storm({ dialect, seed, minutes: STORM_MINUTES }), STORM_MINUTES)
      if (failure) failures.push(failure)
    }
    assert.deepEqual(failures, [])
  }
}))

export const fuzzes: readonly Scenario[] = dialects.map((dialect) => ({
  id: dialect.venue.spec.id,
  promise: 'mutated frames neither throw nor leave an unsound book followed',
  run: () => {
    const { failures, taken, refused } = fuzz(dialect, FUZZED_FRAMES, 1)
    assert.deepEqual(failures, [])
    assert.ok(taken > 200 && refused > 200, `${taken} taken, ${refused} refused`)
    return Promise.resolve()
  }
}))

/** All that `npm test` promises of feeds under faults, the cheapest first. */
export const quickGate: readonly Scenario[] = [...scenarios, ...calms, ...storms, ...fuzzes]
