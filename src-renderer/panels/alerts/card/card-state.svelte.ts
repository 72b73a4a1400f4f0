import type { Alert } from '../../../../src-shared/alert'
import type { AlertEntry, AlertEvidence, RuleScore } from '../../../../src-shared/alerts/record'
import type { Desk } from '../../../state/desk'

/** What one card shows: the entry, its evidence and its rule's score, each asked for once and kept up with. */
export class CardState {
  readonly #desk: Desk
  readonly #episode: string
  #asked = $state.raw<AlertEntry>()
  #evidence = $state.raw<AlertEvidence>()
  #score = $state.raw<RuleScore>()
  #isLooking = $state(true)
  /** Why something could not be asked, in words. */
  #trouble = $state('')

  constructor(desk: Desk, episode: string) {
    this.#desk = desk
    this.#episode = episode
  }

  /** While it is asked for there may be none yet. */
  get isLooking(): boolean {
    return this.#isLooking
  }
  get trouble(): string {
    return this.#trouble
  }
  get evidence(): AlertEvidence | undefined {
    return this.#evidence
  }
  get score(): RuleScore | undefined {
    return this.#score
  }

  /** What the history has, or at least what the feed heard. */
  get entry(): AlertEntry | undefined {
    const { latest } = this.#desk.alertDesk
    if (latest?.alert.episode === this.#episode) return latest
    return this.#asked ?? this.#heard
  }
  /** Only the feed knows of it: nothing is kept. */
  get isUnkept(): boolean {
    return !this.#isLooking && this.#asked === undefined && this.entry !== undefined
  }

  /** Asks for all of it; again when more of it is known. */
  async look(): Promise<void> {
    const { alertDesk } = this.#desk
    const [page, evidence, scores] = await Promise.all([
      alertDesk.history({ episode: this.#episode }, 1),
      alertDesk.evidence(this.#episode),
      alertDesk.scores()
    ])
    const refused = [page, evidence, scores].find(({ ok }) => !ok)
    this.#trouble = refused && !refused.ok ? refused.reason : ''
    if (page.ok) this.#asked = page.value.entries[0] ?? this.#asked
    if (evidence.ok) this.#evidence = evidence.value
    const rule = this.entry?.alert.ruleId
    if (scores.ok) this.#score = scores.value.find(({ ruleId }) => ruleId === rule)
    this.#isLooking = false
  }

  get #heard(): AlertEntry | undefined {
    const said: Alert | undefined = this.#desk.alerts.alerts.find(({ episode }) => episode === this.#episode)
    return (
      said && {
        ...{ alert: said, peak: said.peak, lastedMs: said.lastedMs ?? NaN, endedUnknown: false },
        ...{ deliveries: [], note: '', tag: '' }
      }
    )
  }
}
