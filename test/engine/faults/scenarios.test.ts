import { test } from 'vitest'
import { narrowScenarios } from '../../support/sim-venue/narrow-scenarios'
import { quietScenarios } from '../../support/sim-venue/quiet-scenarios'
import { scenarios } from '../../support/sim-venue/scenarios'

test.each([...scenarios, ...narrowScenarios, ...quietScenarios])('$id $promise', async ({ run }) => run())
