import type { Alert, Withheld } from '../../../src-shared/alert'
import type { AlertPolicy } from '../../../src-shared/alerts/policy'
import { defaultAlertPolicy } from '../../../src-shared/alerts/policy'
import type { Rule } from '../../../src-shared/rule'
import type { Millis } from '../../../src-shared/units'
import type { Watchlist } from '../../../src-shared/watchlist'
import { Active } from '../alert-desk/centre'
import { Rounds } from '../alert-desk/rounds'
import type { Judge } from '../alerts/judge'
import { scopeOf } from '../alerts/judge'
import { Policy } from '../alerts/policy/policy'

/** How alerts are told in a back-test. */
export interface VerdictsWish {
  readonly policy?: AlertPolicy
  /** IANA zone of a policy that names none; UTC unless said otherwise. */
  readonly zone?: string
}

/** What the policy made of a fire. */
export interface Verdict {
  readonly told: readonly string[]
  readonly withheld: readonly { readonly channel: string; readonly why: Withheld }[]
}

/** The live course of alerts, from the judge through the policy, with nobody at its end. */
export class Verdicts {
  readonly policy = new Policy()
  /** As the judge said it. */
  readonly judged: Alert[] = []
  /** As it would have been told, cards of storms too. */
  readonly told: Alert[] = []
  readonly #wish: VerdictsWish
  readonly #rounds: Rounds
  readonly #verdicts = new Map<string, Verdict>()

  /** @param hears hears of each alert at the moment of its judgement */
  constructor(judge: Judge, wish: VerdictsWish, hears: (alert: Alert) => void) {
    this.#wish = wish
    this.#rounds = new Rounds({
      ...{ judge, policy: this.policy, active: new Active() },
      judged: (alert) => {
        this.judged.push(alert)
        hears(alert)
      },
      told: (alert) => {
        this.told.push(alert)
        this.#verdicts.set(alert.id, { told: alert.channels, withheld: alert.withheld })
      }
    })
  }

  configure(rules: readonly Rule[], watchlists: readonly Watchlist[]): void {
    const { policy = defaultAlertPolicy, zone = 'UTC' } = this.#wish
    const widths = new Map(rules.map((rule) => [rule.id, scopeOf(rule, watchlists)?.length ?? 0]))
    this.policy.configure(policy, rules, widths, zone)
  }

  tick(at: Millis): void {
    this.#rounds.tick(at)
  }

  /** Undefined while it waits for others of a storm. */
  of({ id }: Alert): Verdict | undefined {
    return this.#verdicts.get(id)
  }
}
