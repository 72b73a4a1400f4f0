import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { planted } from '../../support/sim-venue/planted'

test.each(planted)('each place of the planted bug "$name" is there, once', ({ also, ...plant }) => {
  for (const { file, find } of also ? [plant, also] : [plant])
    expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2)
})
