import { expect, test } from 'vitest'
import { haveCapture } from '../../support/captures'
import { beginningOf, fuzzCaptured, fuzzedCaptures } from '../../support/fuzz/captured'
import { givenSeed, rerunOf } from '../../support/seed'

const seed = givenSeed ?? 1

test.skipIf(!fuzzedCaptures.every(([, name]) => haveCapture(name))).each(fuzzedCaptures)(
  '%s: of mutated frames of %s each is refused, or read as JSON.parse reads it',
  async (venue, name) => {
    const { failures, frames, voided } = fuzzCaptured(venue, await beginningOf(name), 25, seed)
    expect(failures, rerunOf(seed, 'captured-fuzz.test.ts')).toEqual([])
    expect(frames).toBeGreaterThan(20)
    expect(voided).toBeGreaterThan(0)
  }
)
