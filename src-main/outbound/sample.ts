import type { Alert } from '../../src-shared/alert'
import { millis } from '../../src-shared/units'

/** What a channel's test tells of: an alert that nobody's rule found. */
export function sampleAlert(at: number): Alert {
  return {
    id: 'test',
    episode: 'test',
    notice: 'TEST',
    ruleId: 'test',
    ruleHash: '',
    ruleName: 'Test of this channel',
    severity: 'warn',
    instrument: 'sim:BTC-PERP',
    side: 'none',
    metric: '',
    field: '',
    value: NaN,
    threshold: NaN,
    thresholdWords: '',
    percentile: NaN,
    data: false,
    at: millis(at),
    exchangeAt: millis(NaN),
    since: millis(at),
    peak: NaN,
    suppressedBefore: 0,
    mid: NaN,
    simulated: true,
    channels: [],
    withheld: [],
    desktop: false
  }
}
