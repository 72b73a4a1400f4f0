import type { Alert } from '../../../src-shared/alert'
import { toldNotices } from '../../../src-shared/alert'
import type { FigureCondition } from '../../../src-shared/alerts/condition'
import type { Column } from '../../../src-shared/contract/catalogue'
import { sampleHead, sampleHeadLength } from '../../../src-shared/contract/frames'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Notice } from '../../../src-shared/alert'
import type { Rule } from '../../../src-shared/rule'
import { ruleHash } from '../../../src-shared/rule'
import type { Millis } from '../../../src-shared/units'
import { millis } from '../../../src-shared/units'
import type { Watchlist } from '../../../src-shared/watchlist'
import { Ema } from '../math/ema'
import type { Limits, Machine, Said } from './machine'
import { freshMachine, houseLimits } from './machine'
import { step } from './step'

type AlertSide = Alert['side']

/** After a resync nothing is judged for this long, or for 2.5 time constants of a slower smoothing. */
const warmUpMs = 5_000

/** Figures of one instrument at one time, as the sampler takes them each 100 ms. */
export interface Sighting {
  readonly instrument: Pick<Instrument, 'id' | 'simulated'>
  readonly row: Float64Array
  /** Whether the book's status says live. */
  readonly live: boolean
  /** Ms of the monotonic clock, for durations. */
  readonly mono: number
  /** Wall clock, for showing. */
  readonly at: Millis
}

interface Watch {
  readonly rule: Rule
  readonly figure: FigureCondition
  readonly limits: Limits
  readonly instrument: InstrumentId
  readonly column: number
  readonly smooth: Ema
  readonly sides: readonly { readonly side: AlertSide; machine: Machine; episodeAt: Millis }[]
  /** When the book came live, monotonic; NaN while it is not. */
  liveSince: number
}

/** All rules on all their instruments and sides: samples in, alerts out. */
export class Judge {
  readonly #columns: readonly Column[]
  readonly #midColumn: number
  #watches: readonly Watch[] = []
  #byInstrument = new Map<InstrumentId, readonly Watch[]>()

  constructor(columns: readonly Column[]) {
    this.#columns = columns
    this.#midColumn = this.#columnOf('price', 'mid')
  }

  /** Instruments and metrics that rules need, whether or not a window shows them. */
  get needs(): Iterable<readonly [instrument: InstrumentId, metric: string]> {
    return this.#watches.map(({ instrument, figure }) => [instrument, figure.metric] as const)
  }

  /** Replaces all rules. A rule that is unchanged keeps its machines; an edited one starts anew. Answers, in words, which rules cannot be judged. */
  configure(rules: readonly Rule[], watchlists: readonly Watchlist[]): readonly string[] {
    const kept = new Map(this.#watches.map((watch) => [keyOf(watch.rule, watch.instrument), watch]))
    const faults: string[] = []
    const watches: Watch[] = []
    for (const rule of rules) {
      if (!rule.enabled) continue
      const figure = figureOf(rule)
      if (!figure) continue
      const column = this.#columnOf(figure.metric, figure.field)
      const scope = scopeOf(rule, watchlists)
      if (column < 0) faults.push(`Rule “${rule.name}”: there is no figure ${figure.metric} ${figure.field}`)
      else if (!scope) faults.push(`Rule “${rule.name}”: its watchlist no longer exists`)
      else
        for (const instrument of scope)
          watches.push(kept.get(keyOf(rule, instrument)) ?? freshWatch(rule, figure, instrument, column))
    }
    this.#watches = watches
    this.#byInstrument = groupByInstrument(watches)
    return faults
  }

  judge(sighting: Sighting): readonly Alert[] {
    const watches = this.#byInstrument.get(sighting.instrument.id)
    if (!watches) return []
    const alerts: Alert[] = []
    for (const watch of watches) this.#watch(watch, sighting, alerts)
    return alerts
  }

  /** Continuity was lost: what was smoothed before says nothing of after, and the warm-up begins again. */
  onGap(instrument?: InstrumentId): void {
    const watches = instrument === undefined ? this.#watches : (this.#byInstrument.get(instrument) ?? [])
    for (const watch of watches) blind(watch)
  }

  /** The notice of a rule as if it fired now on what is sighted, marked TEST. It counts for no cooldown. */
  test(rule: Rule, sighting: Sighting): Alert {
    const side: AlertSide = rule.side === 'ask' ? 'ask' : 'bid'
    const figure = figureOf(rule)
    const value = figure ? (sighting.row[this.#columnOf(figure.metric, figure.field)] ?? NaN) : NaN
    const { at } = sighting
    const said = { notice: 'TEST', value, since: at, lastedMs: NaN, suppressedBefore: 0 } as const
    return this.#alert(rule, sighting, side, at, said)
  }

  #watch(watch: Watch, sighting: Sighting, alerts: Alert[]): void {
    const { rule, smooth } = watch
    const { mono, at } = sighting
    const raw = sighting.live ? (sighting.row[watch.column] ?? NaN) : NaN
    if (!sighting.live) blind(watch)
    else if (Number.isNaN(watch.liveSince)) watch.liveSince = mono
    if (Number.isNaN(raw)) smooth.reset()
    else smooth.add(mono, raw)
    const warm = mono - watch.liveSince >= Math.max(warmUpMs, 2.5 * watch.figure.smoothMs)
    const value = warm ? smooth.value : NaN
    for (const half of watch.sides) {
      const stepped = step(half.machine, half.side === 'bid' ? value : -value, watch.limits, mono)
      half.machine = stepped.state
      for (const said of stepped.said) {
        if (startsEpisode(said)) half.episodeAt = millis(at - (mono - said.since))
        const wall = { ...said, value, since: millis(at - (mono - said.since)) }
        alerts.push(this.#alert(rule, sighting, half.side, half.episodeAt, wall))
      }
    }
  }

  #alert(
    rule: Rule,
    { instrument, row, at }: Sighting,
    side: AlertSide,
    episodeAt: Millis,
    said: {
      notice: Notice
      value: number
      since: Millis
      lastedMs: number
      suppressedBefore: number
    }
  ): Alert {
    const { notice, value, since, lastedMs, suppressedBefore } = said
    const figure = figureOf(rule)
    const on = figure?.on ?? NaN
    const episode = `${rule.id}|${instrument.id}|${side}|${Math.round(episodeAt)}`
    const desktop = rule.channels.includes('desktop') && toldNotices.includes(notice)
    return {
      id: `${episode}|${notice}`,
      episode,
      notice,
      ruleId: rule.id,
      ruleHash: ruleHash(rule),
      ruleName: rule.name,
      severity: rule.severity,
      instrument: instrument.id,
      side,
      metric: figure?.metric ?? '',
      field: figure?.field ?? '',
      value,
      threshold: side === 'bid' ? on : -on,
      thresholdWords: 'level',
      percentile: NaN,
      data: false,
      peak: NaN,
      exchangeAt: millis(row[sampleHead.venueAt] ?? NaN),
      channels: desktop ? ['desktop'] : [],
      withheld: [],
      at,
      since,
      ...(Number.isNaN(lastedMs) ? {} : { lastedMs: millis(lastedMs) }),
      suppressedBefore,
      mid: row[this.#midColumn] ?? NaN,
      simulated: instrument.simulated,
      desktop
    }
  }

  #columnOf(metric: string, field: string): number {
    const found = this.#columns.findIndex((column) => column.metric === metric && column.field === field)
    return found < 0 ? -1 : found + sampleHeadLength
  }
}

const keyOf = (rule: Rule, instrument: InstrumentId): string => `${JSON.stringify(rule)} ${instrument}`

const startsEpisode = ({ notice }: Said): boolean =>
  notice === 'FIRE' || notice === 'SUPPRESSED' || notice === 'ALREADY_ON'

/** The instruments a rule watches; undefined when its watchlist is gone. */
export function scopeOf(
  { scope }: Rule,
  watchlists: readonly Watchlist[]
): readonly InstrumentId[] | undefined {
  if (scope.kind === 'instrument') return [scope.instrument]
  const list = watchlists.find((watchlist) => watchlist.id === scope.watchlist)
  return list && [...new Set(list.instruments)]
}

function figureOf({ when }: Rule): FigureCondition | undefined {
  return when.kind === 'figure' && when.op === 'extreme' && when.by === 'level' ? when : undefined
}

function freshWatch(rule: Rule, figure: FigureCondition, instrument: InstrumentId, column: number): Watch {
  const sides: readonly AlertSide[] =
    rule.side === 'both' ? ['bid', 'ask'] : [rule.side === 'ask' ? 'ask' : 'bid']
  return {
    rule,
    figure,
    limits: { ...houseLimits, ...rule, on: figure.on, off: figure.off },
    instrument,
    column,
    smooth: new Ema(figure.smoothMs),
    sides: sides.map((side) => ({ side, machine: freshMachine, episodeAt: millis(NaN) })),
    liveSince: NaN
  }
}

function blind(watch: Watch): void {
  watch.liveSince = NaN
  watch.smooth.reset()
}

function groupByInstrument(watches: readonly Watch[]): Map<InstrumentId, Watch[]> {
  const groups = new Map<InstrumentId, Watch[]>()
  for (const watch of watches) {
    const group = groups.get(watch.instrument)
    if (group) group.push(watch)
    else groups.set(watch.instrument, [watch])
  }
  return groups
}
