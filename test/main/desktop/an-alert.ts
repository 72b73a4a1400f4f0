import type { Alert } from '../../../src-shared/alert'
import { millis } from '../../../src-shared/units'

const noon = Date.UTC(2026, 10, 24, 12, 0, 0)

/** A rule on the ask side of a perpetual that was on for three seconds. */
export function anAlert(other: Partial<Alert> = {}): Alert {
  return {
    id: 'r|binance-usdm:BTCUSDT|ask|1|FIRE',
    notice: 'FIRE',
    ruleId: 'r',
    ruleName: 'Strong imbalance',
    instrument: 'binance-usdm:BTCUSDT',
    side: 'ask',
    metric: 'imbalance',
    field: 'bps10',
    value: -0.72,
    threshold: -0.6,
    at: millis(noon + 3_000),
    since: millis(noon),
    suppressedBefore: 0,
    mid: 642_500,
    simulated: false,
    desktop: true,
    ...other
  }
}
