import { askingScenarios } from './asking-scenarios'
import { haltScenarios } from './halt-scenarios'
import { lineScenarios } from './line-scenarios'
import { listingScenarios } from './listing-scenarios'
import { manyScenarios } from './many-scenarios'
import { messageScenarios } from './message-scenarios'
import { narrowScenarios } from './narrow-scenarios'
import { proofScenarios } from './proof-scenarios'
import { quietScenarios } from './quiet-scenarios'
import { stallScenarios } from './stall-scenarios'
import { timeScenarios } from './time-scenarios'
import { takeoverScenarios } from './takeover-scenarios'
import { tradeScenarios } from './trade-scenarios'
import type { Scenario } from './scenario'

/** Every fault of the catalogue that concerns feeds. */
export const scenarios: readonly Scenario[] = [
  ...messageScenarios,
  ...proofScenarios,
  ...lineScenarios,
  ...stallScenarios,
  ...manyScenarios,
  ...askingScenarios,
  ...listingScenarios,
  ...timeScenarios,
  ...tradeScenarios,
  ...takeoverScenarios,
  ...narrowScenarios,
  ...quietScenarios,
  ...haltScenarios
]
