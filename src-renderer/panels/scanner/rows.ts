import { percent } from '../../../src-shared/format'
import type { InstrumentId } from '../../../src-shared/instrument'
import type { BookStatus } from '../../../src-shared/status'
import { isLive } from '../../../src-shared/status'
import type { Millis } from '../../../src-shared/units'
import { figureText, percentileText, unitText } from '../../../src-shared/figure-text'
import type { Name } from '../../parts/names'
import { nameOf } from '../../parts/names'
import { whyNot } from '../../parts/why'
import type { Market } from '../../state/market'
import type { Measure } from './measures'
import { seldom, unusual } from './measures'
import { steadyBest, SteadyOrder, SteadyScore } from './steady'

/** One instrument with what is most unusual about it. */
export interface Row {
  readonly id: InstrumentId
  readonly name: Name
  readonly state: BookStatus['state']
  readonly known: boolean
  /** Empty unless known. */
  readonly measure: string
  readonly measureShort: string
  readonly value: string
  /** `P99.2`. */
  readonly percentile: string
  /** In [-1, 1]: how unusual, and to which side. */
  readonly bar: number
  /** Whether above its usual is bid and below it ask. */
  readonly sided: boolean
  /** `bid`, `ask`, `high`, `low`; empty in the usual half. */
  readonly direction: string
  /** Why nothing is known, in few words and in full; empty when known. */
  readonly short: string
  readonly tip: string
}

/** Closer to the middle of its history than this, nothing leans anywhere. */
const quiet = 0.5

/** The rows of a list, most unusual first, kept steady from one look to the next. */
export class ScannerRows {
  readonly #scores = new Map<string, SteadyScore>()
  readonly #chosen = new Map<InstrumentId, string>()
  readonly #order = new SteadyOrder()

  /** @param held the pointer is over the rows: they stay where they are */
  look(
    market: Market,
    ids: readonly InstrumentId[],
    measures: readonly Measure[],
    held: boolean,
    now: Millis
  ): readonly Row[] {
    const best = new Map<string, number>()
    for (const id of ids) best.set(id, this.#judge(market, id, measures, now))
    for (const id of this.#chosen.keys()) if (!best.has(id)) this.#forget(id)
    return this.#order
      .arrange(best, held, now)
      .map((id) => rowOf(market, id, measures, this.#chosen.get(id), now))
  }

  /** The score of its most unusual measure; NaN when none is known. */
  #judge(market: Market, id: InstrumentId, measures: readonly Measure[], now: number): number {
    const scores = new Map<string, number>()
    for (const { id: measure, rank } of measures) {
      const key = `${id} ${measure}`
      const score = this.#scores.get(key) ?? new SteadyScore()
      this.#scores.set(key, score)
      scores.set(measure, score.see(seldom(market.figure(id, rank.metric, rank.field)), now))
    }
    const chosen = steadyBest(scores, this.#chosen.get(id))
    if (chosen === undefined) this.#chosen.delete(id)
    else this.#chosen.set(id, chosen)
    return chosen === undefined ? NaN : (scores.get(chosen) ?? NaN)
  }

  #forget(id: InstrumentId): void {
    this.#chosen.delete(id)
    for (const key of this.#scores.keys()) if (key.startsWith(`${id} `)) this.#scores.delete(key)
  }
}

function rowOf(
  market: Market,
  id: InstrumentId,
  measures: readonly Measure[],
  chosen: string | undefined,
  now: Millis
): Row {
  const status = market.status(id)
  const base = { id, name: nameOf(market, id), state: status.state }
  const measure = measures.find((it) => it.id === chosen)
  const rank = measure ? market.figure(id, measure.rank.metric, measure.rank.field) : NaN
  if (!measure || Number.isNaN(rank)) {
    const nothing = {
      known: false,
      measure: '',
      measureShort: '',
      value: '',
      percentile: '',
      bar: NaN,
      sided: false,
      direction: ''
    }
    return { ...base, ...nothing, ...reasonOf(market, id, measures, now) }
  }
  const instrument = market.instrument(id)
  const figure = market.figure(id, measure.metric, measure.field.id)
  const unit = unitText(measure.field, instrument)
  const value = figureText(measure.field, figure, instrument)
  const leans = unusual(rank) >= quiet
  const [up, down] = measure.sided ? ['bid', 'ask'] : ['high', 'low']
  return {
    ...{
      ...base,
      known: true,
      measure: measure.title,
      measureShort: measure.short,
      value: unit ? `${value} ${unit}` : value
    },
    percentile: percentileText(rank),
    bar: 2 * (rank - 0.5),
    sided: measure.sided,
    direction: leans ? (rank > 0.5 ? up : down) : '',
    short: '',
    tip: `${base.name.full}. ${measure.title} ${value}, ${againstOwn(rank)}.`
  }
}

/** Either end of a history is as rare: `lower than in 99.6 % of its own history`. */
const againstOwn = (rank: number): string =>
  `${rank >= 0.5 ? 'higher' : 'lower'} than in ${percent(Math.min(0.999, Math.max(rank, 1 - rank)), 1)} of its own history`

/** Why an instrument has no rank: its book, or the measure that has come furthest. */
function reasonOf(
  market: Market,
  id: InstrumentId,
  measures: readonly Measure[],
  now: Millis
): Pick<Row, 'short' | 'tip'> {
  const why = isLive(market.status(id)) ? undefined : whyNot(market.status(id), now)
  const { full } = nameOf(market, id)
  if (why) return { short: why.short, tip: `${full}. ${why.full}` }
  const known = measures.flatMap(({ rank }) => market.unready(id, rank.metric, rank.field) ?? [])
  const [next] = known.sort((a, b) => (b.share || 0) - (a.share || 0))
  if (!next) return { short: 'no rank yet', tip: `${full}. The engine has not ranked it yet.` }
  const share = Number.isFinite(next.share) ? `learning ${percent(next.share)}` : 'not known'
  return { short: share, tip: `${full}. ${next.why}` }
}
