import type { Alert, Withheld } from '../../../src-shared/alert'
import type { Outcome } from '../../../src-shared/alerts/record'
import { outcomeHorizons } from '../../../src-shared/alerts/record'
import type { Rule } from '../../../src-shared/rule'
import { wilson } from '../alerts/score'
import type { Verdict } from './verdicts'

/** A fire, what the policy made of it, and what the market did then. */
export interface Judged {
  readonly alert: Alert
  /** Undefined where it still waited for others of a storm when the tape ended. */
  readonly verdict: Verdict | undefined
  readonly outcome: Outcome
}

/** How the market went with a rule's side after so long. */
export interface HorizonResult {
  readonly ms: number
  /** Fires whose outcome is known then. */
  readonly n: number
  readonly hits: number
  /** Share of hits, and its interval of 95 % (Wilson); NaN of none. */
  readonly hitRate: number
  readonly hitLow: number
  readonly hitHigh: number
  /** Mean move with the side, less half the spread, bps. */
  readonly meanNetBps: number
}

/** What a rule would have done over a tape. */
export interface RuleResult {
  readonly ruleId: string
  readonly fires: number
  /** For each hour of each instrument's live book. */
  readonly firesPerHour: number
  /** Fires that were told where their rule wants them, on some of its channels, on none. */
  readonly told: number
  readonly partly: number
  readonly withheld: number
  /** Fires that were held back from a channel, by the reason; a fire counts once for each reason. */
  readonly why: Readonly<Partial<Record<Withheld, number>>>
  readonly horizons: readonly HorizonResult[]
}

export function resultsOf(
  rules: readonly Rule[],
  judged: readonly Judged[],
  hours: number
): readonly RuleResult[] {
  return rules.map(({ id }) => {
    const fires = judged.filter(({ alert }) => alert.ruleId === id)
    const why: Partial<Record<Withheld, number>> = {}
    const verdicts = fires.flatMap(({ verdict }) => verdict ?? [])
    for (const { withheld } of verdicts)
      for (const reason of new Set(withheld.map((it) => it.why))) why[reason] = (why[reason] ?? 0) + 1
    const count = (wanted: (verdict: Verdict) => boolean) => verdicts.filter(wanted).length
    return {
      ...{ ruleId: id, fires: fires.length, firesPerHour: fires.length / hours, why },
      told: count(({ withheld }) => withheld.length === 0),
      partly: count(({ told, withheld }) => told.length > 0 && withheld.length > 0),
      withheld: count(({ told, withheld }) => told.length === 0 && withheld.length > 0),
      horizons: outcomeHorizons.map((ms, place) => horizonOf(fires, ms, place))
    }
  })
}

function horizonOf(fires: readonly Judged[], ms: number, place: number): HorizonResult {
  const moves = fires.map(({ outcome }) => outcome.bps[place]!).filter((it) => !Number.isNaN(it))
  const net = fires.map(({ outcome }) => outcome.netBps[place]!).filter((it) => !Number.isNaN(it))
  const hits = moves.filter((move) => move > 0).length
  const n = moves.length
  const [hitLow, hitHigh] = wilson(hits, n)
  const meanNetBps = net.reduce((sum, it) => sum + it, 0) / net.length
  return { ms, n, hits, hitRate: hits / n, hitLow, hitHigh, meanNetBps }
}
