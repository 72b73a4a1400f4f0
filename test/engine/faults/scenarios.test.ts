import { test } from 'vitest'
import { narrowScenarios } from '../../support/sim-venue/narrow-scenarios'
import { scenarios } from '../../support/sim-venue/scenarios'

test.each([...scenarios, ...narrowScenarios])('$id $promise', async ({ run }) => run())
