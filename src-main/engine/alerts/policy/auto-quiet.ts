import type { AlertPolicy } from '../../../../src-shared/alerts/policy'

/** Rules that fired too often and go to the feed alone for a while. They are judged on. */
export class AutoQuiet {
  readonly #fires = new Map<string, number[]>()
  readonly #until = new Map<string, number>()

  /** A rule fired; whether it is quiet now. */
  fired(rule: string, at: number, { enabled, fires, withinMs, forMs }: AlertPolicy['autoQuiet']): boolean {
    if (!enabled) return false
    const recent = (this.#fires.get(rule) ?? []).filter((fire) => at - fire < withinMs)
    recent.push(at)
    this.#fires.set(rule, recent)
    if (recent.length >= fires && this.until(rule, at) === undefined) this.#until.set(rule, at + forMs)
    return this.until(rule, at) !== undefined
  }

  /** Ms since 1970; undefined while it is not quiet. */
  until(rule: string, at: number): number | undefined {
    const until = this.#until.get(rule)
    return until !== undefined && at < until ? until : undefined
  }

  end(rule: string): void {
    this.#until.delete(rule)
    this.#fires.delete(rule)
  }

  save(): readonly (readonly [rule: string, until: number])[] {
    return [...this.#until]
  }

  restore(list: readonly (readonly [rule: string, until: number])[]): void {
    for (const [rule, until] of list) this.#until.set(rule, until)
  }
}
