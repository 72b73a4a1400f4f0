import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planted } from '../../support/sim-venue/planted'

test.each(planted)('the place of the planted bug "$name" is there, once', ({ file, find }) => {
  expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2)
})
