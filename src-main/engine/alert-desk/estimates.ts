import type { RuleEstimate } from '../../../src-shared/alerts/record'
import type { EngineCommand } from '../../../src-shared/contract/commands'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { RuleEstimator } from '../estimate/estimator'
import type { Watched } from '../watched'
import type { WindowPort } from '../window'
import type { AlertDesk } from './desk'
import { estimateOfMemory } from './estimate'

type Question = Extract<EngineCommand, { kind: 'estimate-rule' }>

/** What windows ask of the past of a rule: one at a time each, the latest. */
export class Estimates {
  readonly #desk: AlertDesk
  readonly #watched: (id: InstrumentId) => Watched | undefined
  readonly #estimator: Pick<RuleEstimator, 'estimate'> | undefined
  readonly #running = new Map<WindowPort, number>()

  /** @param estimator of the tape; without one there is only what the engine has in memory */
  constructor(
    desk: AlertDesk,
    watched: (id: InstrumentId) => Watched | undefined,
    estimator: Pick<RuleEstimator, 'estimate'> | undefined
  ) {
    this.#desk = desk
    this.#watched = watched
    this.#estimator = estimator
  }

  async ask(window: WindowPort, question: Question): Promise<void> {
    const { request } = question
    this.#running.set(window, request)
    const isWanted = (): boolean => this.#running.get(window) === request
    const estimate = await this.#estimate(question, isWanted)
    if (!estimate || !isWanted()) return
    this.#running.delete(window)
    window.post({ kind: 'rule-estimate', request, estimate })
  }

  /** Undefined once it is not wanted any more. */
  async of(rule: Rule, hours: number, isWanted: () => boolean): Promise<RuleEstimate | undefined> {
    return this.#estimate({ rule, hours }, isWanted)
  }

  cancel(window: WindowPort, request: number): void {
    if (this.#running.get(window) === request) this.#running.delete(window)
  }

  leave(window: WindowPort): void {
    this.#running.delete(window)
  }

  async #estimate(
    question: Pick<Question, 'rule' | 'hours'>,
    isWanted: () => boolean
  ): Promise<RuleEstimate | undefined> {
    const { rule, hours } = question
    if (!this.#estimator) return estimateOfMemory(question, this.#desk, this.#watched)
    const scope = this.#desk.scopeOf(rule) ?? []
    const instrument = (id: InstrumentId) => this.#watched(id)?.instrument
    try {
      return await this.#estimator.estimate({
        rule,
        hours,
        scope,
        instrument,
        isWanted,
        signs: this.#desk.signs
      })
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      return {
        ...{ ruleId: rule.id, hours: 0, fires: 0, firesPerHour: NaN, times: [] },
        reason: `The tape could not be read: ${words}`
      }
    }
  }
}
