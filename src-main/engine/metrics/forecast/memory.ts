import { signalCount } from '../../forecast/signals'
import type { LearnerState } from '../../forecast/learner'

const width = 2 * signalCount + 5

/** Learners as the plain numbers that are kept over a restart. */
export function flattened(states: readonly LearnerState[]): number[] {
  return states.flatMap(({ weights, squares, calibration, labels }) => {
    const { slope, intercept, slopeSquares, interceptSquares } = calibration
    return [...weights, ...squares, slope, intercept, slopeSquares, interceptSquares, labels]
  })
}

/** The learners in such numbers; undefined when there are not `count` of them. Whether they make sense each learner judges. */
export function unflattened(values: readonly number[], count: number): LearnerState[] | undefined {
  if (values.length !== width * count) return undefined
  return Array.from({ length: count }, (_, learner) => {
    const own = values.slice(learner * width, (learner + 1) * width)
    const [slope, intercept, slopeSquares, interceptSquares, labels] = own.slice(2 * signalCount)
    return {
      weights: own.slice(0, signalCount),
      squares: own.slice(signalCount, 2 * signalCount),
      calibration: {
        ...{ slope: slope!, intercept: intercept! },
        ...{ slopeSquares: slopeSquares!, interceptSquares: interceptSquares! }
      },
      labels: labels!
    }
  })
}
