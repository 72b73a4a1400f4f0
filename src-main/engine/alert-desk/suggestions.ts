import type { RuleEstimate } from '../../../src-shared/alerts/record'
import type { Suggestion } from '../../../src-shared/alerts/state'
import type { Rule } from '../../../src-shared/rule'
import { ruleHash } from '../../../src-shared/rule'
import { stricter } from './stricter'

/** What a rule would have done over the last hours; undefined once it is not wanted any more. */
export type EstimateOf = (
  rule: Rule,
  hours: number,
  isWanted: () => boolean
) => Promise<RuleEstimate | undefined>

const wantedPerHour = 4
const hours = 24

/** For each rule that is quiet because it fired too often: the mildest level that would have fired less than four times an hour. One is looked for at a time. */
export class Suggestions {
  readonly #estimate: EstimateOf
  readonly #found = new Map<string, { readonly hash: string; readonly suggestion: Suggestion }>()
  #work: Promise<void> = Promise.resolve()

  constructor(estimate: EstimateOf) {
    this.#estimate = estimate
  }

  /** The rules that are quiet now; what was found for others is forgotten. */
  settle(quiet: readonly Rule[]): void {
    for (const id of this.#found.keys()) if (!quiet.some((rule) => rule.id === id)) this.#found.delete(id)
    for (const rule of quiet) {
      const hash = ruleHash(rule)
      if (this.#found.get(rule.id)?.hash === hash) continue
      this.#found.set(rule.id, { hash, suggestion: { state: 'looking' } })
      this.#work = this.#work.then(() => this.#look(rule, hash))
    }
  }

  of(rule: string): Suggestion | undefined {
    return this.#found.get(rule)?.suggestion
  }

  async #look(rule: Rule, hash: string): Promise<void> {
    const isWanted = (): boolean => this.#found.get(rule.id)?.hash === hash
    if (!isWanted()) return
    const suggestion = await this.#mildest(rule, isWanted)
    if (isWanted()) this.#found.set(rule.id, { hash, suggestion })
  }

  async #mildest(rule: Rule, isWanted: () => boolean): Promise<Suggestion> {
    const steps = stricter(rule)
    if (steps.length === 0) return { state: 'none', why: 'It has no one level that could be raised.' }
    for (const { rule: next, on, level } of steps) {
      const answer = await this.#estimate(next, hours, isWanted)
      if (!answer || answer.hours <= 0)
        return { state: 'none', why: answer?.reason ?? 'Nothing of it is recorded.' }
      const { expectedPerHour, firesPerHour, hours: overHours } = answer
      const perHour = expectedPerHour ?? firesPerHour
      if (perHour <= wantedPerHour) return { state: 'found', on, level, perHour, overHours }
    }
    return { state: 'none', why: 'No stricter level is known that would fire less than four times an hour.' }
  }
}
