import { decimal, signed } from '../../src-shared/format'
import { outcomeHorizons } from '../../src-shared/alerts/record'
import type { Rule } from '../../src-shared/rule'
import type { Backtest } from '../engine/replay/backtest'
import type { HorizonResult, Judged, RuleResult } from '../engine/replay/rule-results'
import type { Verdict } from '../engine/replay/verdicts'

const most = 200
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${decimal(share * 100, 0)} %`)
const bps = (value: number): string => (Number.isNaN(value) ? '–' : signed(value, 1))

/** What rules would have said over a tape, and what would have been told of it, for reading. */
export function backtestReport(rules: readonly Rule[], test: Backtest): string {
  const names = new Map(rules.map(({ id, name }) => [id, name]))
  const judged = test.judged
  const left = judged.length > most ? [`(the last ${most} of ${judged.length})`] : []
  return [
    `${decimal(test.hours, 2)} hours of live books, all instruments together`,
    ...test.faults,
    ...test.results.flatMap((result) => ruleLines(names.get(result.ruleId)!, result)),
    ...(judged.length > 0 ? ['', ...left, ...judged.slice(-most).map(alertLine)] : [])
  ].join('\n')
}

function ruleLines(name: string, result: RuleResult): string[] {
  const { ruleId, fires, firesPerHour, told, partly, withheld, why, horizons } = result
  const rate = Number.isFinite(firesPerHour) ? decimal(firesPerHour, 1) : '–'
  const reasons = Object.entries(why).map(([reason, count]) => `${reason} ${count}`)
  const head = `${name} (${ruleId}): ${fires} fires, ${rate} an instrument-hour`
  if (fires === 0) return [head]
  const held = reasons.length > 0 ? ` (${reasons.join(', ')})` : ''
  return [
    head,
    `  told ${told}, on some channels ${partly}, on none ${withheld}${held}`,
    ...horizons.filter(({ n }) => n > 0).map(horizonLine)
  ]
}

const horizonLine = ({ ms, n, hits, hitRate, hitLow, hitHigh, meanNetBps }: HorizonResult): string =>
  `  after ${ms / 1_000} s ${hits} of ${n} with its side, ${percent(hitRate)} (${percent(hitLow)} to ${percent(hitHigh)}), mean net ${bps(meanNetBps)} bps`

function alertLine({ alert, verdict, outcome }: Judged): string {
  const { at, ruleId, instrument, side, value, threshold } = alert
  const figure = Number.isNaN(value) ? '' : ` ${signed(value, 2)} at ${signed(threshold, 2)}`
  const moves = outcomeHorizons.map((ms, place) => `${ms / 1_000} s ${bps(outcome.bps[place]!)}`).join(', ')
  const extremes = `best ${bps(outcome.favourableBps)}, worst ${bps(-outcome.adverseBps)}`
  return `${new Date(at).toISOString()} ${ruleId} ${instrument} ${side}${figure}; ${verdictWords(verdict)}; bps after ${moves}; ${extremes}`
}

function verdictWords(verdict: Verdict | undefined): string {
  if (!verdict) return 'still waiting for others when the tape ended'
  const held = verdict.withheld.map(({ channel, why }) => `${channel} withheld: ${why}`)
  const { told } = verdict
  return (
    [...(told.length > 0 ? [`told on ${told.join(' ')}`] : []), ...held].join(', ') || 'in the feed alone'
  )
}
