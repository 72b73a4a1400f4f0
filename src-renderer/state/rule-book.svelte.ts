import type { Ask, Saved } from '../../src-shared/contract/calls'
import type { Rule, Rules } from '../../src-shared/rule'
import type { RuleBook } from './alerting'
import type { NoticesState } from './notices.svelte'

export class RuleBookState implements RuleBook {
  readonly #ask: Ask
  readonly #notices: NoticesState
  #stored = $state.raw<Rules>({ version: 2, rules: [] })

  constructor(ask: Ask, notices: NoticesState) {
    this.#ask = ask
    this.#notices = notices
  }

  get rules(): readonly Rule[] {
    return this.#stored.rules
  }

  /** What the main process holds. */
  take(stored: Rules): void {
    this.#stored = stored
  }

  /** A new rule, or one with a known id in its place. */
  save(rule: Rule): Promise<Saved> {
    const known = this.rules.some(({ id }) => id === rule.id)
    return this.#save(
      known ? this.rules.map((other) => (other.id === rule.id ? rule : other)) : [...this.rules, rule]
    )
  }

  replace(rules: readonly Rule[]): Promise<Saved> {
    return this.#save(rules)
  }

  remove(id: string): Promise<Saved> {
    return this.#save(this.rules.filter((rule) => rule.id !== id))
  }

  test(id: string): Promise<Saved> {
    return this.#notices.say(this.#ask('rules:test', id), 'The test notice was not sent')
  }

  async #save(rules: readonly Rule[]): Promise<Saved> {
    const next: Rules = { version: 2, rules: [...rules] }
    const saved = await this.#notices.say(this.#ask('rules:save', next), 'The rules were not saved')
    if (saved.ok) this.#stored = next
    return saved
  }
}
