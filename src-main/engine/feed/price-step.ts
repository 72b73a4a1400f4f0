import type { Instrument } from '../../../src-shared/instrument'
import { valueOn } from '../../../src-shared/instrument'
import type { Ticks } from '../../../src-shared/units'
import { ticks } from '../../../src-shared/units'
import type { Touch } from '../book/changes'

/** A coarser step is believed this far above the price where it begins: one that wavers there would change all that is counted in steps with it. */
const MARGIN = 1.001

/**
 * The step of a venue whose steps grow with the price (`tickSteps`), where `touch` is, in ticks: by the bid, as a step is in force from its price on. `finest`
 * where prices lie between such steps, where the book has not both sides, and below the first of them; all of it in ticks.
 */
export function stepAt(instrument: Instrument, { bid, ask }: Readonly<Touch>, finest: Ticks): Ticks {
  const { price, tickSize, tickSteps = [] } = instrument
  const at = valueOn(price, bid)
  const inTicks = (step: number): number => Math.max(1, Math.round(step / valueOn(price, 1)))
  const rule = tickSteps.findLast(({ above, step }) => at >= above * (inTicks(step) > tickSize ? MARGIN : 1))
  const step = rule ? inTicks(rule.step) : finest
  return bid % step === 0 && ask % step === 0 ? ticks(step) : finest
}
