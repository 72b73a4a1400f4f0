import type { Outcome, RuleScore } from '../../../src-shared/alerts/record'
import { outcomeHorizons } from '../../../src-shared/alerts/record'

/** What a score is made of. */
export interface Judged {
  readonly outcome?: Outcome
  readonly tag: '' | 'useful' | 'noise'
}

const scored = outcomeHorizons.indexOf(60_000)
/** Of the normal distribution, both tails of 2.5 %. */
const z = 1.959963984540054

/** How good a rule was over `hours` of watching: a hit is a mid that moved with the alert's side within 60 s. */
export function scoreOf(ruleId: string, fires: readonly Judged[], hours: number): RuleScore {
  const moves = fires.flatMap(({ outcome }) => outcome?.bps[scored] ?? []).filter((it) => !Number.isNaN(it))
  const net = fires.flatMap(({ outcome }) => outcome?.netBps[scored] ?? []).filter((it) => !Number.isNaN(it))
  const hits = moves.filter((move) => move > 0).length
  const [hitLow, hitHigh] = wilson(hits, moves.length)
  return {
    ...{ ruleId, hours, hits, hitLow, hitHigh },
    fires: fires.length,
    firesPerHour: fires.length / hours,
    n: moves.length,
    hitRate: hits / moves.length,
    meanNetBps: net.reduce((sum, it) => sum + it, 0) / net.length,
    useful: fires.filter(({ tag }) => tag === 'useful').length,
    noise: fires.filter(({ tag }) => tag === 'noise').length
  }
}

/** Wilson's score interval of a share, 95 % (E. B. Wilson 1927). NaN of nothing. */
export function wilson(hits: number, n: number): readonly [low: number, high: number] {
  const share = hits / n
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return [centre - half, centre + half]
}
