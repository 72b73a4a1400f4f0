import { test } from 'vitest'
import { fuzzes } from '../../support/sim-venue/quick-gate'

test.each(fuzzes)('$id $promise', async ({ run }) => run())
