import type { RuleState } from '../../../src-shared/alerts/state'
import { clock } from '../../../src-shared/format'
import { millis } from '../../../src-shared/units'

/** How a rule stands now: what holds it back, in amber, and what its machines are. */
export interface RuleStanding {
  readonly heldBack: string
  readonly machines: string
}

const until = (at: number): string =>
  Number.isFinite(at) ? `until ${clock(millis(at)).slice(0, 5)} UTC` : 'until what fires is over'

/** Nothing of a rule that is off, or of which the engine says nothing. */
export function ruleStanding(state: RuleState | undefined, now: number): RuleStanding {
  if (!state) return { heldBack: '', machines: '' }
  const { machines, learned, autoQuietUntil = NaN, snoozedUntil = NaN, expired } = state
  const { firing, recovering, pending, armed, waiting, learning, unknown, spent } = machines
  const counted = [
    [firing + recovering, 'firing'],
    [pending, 'about to fire'],
    [armed, 'armed'],
    [waiting, 'on since before, waiting to reset'],
    [learning, `learning, ${Math.floor(learned * 100)} % seen`],
    [unknown, 'without a figure now'],
    [spent, 'had their turn']
  ] as const
  return {
    heldBack: [
      ...(expired ? ['Expired: it is not judged.'] : []),
      ...(autoQuietUntil > now ? [`Fired too often: feed alone ${until(autoQuietUntil)}, judged on.`] : []),
      ...(snoozedUntil > now ? [`Snoozed ${until(snoozedUntil)}.`] : [])
    ].join(' '),
    machines: counted
      .filter(([count]) => count > 0)
      .map(([count, words]) => `${count} ${words}`)
      .join('; ')
  }
}
