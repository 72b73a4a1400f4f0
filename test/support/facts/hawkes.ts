/** An exponential Hawkes process: `branching` children per event on average, after 1/`beta` seconds. */
export interface HawkesFit {
  readonly branching: number
  readonly beta: number
}

const BETA_START = 40
const BRANCHING_START = 0.4
const ROUNDS = 14

/** Maximum likelihood by a coordinate search; the base rate is the one that gives the mean rate. `times` in seconds, ascending. */
export function fitHawkes(times: readonly number[]): HawkesFit {
  let best = { branching: BRANCHING_START, beta: BETA_START }
  let most = -Infinity
  let step = 2
  for (let round = 0; round < ROUNDS; round++) {
    const { branching, beta } = best
    const reach = 0.15 * (step - 1)
    for (const b of [beta / step, beta, beta * step])
      for (const n of [branching - reach, branching, branching + reach]) {
        if (n <= 0.02 || n >= 0.98) continue
        const likelihood = logLikelihood(times, n, b)
        if (likelihood <= most) continue
        most = likelihood
        best = { branching: n, beta: b }
      }
    step = round < 2 ? 2 : 1 + (step - 1) / 1.6
  }
  return best
}

/** Ogata's recursion. */
function logLikelihood(times: readonly number[], branching: number, beta: number): number {
  const end = times.at(-1)!
  const base = (times.length / end) * (1 - branching)
  let excited = 0
  let logs = 0
  let tail = 0
  times.forEach((t, i) => {
    if (i > 0) excited = (excited + 1) * Math.exp(-beta * (t - times[i - 1]!))
    logs += Math.log(base + branching * beta * excited)
    tail += 1 - Math.exp(-beta * (end - t))
  })
  return logs - base * end - branching * tail
}
