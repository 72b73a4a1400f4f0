import type { Alert } from '../../../src-shared/alert'
import type { RuleEstimate, Span } from '../../../src-shared/alerts/record'
import type { InstrumentId } from '../../../src-shared/instrument'
import { millis } from '../../../src-shared/units'

const hourMs = 3_600_000
const mostFires = 500
const mostHoles = 100

/** What an estimate found, before it is told. */
export interface Found {
  readonly ruleId: string
  readonly fires: readonly Alert[]
  /** For how long each instrument was judged, ms. */
  readonly judgedMs: ReadonlyMap<InstrumentId, number>
  readonly span: Span | undefined
  readonly holes: readonly Span[]
  readonly reason: string
  readonly basis: NonNullable<RuleEstimate['basis']>
}

export function estimateOf({ ruleId, fires, judgedMs, span, holes, reason, basis }: Found): RuleEstimate {
  const hours = [...judgedMs.values()].reduce((sum, ms) => sum + ms, 0) / hourMs
  return {
    ...{ ruleId, hours, fires: fires.length, reason, basis },
    firesPerHour: hours > 0 ? fires.length / hours : NaN,
    expectedPerHour: expected(fires, judgedMs),
    times: fires.slice(-mostFires).map(fireOf),
    left: Math.max(0, fires.length - mostFires),
    ...(span && { span }),
    holes: longest(holes),
    holesMs: holes.reduce((sum, { from, to }) => sum + to - from, 0)
  }
}

function fireOf({ at, instrument, side, value, threshold }: Alert): RuleEstimate['times'][number] {
  return {
    ...{ at, instrument, side },
    ...(Number.isNaN(value) ? {} : { value }),
    ...(Number.isNaN(threshold) ? {} : { threshold })
  }
}

/** Instruments are not judged for equally long: each counts by its own rate. */
function expected(fires: readonly Alert[], judgedMs: ReadonlyMap<InstrumentId, number>): number {
  let sum = NaN
  for (const [id, ms] of judgedMs) {
    if (ms <= 0) continue
    const own = fires.filter(({ instrument }) => instrument === id).length
    sum = (Number.isNaN(sum) ? 0 : sum) + own / (ms / hourMs)
  }
  return sum
}

const longest = (holes: readonly Span[]): readonly Span[] =>
  [...holes]
    .sort((a, b) => b.to - b.from - (a.to - a.from))
    .slice(0, mostHoles)
    .sort((a, b) => a.from - b.from)

/** Whole seconds as a span. */
export const spanOf = (from: number, to: number): Span => ({ from: millis(from), to: millis(to) })
