import type { RuleEstimate } from '../../../../src-shared/alerts/record'

/** The stretch of the past that an estimate looked at, wall ms, and what of it is not there. */
export interface Cover {
  readonly from: number
  readonly to: number
  readonly holes: readonly { readonly from: number; readonly to: number }[]
  readonly holesMs: number
}

const minute = 60_000

/** Where the engine does not say what it looked at, it is what it has in memory: ten minutes at most, until now. */
export function coverOf({ span, holes = [], holesMs, hours, times }: RuleEstimate, now: number): Cover {
  const oldest = times[0]?.at ?? now
  const from = span?.from ?? Math.min(oldest, now - Math.min(10 * minute, hours * 60 * minute))
  const to = Math.max(span?.to ?? now, from + 1_000)
  const missing = holes.filter((hole) => hole.to > from && hole.from < to)
  return {
    from,
    to,
    holes: missing,
    holesMs: holesMs ?? missing.reduce((sum, hole) => sum + hole.to - hole.from, 0)
  }
}

/** Where a time stands between the ends, in percent. */
export const placeIn = ({ from, to }: Cover, at: number): number =>
  Math.max(0, Math.min(100, ((at - from) / (to - from)) * 100))

/** Round times in between, wall ms: four to eight of them. */
export function marksOf({ from, to }: Cover): readonly number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 1_440].map((minutes) => minutes * minute)
  const step = steps.find((it) => (to - from) / it <= 8) ?? 1_440 * minute
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.max(0, Math.floor((to - first) / step) + 1) }, (_, k) => first + k * step)
}
