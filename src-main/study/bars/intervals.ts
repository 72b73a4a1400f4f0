import { mean } from '../../engine/math/mean'
import type { Interval } from '../../engine/math/stretch-interval'
import { meanInterval, quantileInterval, stretchInterval } from '../../engine/math/stretch-interval'
import type { Stretch } from './bar'
import { realisedVariance } from './bar'
import { annualised, garmanKlass, parkinson, rogersSatchell, yangZhangWeight } from './volatility'

/** Between which values the figures of the same names lie with 95 % confidence; how it is found is told by `stretchInterval`. */
export function intervalsOf(days: readonly Stretch[], hourly: readonly number[]) {
  return {
    annualised_vol_365: volatilities(days),
    // A loss is a low quantile of the returns, turned round.
    var95: turned(quantileInterval(hourly, 0.05)),
    var99: turned(quantileInterval(hourly, 0.01))
  }
}

function volatilities(days: readonly Stretch[]): Readonly<Record<string, Interval>> {
  const later = days.slice(1)
  const closes = squares(later.map((day, i) => Math.log(day.close / days[i]!.close)))
  const nights = squares(later.map((day, i) => Math.log(day.open / days[i]!.close)))
  const bodies = squares(later.map((day) => Math.log(day.close / day.open)))
  const k = yangZhangWeight(later.length)
  const yangZhang = later.map((day, i) => nights[i]! + k * bodies[i]! + (1 - k) * rogersSatchell(day))
  const yearly = ([low, high]: Interval): Interval => [annualised(Math.max(0, low)), annualised(high)]
  return {
    close_to_close: yearly(meanOf(closes)),
    parkinson: yearly(meanInterval(days.map(parkinson))),
    garman_klass: yearly(meanInterval(days.map(garmanKlass))),
    rogers_satchell: yearly(meanInterval(days.map(rogersSatchell))),
    yang_zhang: yearly(meanOf(yangZhang)),
    realised_1m_mean: yearly(meanInterval(days.map(realisedVariance)))
  }
}

/** Squared deviations whose mean is the variance with n - 1. */
function squares(values: readonly number[]): number[] {
  const middle = mean(values)
  return values.map((it) => ((it - middle) ** 2 * values.length) / (values.length - 1))
}

const meanOf = (values: readonly number[]): Interval =>
  stretchInterval(
    mean(values),
    values.map((it) => (it - mean(values)) / values.length)
  )

const turned = ([low, high]: Interval): Interval => [-high, -low]
