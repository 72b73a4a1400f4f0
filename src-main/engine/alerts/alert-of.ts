import type { Alert, Notice } from '../../../src-shared/alert'
import { toldNotices } from '../../../src-shared/alert'
import { type Leaf } from '../../../src-shared/alerts/condition'
import { isData } from '../../../src-shared/alerts/condition-tree'
import { sampleHead } from '../../../src-shared/contract/frames'
import type { Rule } from '../../../src-shared/rule'
import { ruleHash } from '../../../src-shared/rule'
import { millis } from '../../../src-shared/units'
import type { Half } from './half'
import type { Said } from './machine'
import type { Sighting } from './sight'
import type { Watch } from './watch'

/** What a machine said, as an alert. */
export function alertOf(
  { rule, hash, data, sight, half }: Omit<Watch, 'halves' | 'key'> & { readonly half: Half },
  said: Said,
  mid: number
): Alert {
  const { at, mono, row, id, simulated } = sight
  const { lead } = half.node
  const over = rule.trigger === 'either' && half.isOver ? '-over' : ''
  const episode = `${rule.id}|${id}|${half.side}${over}|${half.episodeAt}`
  const severity = said.notice === 'STEP_UP' && rule.stepUp ? rule.stepUp.severity : rule.severity
  return {
    ...namesOf(episode, rule, hash, said.notice),
    ...{ severity, instrument: id, side: half.side, data },
    metric: lead?.metric ?? '',
    field: lead?.field ?? '',
    value: lead?.value ?? NaN,
    threshold: lead?.threshold ?? NaN,
    thresholdWords: lead?.thresholdWords ?? '',
    percentile: lead?.percentile ?? NaN,
    at,
    exchangeAt: millis(row[sampleHead.venueAt] ?? NaN),
    since: millis(at - (mono - said.since)),
    ...(Number.isNaN(said.lastedMs) ? {} : { lastedMs: millis(said.lastedMs) }),
    peak: half.peakValue,
    suppressedBefore: said.suppressedBefore,
    ...{ mid, simulated, withheld: [] }
  }
}

/** A rule's TEST, on what is sighted now. */
export function testAlert(
  rule: Rule,
  { instrument, row, at }: Sighting,
  { figure, value, mid }: { figure: Leaf | undefined; value: number; mid: number }
): Alert {
  const side = rule.side === 'both' ? 'bid' : rule.side
  const level = figure?.kind === 'figure' && figure.by === 'level' ? figure.on : NaN
  const isTurned = side === 'ask' && figure?.kind === 'figure' && figure.op === 'extreme'
  return {
    ...namesOf(`${rule.id}|${instrument.id}|${side}|${Math.round(at)}`, rule, ruleHash(rule), 'TEST'),
    ...{ severity: rule.severity, instrument: instrument.id, side, data: isData(rule.when) },
    metric: figure && 'metric' in figure ? figure.metric : '',
    field: figure && 'field' in figure ? figure.field : '',
    ...{ value, threshold: isTurned ? -level : level, thresholdWords: '', percentile: NaN },
    ...{ at, exchangeAt: millis(row[sampleHead.venueAt] ?? NaN), since: at, peak: NaN, suppressedBefore: 0 },
    ...{ mid, simulated: instrument.simulated, withheld: [] }
  }
}

function namesOf(episode: string, rule: Rule, hash: string, notice: Notice) {
  const channels = toldNotices.includes(notice) ? rule.channels.filter((channel) => channel !== 'feed') : []
  return {
    ...{ id: `${episode}|${notice}`, episode, notice, ruleId: rule.id, ruleHash: hash, ruleName: rule.name },
    ...{ channels, desktop: channels.includes('desktop') }
  }
}
