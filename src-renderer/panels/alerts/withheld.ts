import type { Withheld } from '../../../src-shared/alert'

/** Why an alert was not told on a channel that its rule asks for. */
export const whyWithheld: Readonly<Record<Withheld, string>> = {
  snoozed: 'snoozed',
  'quiet-hours': 'quiet hours',
  inhibited: 'a graver alert speaks for it',
  storm: 'told with others as one',
  budget: 'over the budget',
  'auto-quiet': 'its rule fires too often',
  'not-armed': 'its rule has had its turn',
  replay: 'a replay'
}
