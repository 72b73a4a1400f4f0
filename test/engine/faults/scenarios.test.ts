import { test } from 'vitest'
import { scenarios } from '../../support/sim-venue/scenarios'

test.each(scenarios)('$id $promise', async ({ run }) => run())
