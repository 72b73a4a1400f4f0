import type { LinkHealth } from '../../../src-shared/contract/frames'
import type { Millis } from '../../../src-shared/units'
import type { Clock } from './clock'

/** What a link is, since when, why, and when it tries again. */
export class LinkStanding {
  state: LinkHealth['state'] = 'idle'
  reason = ''
  nextAttemptAt: Millis | undefined
  readonly #clock: Clock
  #since: Millis
  #lastError: LinkHealth['lastError']

  constructor(clock: Clock) {
    this.#clock = clock
    this.#since = clock.now()
  }

  /** `since` stays while only the reason or the next attempt changes. */
  note(state: LinkHealth['state'], reason: string, nextAttemptAt?: Millis): void {
    const now = this.#clock.now()
    if (state !== this.state) this.#since = now
    this.state = state
    this.reason = reason
    this.nextAttemptAt = nextAttemptAt
    if (state !== 'connecting' && reason !== '') this.#lastError = { at: now, reason }
  }

  told(): Pick<LinkHealth, 'state' | 'since' | 'reason' | 'nextAttemptAt' | 'lastError'> {
    const { state, reason, nextAttemptAt } = this
    return {
      ...{ state, since: this.#since, reason },
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
      ...(this.#lastError && { lastError: this.#lastError })
    }
  }
}
