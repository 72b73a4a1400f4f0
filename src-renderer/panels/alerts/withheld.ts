import type { Alert, Withheld } from '../../../src-shared/alert'
import { plain } from '../../../src-shared/format'

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

/** "not on desktop, sound: quiet hours", one for each reason. */
export function withheldWords({ withheld }: Pick<Alert, 'withheld'>): string[] {
  const byWhy = new Map<Withheld, string[]>()
  for (const { channel, why } of withheld) byWhy.set(why, [...(byWhy.get(why) ?? []), plain(channel, 24)])
  return [...byWhy].map(([why, channels]) => `not on ${channels.join(', ')}: ${whyWithheld[why]}`)
}
