import { decimal, signed } from '../../src-shared/format'
import { outcomeHorizons } from '../../src-shared/alerts/record'
import type { Rule } from '../../src-shared/rule'
import type { Backtest } from '../engine/replay/backtest'

const most = 200
const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${decimal(share * 100, 0)} %`)
const bps = (value: number): string => (Number.isNaN(value) ? '–' : signed(value, 1))

/** What rules would have said over a tape, for reading. */
export function backtestReport(rules: readonly Rule[], test: Backtest): string {
  const scores = new Map(test.scores.map((score) => [score.ruleId, score]))
  const heads = rules.map((rule) => {
    const { fires, firesPerHour, n, hits, hitRate, hitLow, hitHigh, meanNetBps } = scores.get(rule.id)!
    const rate = `${fires} fires, ${Number.isFinite(firesPerHour) ? decimal(firesPerHour, 1) : '–'} an instrument-hour`
    const hit =
      n === 0
        ? 'none had an outcome'
        : `after 60 s ${hits} of ${n} with its side, ${percent(hitRate)} (${percent(hitLow)} to ${percent(hitHigh)}), mean net ${bps(meanNetBps)} bps`
    return `${rule.name} (${rule.id}): ${rate}; ${hit}`
  })
  const judged = test.judged
  const lines = judged.slice(-most).map(({ alert, outcome }) => {
    const { at, ruleId, instrument, side, value, threshold } = alert
    const figure = Number.isNaN(value) ? '' : ` ${signed(value, 2)} at ${signed(threshold, 2)}`
    const moves = outcomeHorizons.map((ms, place) => `${ms / 1_000} s ${bps(outcome.bps[place]!)}`).join(', ')
    return `${new Date(at).toISOString()} ${ruleId} ${instrument} ${side}${figure}; bps after ${moves}; best ${bps(outcome.favourableBps)}, worst ${bps(-outcome.adverseBps)}`
  })
  const left = judged.length > most ? [`(the last ${most} of ${judged.length})`] : []
  return [
    `${decimal(test.hours, 2)} hours of live books, all instruments together`,
    ...test.faults,
    ...heads,
    ...(lines.length > 0 ? ['', ...left, ...lines] : [])
  ].join('\n')
}
