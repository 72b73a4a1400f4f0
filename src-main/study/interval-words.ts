import { unknown } from '../../src-shared/format'
import type { Interval } from '../engine/math/stretch-interval'

/** ` [low, high]` behind a figure; nothing where no interval is claimed. */
export function within(interval: Interval | undefined, words: (value: number) => string): string {
  if (!interval || interval.some(Number.isNaN)) return ''
  const [low, high] = interval.map(words)
  return low === unknown || high === unknown ? '' : ` [${low}, ${high}]`
}

/** What stands in brackets, for the foot of a report. */
export const intervalWords =
  'In brackets: 95 % confidence; without brackets none is claimed. From up to 20 stretches of the file one after the other, held to be independent (Student; shares of volume on the logit scale; AUC by the jackknife, leaving out a stretch at a time, and again one of 10 longer ones: the wider of the two); of shares of cases by Wilson, of quantiles by order statistics, both as if each case stood for itself. None from fewer than five stretches, or runs of the rarer outcome, nor where all of them are alike.'
