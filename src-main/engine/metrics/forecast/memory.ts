import { knots } from '../../forecast/calibration'
import { signalCount } from '../../forecast/signals'
import type { LearnerState } from '../../forecast/learner'

const width = 2 * signalCount + knots + 4

/** Learners as the plain numbers that are kept over a restart. */
export function flattened(states: readonly LearnerState[]): number[] {
  return states.flatMap(({ weights, squares, evidence, calibration, labels }) => {
    const { slope, slopeSquares, shifts } = calibration
    return [...weights, ...squares, ...shifts, slope, slopeSquares, evidence, labels]
  })
}

/** The learners in such numbers; undefined when there are not `count` of them. Whether they make sense each learner judges. */
export function unflattened(values: readonly number[], count: number): LearnerState[] | undefined {
  if (values.length !== width * count) return undefined
  return Array.from({ length: count }, (_, learner) => {
    const own = values.slice(learner * width, (learner + 1) * width)
    const [slope, slopeSquares, evidence, labels] = own.slice(2 * signalCount + knots)
    return {
      weights: own.slice(0, signalCount),
      squares: own.slice(signalCount, 2 * signalCount),
      calibration: {
        ...{ slope: slope!, slopeSquares: slopeSquares! },
        shifts: own.slice(2 * signalCount, 2 * signalCount + knots)
      },
      evidence: evidence!,
      labels: labels!
    }
  })
}
