import { test } from 'vitest'
import { streamedStorms } from '../../support/sim-venue/quick-gate'

test.each(streamedStorms)('$id $promise', async ({ run }) => run())
