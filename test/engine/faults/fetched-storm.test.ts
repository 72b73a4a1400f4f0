import { test } from 'vitest'
import { fetchedStorms } from '../../support/sim-venue/quick-gate'

test.each(fetchedStorms)('$id $promise', async ({ run }) => run())
