import assert from 'node:assert/strict'
import { fuzz } from '../fuzz/fuzz'
import { givenSeed, rerunOf } from '../seed'
import { calm } from './calm'
import type { Dialect } from './dialect'
import { dialects } from './dialects/index'
import type { Scenario } from './scenario'
import { scenarios } from './scenarios'
import { failureOf, storm } from './storm'

const SEEDS = givenSeed === undefined ? [1, 2] : [givenSeed]
const STORM_MINUTES = 10
const FUZZED_FRAMES = 400
const FUZZ_SEED = givenSeed ?? 1

export const calms: readonly Scenario[] = dialects.map((dialect) => ({
  id: dialect.venue.spec.id,
  promise: 'goes live, and with nothing wrong stays so and equal to the venue',
  run: () => calm(dialect)
}))

const stormOf = (dialect: Dialect): Scenario => ({
  id: dialect.venue.spec.id,
  promise: 'says nothing untrue in a storm, and is live soon after',
  run: async () => {
    const failures: string[] = []
    for (const seed of SEEDS) {
      const failure = failureOf(await storm({ dialect, seed, minutes: STORM_MINUTES }), STORM_MINUTES)
      if (failure) failures.push(`${failure}\n  ${rerunOf(seed, 'storm.test.ts')}`)
    }
    assert.deepEqual(failures, [])
  }
})

const fetches = ({ venue }: Dialect) => venue.snapshot.kind === 'rest'
/** In two halves, so that two cores share them: books whose snapshot is fetched, and those that have it in the stream. */
export const fetchedStorms = dialects.filter(fetches).map(stormOf)
export const streamedStorms = dialects.filter((it) => !fetches(it)).map(stormOf)

export const fuzzes: readonly Scenario[] = dialects.map((dialect) => ({
  id: dialect.venue.spec.id,
  promise: 'of mutated frames each is refused, or read as JSON.parse reads it: no other book is followed',
  run: () => {
    const { failures, taken, refused, voided } = fuzz(dialect, FUZZED_FRAMES, FUZZ_SEED)
    assert.deepEqual(failures, [], `${failures.join('\n')}\n${rerunOf(FUZZ_SEED, 'fuzz.test.ts')}`)
    assert.ok(
      Math.min(taken, refused, voided) > 20,
      `${taken} taken, ${refused} refused, ${voided} cost a book`
    )
    return Promise.resolve()
  }
}))

/** All that `npm test` promises of feeds under faults, the cheapest first. */
export const quickGate: readonly Scenario[] = [
  ...scenarios,
  ...calms,
  ...fetchedStorms,
  ...streamedStorms,
  ...fuzzes
]
