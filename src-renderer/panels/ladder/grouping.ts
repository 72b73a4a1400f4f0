import type { Instrument } from '../../../src-shared/instrument'

/** Widths of a row in venue ticks. */
export const groupings = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] as const

/** Ticks a row covers. */
export const groupTicks = (instrument: Instrument, grouping: number): number => grouping * instrument.tickSize

/** The widest grouping of at most one basis point of `mid` (ticks): some thirty rows then show the 15 bps either side that trading uses. */
export function usualGrouping(instrument: Instrument, mid: number): number {
  const bp = (mid * 1e-4) / instrument.tickSize
  return groupings.findLast((grouping) => grouping <= bp) ?? 1
}

/** The next wider (+1) or finer (-1) grouping; the same at the ends. */
export function nextGrouping(grouping: number, direction: 1 | -1): number {
  const at = groupings.findIndex((other) => other >= grouping)
  const next = Math.min(groupings.length - 1, Math.max(0, (at < 0 ? groupings.length - 1 : at) + direction))
  return groupings[next]!
}

/** Decimals that row prices need at this grouping: none for rows of 5.0. */
export function rowDecimals(instrument: Instrument, grouping: number): number {
  let points = groupTicks(instrument, grouping) * instrument.price.step
  let decimals = instrument.price.decimals
  while (decimals > 0 && points % 10 === 0) {
    points /= 10
    decimals--
  }
  return decimals
}
