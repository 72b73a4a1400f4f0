import type { AlertEntry, AlertEvidence } from '../../../../src-shared/alerts/record'
import { unknown } from '../../../../src-shared/format'
import { figureName, figureText, priceText } from '../../../../src-shared/figure-text'
import type { Desk } from '../../../state/desk'
import { aroundOf } from './around'
import type { AroundScene } from './draw-around'
import { liveAfter } from './live-after'
import { figureOf } from './words'

const none = new Float32Array(0)

/** What the chart of an alert shows; while the minute after it runs, from what is heard live. @param until ms since the trigger */
export function sceneOf(
  desk: Desk,
  { alert, lastedMs }: AlertEntry,
  evidence: AlertEvidence | undefined,
  until: number
): AroundScene {
  const { market } = desk
  const instrument = market.instrument(alert.instrument)
  const figure = figureOf(market, alert)
  const after = evidence?.after.length ? evidence.after : until <= 60_500 ? liveAfter(desk, alert) : none
  const beside = market.metrics.find(({ id }) => id === 'imbalance')?.fields.find(({ id }) => id === 'bps10')
  const field = figure?.field ?? beside
  return {
    around: aroundOf([evidence?.before ?? none, after], figure ? 'value' : 'imbalance', until),
    ...{ until, side: figure ? alert.side : 'none', lastedMs },
    title: figure
      ? figureName(figure.metric, figure.field)
      : 'Imbalance within 10 bps: the rule has no one figure',
    figureText: (value) => (field ? figureText(field, value, instrument) : unknown),
    midText: (bps) => priceText(instrument, alert.mid * (1 + bps / 10_000)),
    threshold: figure ? alert.threshold : NaN
  }
}
