import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { QuoteRow } from './stretch'

/**
 * The venue's price step in points of the instrument's grid: by its rule of steps (`tickSteps`) at the lowest bid, as steps grow with the price, else as it
 * listed it. 1 where neither is told (a guess at the steps is none), and where most quotes lie between such steps.
 */
export function priceStep(
  { instrument, wasListed }: { readonly instrument: Instrument; readonly wasListed: boolean },
  rows: readonly QuoteRow[]
): number {
  const { price, tickSize, tickSteps = [] } = instrument
  const unit = valueOn(price, 1)
  const lowest = rows.reduce((least, { bid }) => Math.min(least, bid), Infinity)
  const rule = tickSteps.findLast(({ above }) => lowest >= above)
  const step = rule ? Math.max(1, Math.round(rule.step / unit)) : wasListed ? tickSize : 1
  const isOn = (value: number): boolean => Math.round(value / unit) % step === 0
  const on = rows.filter(({ bid, ask }) => isOn(bid) && isOn(ask)).length
  return 2 * on >= rows.length ? step : 1
}
