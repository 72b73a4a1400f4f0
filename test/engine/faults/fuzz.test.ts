import { expect, test } from 'vitest'
import { dialects } from '../../support/sim-venue/dialects/index'
import { fuzz } from '../../support/sim-venue/fuzz'

test.each(dialects)(
  '$venue.spec.id: mutated frames neither throw nor leave an unsound book followed',
  (dialect) => {
    const { failures, taken, refused } = fuzz(dialect, 4_000, 1)
    expect(failures).toEqual([])
    expect(taken).toBeGreaterThan(200)
    expect(refused).toBeGreaterThan(200)
  },
  20_000
)
