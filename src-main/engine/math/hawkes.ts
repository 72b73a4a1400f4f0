import { topOf } from './hill'

/** Self-exciting arrivals: rate(t) = mu + sum over earlier events of alpha exp(-beta (t - event)). All positive, per unit of time. */
export interface Hawkes {
  readonly mu: number
  readonly alpha: number
  readonly beta: number
}

/** Log-likelihood of ascending event `times` watched from 0 to the last of them (Ozaki 1979), in one pass. NaN of no event. */
export function hawkesLogLikelihood(times: ArrayLike<number>, { mu, alpha, beta }: Hawkes): number {
  const n = times.length
  if (n === 0) return NaN
  const excited = new Float64Array(n)
  const faded = excite(times, beta, excited)
  let logs = 0
  for (let i = 0; i < n; i++) logs += Math.log(mu + alpha * excited[i]!)
  return logs - mu * times[n - 1]! - alpha * faded
}

/** The most likely parameters, with their log-likelihood. NaN of fewer than 10 events, which tell nothing of excitation. */
export function fitHawkes(times: ArrayLike<number>): Hawkes & { readonly logLikelihood: number } {
  const end = times[times.length - 1] ?? NaN
  const rate = times.length / end
  if (times.length < 10 || !(rate > 0 && rate < Infinity))
    return { mu: NaN, alpha: NaN, beta: NaN, logLikelihood: NaN }
  const excited = new Float64Array(times.length)
  const best = (beta: number) => bestOf(excited, end, excite(times, beta, excited), beta)
  // Memories of a tenth to a hundred events: the surface has one hill, seen from afar.
  const speeds = [0.01, 0.1, 1, 10]
  const start = speeds.reduce((most, it) =>
    best(rate * it).logLikelihood > best(rate * most).logLikelihood ? it : most
  )
  return best(Math.exp(topOf((it) => best(Math.exp(it)).logLikelihood, { start: Math.log(rate * start) })))
}

type Fit = Hawkes & { readonly logLikelihood: number }

/**
 * Writes the excitation that each event met, sum of exp(-beta age), into `excited`, and answers the integral of what all of them excite until the end, both for
 * alpha 1.
 */
function excite(times: ArrayLike<number>, beta: number, excited: Float64Array): number {
  const n = times.length
  let met = 0
  excited[0] = 0
  for (let i = 1; i < n; i++) {
    met = Math.exp(-beta * (times[i]! - times[i - 1]!)) * (1 + met)
    excited[i] = met
  }
  // What is left at the end of each is just what one more event would meet there, and the last has only begun.
  return (n - 1 - met) / beta
}

/**
 * mu and alpha of a given beta: the likelihood is concave in them, and at its top mu x end + alpha x faded is the count, which leaves one unknown. Newton's steps,
 * kept inside what is known to hold the top.
 */
function bestOf(excited: Float64Array, end: number, faded: number, beta: number): Fit {
  const n = excited.length
  const slopeOf = (it: number) => 1 - (end / faded) * it
  const alphaOf = (mu: number) => (n - mu * end) / faded
  let [low, high] = [0, n / end]
  let mu = high / 2
  for (let step = 0; step < 60 && high - low > 1e-12 * high; step++) {
    const alpha = alphaOf(mu)
    let [slope, bend] = [0, 0]
    for (let i = 0; i < n; i++) {
      const part = slopeOf(excited[i]!) / (mu + alpha * excited[i]!)
      slope += part
      bend += part * part
    }
    if (slope > 0) low = mu
    else high = mu
    const next = mu + slope / bend
    const isInside = next > low && next < high
    const before = mu
    mu = isInside ? next : (low + high) / 2
    if (isInside && Math.abs(mu - before) < 1e-10 * mu) break
  }
  const alpha = alphaOf(mu)
  let logs = 0
  for (let i = 0; i < n; i++) logs += Math.log(mu + alpha * excited[i]!)
  return { mu, alpha, beta, logLikelihood: logs - n }
}
