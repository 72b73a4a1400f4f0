import type { RuleEstimate } from '../../../src-shared/alerts/record'
import type { Column } from '../../../src-shared/contract/catalogue'
import type { Instrument, InstrumentId } from '../../../src-shared/instrument'
import type { Rule } from '../../../src-shared/rule'
import type { Clock } from '../feed/clock'
import type { Signs } from '../metrics/signs'
import type { RowShape } from '../tape/second-record'
import { eventIn, SecondRows } from '../tape/second-rows'
import type { TapeEntry } from '../tape/tape-reader'
import { TapeReader } from '../tape/tape-reader'
import { isQuick, leadMs, unfitIn } from './basis'
import { Breather } from './breather'
import type { Found } from './fires'
import { estimateOf } from './fires'
import { Trial } from './trial'

export interface EstimatorParts {
  /** Of the tape of seconds. */
  readonly folder: string
  readonly clock: Clock
  readonly shape: RowShape
  readonly columns: readonly Column[]
  /** How the rest of the process has its turn; tests count it. */
  readonly rest?: () => Promise<void>
}

/** What is asked of the past. */
export interface Asked {
  readonly rule: Rule
  readonly hours: number
  readonly scope: readonly InstrumentId[]
  readonly instrument: (id: InstrumentId) => Instrument | undefined
  /** What figures are computed with now; those of the past that were computed otherwise are not judged. */
  readonly signs?: Signs
  /** False once nobody waits for the answer. */
  readonly isWanted: () => boolean
}

const hourMs = 3_600_000
/** Real time after which an answer tells what it has, ms. */
const patienceMs = 45_000

/** How often a rule would have fired over the last hours of the tape, by the figures of each second. */
export class RuleEstimator {
  readonly #parts: EstimatorParts

  constructor(parts: EstimatorParts) {
    this.#parts = parts
  }

  /** Undefined when it is not wanted any more. Rejects with what the disk says. */
  async estimate(asked: Asked): Promise<RuleEstimate | undefined> {
    const { clock, columns } = this.#parts
    const { rule, hours, scope } = asked
    const to = clock.now()
    const from = to - hours * hourMs
    const trial = new Trial({ rule, scope, columns, from })
    if (trial.fault !== '' || scope.length === 0)
      return estimateOf(nothing(rule, trial.fault || 'The rule watches no instrument.'))
    const unfit = unfitIn(rule)
    if (unfit.length > 0) return { ...estimateOf(nothing(rule, onlyFrames)), unfit }
    const ended = await this.#seconds(trial, asked, from - leadMs(rule), to)
    if (!asked.isWanted()) return undefined
    const { fires, judgedMs, span, holes } = trial
    const reason = ended ?? (span && trial.isBlind ? neverKnown : shortOf(asked, judgedMs))
    const found = estimateOf({ ruleId: rule.id, fires, judgedMs, span, holes, reason, basis: 'seconds' })
    return { ...found, isLeast: isQuick(rule) }
  }

  /** Answers, in words, why it did not come to the end. */
  async #seconds(trial: Trial, asked: Asked, from: number, to: number): Promise<string | undefined> {
    const { folder, clock, shape, rest } = this.#parts
    const tape = await TapeReader.open(folder)
    if (tape.segments.length === 0) return undefined
    const breather = new Breather(clock, rest)
    const reading = new SecondRows(shape, asked.instrument, asked.signs)
    const wanted = trial.instruments
    const began = clock.mono()
    for await (const block of tape.blocks(from, to))
      for (const entry of block) {
        if (breather.isDue) {
          await breather.rest()
          if (!asked.isWanted()) return undefined
          if (clock.mono() - began > patienceMs)
            return 'There is too much of it: only the first of it was played.'
        }
        this.#take(trial, reading, wanted, entry, { from, to })
      }
    trial.finish()
    return undefined
  }

  #take(
    trial: Trial,
    reading: SecondRows,
    wanted: ReadonlySet<InstrumentId>,
    entry: TapeEntry,
    { from, to }: { readonly from: number; readonly to: number }
  ): void {
    reading.describe(entry)
    if (entry.kind !== 'second' && entry.kind !== 'event') return
    if (!wanted.has(entry.stream?.url ?? '')) return
    const owner = reading.owner(entry)
    if (!owner) return
    if (entry.kind === 'second') {
      const row = reading.row(entry)
      if (row[0]! >= from && row[0]! <= to) trial.row(owner, row)
      return
    }
    const event = eventIn(entry)
    if (event) trial.event(event)
  }
}

const onlyFrames =
  'The tape of seconds does not tell of it. The command line’s alerts backtest plays it over the frames.'
const neverKnown =
  'One of its figures is not on the tape: nobody wanted it then, or its settings were others.'

const nothing = ({ id }: Rule, reason: string): Found => ({
  ...{ ruleId: id, fires: [], judgedMs: new Map(), span: undefined, holes: [], reason, basis: 'seconds' }
})

/** Says so where less than 95 % of what was asked for could be judged. */
export function shortOf(
  { hours, scope }: Pick<Asked, 'hours' | 'scope'>,
  judgedMs: Found['judgedMs']
): string {
  const judged = [...judgedMs.values()].reduce((sum, ms) => sum + ms, 0) / hourMs
  if (judged >= 0.95 * hours * scope.length) return ''
  if (judged === 0) return 'The tape holds less of it than a rule needs to learn (30 minutes).'
  const had = judged < 2 ? `${Math.round(judged * 60)} minutes` : `${Math.round(judged)} hours`
  return `The tape holds ${had} of it to be judged, all instruments together.`
}
