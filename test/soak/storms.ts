import { setImmediate } from 'node:timers/promises'
import type { Dialect } from '../support/sim-venue/dialect'
import type { StormReport } from '../support/sim-venue/storm'
import { failureOf, storm } from '../support/sim-venue/storm'

/** A fault that was lifted is felt for so long: what it held up is still under way. */
const WAKE_MS = 5_000
/** Mean time between two faults; where only losses are wanted each is to be over before the next. */
const PACE_MS = 9_000
const GAP_PACE_MS = 75_000
const STORM_MINUTES = 60

export interface Storming {
  readonly dialects: readonly Dialect[]
  /** The first; each round over the dialects has the next. */
  readonly seed: number
  /** At most so long, minutes of this machine. */
  readonly minutes: number
  /** At most so many rounds, an hour of the venue's time each. */
  readonly hours: number
  readonly only?: 'gaps'
  readonly restErrors?: number
  readonly say: (text: string) => void
}

/** Storms of an hour over all dialects in turn. Failures are said at once: a long run may be cut off. Answers with the exit code. */
export async function storms(storming: Storming): Promise<number> {
  const { dialects, seed: first, minutes, hours, only, restErrors = 0, say } = storming
  const end = performance.now() + minutes * 60_000
  const reports = new Map(dialects.map(({ venue }) => [venue.spec.id, [] as StormReport[]]))
  let failures = 0
  let isStopped = false
  process.once('SIGTERM', () => (isStopped = true))
  for (let seed = first; seed < first + hours && performance.now() < end && !isStopped; seed++)
    for (const dialect of dialects) {
      // Where a reader can prove no loss there is no gap to heal.
      if (only && dialect.proven === 0) continue
      if (isStopped || performance.now() > end) break
      // A storm never leaves its turn of the event loop: a signal is heard between two.
      await setImmediate()
      const paceMs = only ? GAP_PACE_MS : PACE_MS
      const minutes = STORM_MINUTES
      const kind = only ? { only } : { mixed: true }
      const report = await storm({ dialect, seed, minutes, paceMs, restErrors, ...kind })
      reports.get(dialect.venue.spec.id)!.push({ ...report, trace: [] })
      const failure = failureOf(report, minutes)
      if (!failure) continue
      failures++
      say(failure)
    }
  for (const [venue, all] of reports) say(lineOf(venue, all))
  return failures === 0 ? 0 : 1
}

function lineOf(venue: string, all: readonly StormReport[]): string {
  const sum = (of: (it: StormReport) => number) => all.reduce((total, it) => total + of(it), 0)
  const times = timesToTruth(all)
  const gaps = all.flatMap(({ outages }) => outages).filter(({ state }) => state === 'gap').length
  const truth = `${gaps} gaps, ${times.length} met by no other fault: truth p50 ${quantile(times, 0.5)} p99 ${quantile(times, 0.99)} max ${quantile(times, 1)}`
  const [hours, looks] = [sum((it) => it.hours), sum((it) => it.looks)]
  const wrong = `live but wrong ${sum(({ lies }) => lies.length)}, late ${sum(({ late }) => late.length)}`
  return `${venue.padEnd(18)} ${hours.toFixed(1)} h, ${looks} looks, ${wrong}, ${truth}`
}

/** From the gap until the book is live again, ms, rising: of those gaps that no fault of another kind met on their way. */
const timesToTruth = (reports: readonly StormReport[]): number[] =>
  reports
    .flatMap(({ outages, strikes }) =>
      outages.filter(
        ({ state, from, to }) =>
          state === 'gap' &&
          Number.isFinite(to) &&
          !strikes.some((fault) => fault.from <= to && fault.to >= from - WAKE_MS)
      )
    )
    .map(({ from, to }) => to - from)
    .sort((one, other) => one - other)

const quantile = (sorted: readonly number[], share: number): string =>
  sorted.length === 0
    ? '-'
    : `${(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]! / 1_000).toFixed(2)} s`
