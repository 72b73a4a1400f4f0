import type { Alert } from '../../../../src-shared/alert'
import type { AlertPolicy } from '../../../../src-shared/alerts/policy'
import type { InstrumentId } from '../../../../src-shared/instrument'

interface Recent {
  readonly instrument: InstrumentId
  readonly at: number
}

/** The same rule on many instruments at once: one alert for all of them. */
export class Storm {
  readonly #recent = new Map<string, Recent[]>()

  fired({ ruleId, instrument }: Alert, at: number, { withinMs }: AlertPolicy['storm']): void {
    const recent = (this.#recent.get(ruleId) ?? []).filter((fire) => at - fire.at <= withinMs)
    recent.push({ instrument, at })
    this.#recent.set(ruleId, recent)
  }

  /** The one alert that stands for all, where it is a storm. */
  cardOf(alert: Alert, { instruments }: AlertPolicy['storm']): Alert | undefined {
    const ids = [...new Set((this.#recent.get(alert.ruleId) ?? []).map(({ instrument }) => instrument))]
    if (ids.length < instruments) return undefined
    const episode = `${alert.ruleId}|*|${alert.side}|${Math.round(alert.at)}`
    return { ...alert, id: `${episode}|FIRE`, episode, instruments: ids.sort() }
  }
}
