import type { MetricSpec } from '../../src-shared/contract/catalogue'
import type { MarketEvent } from '../../src-shared/contract/frames'
import { clock, decimal, percent, plain, signed, span, unknown } from '../../src-shared/format'
import type { Instrument } from '../../src-shared/instrument'
import { figureText, priceText, unitText } from '../../src-shared/figure-text'
import { kindOf } from './flags'

/** Below this many followed up, a share is hardly one. */
const leastFollowed = 100

/** One event as its card tells it. */
export interface EvidenceText {
  readonly title: string
  /** Time, side and price. */
  readonly where: string
  /** What was seen. */
  readonly words: string
  readonly confidence: string
  readonly rows: readonly { readonly title: string; readonly text: string }[]
  /** What followed such events. */
  readonly followed: string
  /** What the kind means. */
  readonly explains: string
}

export function evidenceOf(
  metrics: readonly MetricSpec[],
  instrument: Instrument | undefined,
  event: MarketEvent
): EvidenceText {
  const kind = kindOf(metrics, event)
  const price = Number.isFinite(event.price) ? priceText(instrument, event.price) : ''
  return {
    title: kind?.title ?? plain(event.kind, 40),
    where: [clock(event.at, true), event.side === 'none' ? '' : event.side, price]
      .filter((part) => part !== '')
      .join(', '),
    words: plain(event.words, 300),
    confidence: decimal(event.confidence, 2),
    rows: event.evidence.map(({ title, value, unit }) => {
      const field = { id: title, title, unit }
      const text = figureText(field, value, instrument)
      const behind = unitText(field, instrument)
      return { title: plain(title, 60), text: behind && text !== unknown ? `${text} ${behind}` : text }
    }),
    followed: followedText(event),
    explains: kind?.explains ?? ''
  }
}

/** How often such events were followed by the move they suggest. */
function followedText({ suggests, followed }: MarketEvent): string {
  if (!suggests) return 'It suggests no move, so none is followed up.'
  const horizon = followed ? span(followed.horizonMs) : ''
  if (!followed) return `It suggests ${suggests}. None of its kind was followed up here yet.`
  const { n, share, low, high, meanBps } = followed
  const few = n < leastFollowed ? ` Not enough history: n below ${leastFollowed}.` : ''
  return (
    `It suggests ${suggests}. After ${percent(share)} of ${n} of its kind the mid moved as they suggested within ${horizon} ` +
    `(95 %: ${percent(low)} to ${percent(high)}), ${signed(meanBps, 2)} bps on average, before any cost.${few}`
  )
}
