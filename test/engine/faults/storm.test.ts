import { test } from 'vitest'
import { storms } from '../../support/sim-venue/quick-gate'

test.each(storms)('$id $promise', async ({ run }) => run())
