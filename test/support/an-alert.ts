import type { Alert } from '../../src-shared/alert'
import { millis } from '../../src-shared/units'

const noon = Date.UTC(2026, 10, 24, 12, 0, 0)

/** A rule on the ask side of a perpetual that was on for three seconds. */
export function anAlert(other: Partial<Alert> = {}): Alert {
  return {
    id: 'r|binance-usdm:BTCUSDT|ask|1|FIRE',
    episode: 'r|binance-usdm:BTCUSDT|ask|1',
    notice: 'FIRE',
    ruleId: 'r',
    ruleHash: '0123456789abcdef',
    ruleName: 'Strong imbalance',
    severity: 'warn',
    instrument: 'binance-usdm:BTCUSDT',
    side: 'ask',
    metric: 'imbalance',
    field: 'bps10',
    value: -0.72,
    threshold: -0.6,
    thresholdWords: 'level',
    percentile: NaN,
    data: false,
    at: millis(noon + 3_000),
    exchangeAt: millis(noon + 2_990),
    since: millis(noon),
    peak: -0.72,
    suppressedBefore: 0,
    mid: 642_500,
    simulated: false,
    channels: ['desktop'],
    withheld: [],
    desktop: true,
    ...other
  }
}
