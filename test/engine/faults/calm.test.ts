import { test } from 'vitest'
import { calms } from '../../support/sim-venue/quick-gate'

test.each(calms)('$id $promise', async ({ run }) => run())
